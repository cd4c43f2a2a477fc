// answers: loads IS_PERSON relationships from Stakeholder to Person
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:IS_PERSON {
    name: row[2]
}]->(end);
