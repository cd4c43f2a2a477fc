// answers: loads INFLUENCES relationships from Stakeholder to Stakeholder
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:INFLUENCES {
    account: row[2]
}]->(end);
