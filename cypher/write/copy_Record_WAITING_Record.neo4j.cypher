// answers: loads WAITING relationships from Record to Record
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:WAITING {
    because: row[2], probability: row[3], evidence: row[4]
}]->(end);
