// answers: loads LOOKS_AFTER relationships from Person to Stakeholder
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:LOOKS_AFTER {
    cell: row[2], colleague: row[3], entered_by: row[4], `date`: row[5]
}]->(end);
