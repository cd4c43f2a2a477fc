// answers: loads STAKEHOLDER_IN relationships from Stakeholder to Account
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:STAKEHOLDER_IN {
    position: row[2]
}]->(end);
