// answers: loads IS_PERSON relationships from Stakeholder to Person
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Stakeholder {revision: $revision, id: row[0]})
MATCH (end:Person {revision: $revision, id: row[1]})
CREATE (start)-[:IS_PERSON {
    name: row[2]
}]->(end);
