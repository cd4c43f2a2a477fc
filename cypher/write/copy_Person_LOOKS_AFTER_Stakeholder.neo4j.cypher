// answers: loads LOOKS_AFTER relationships from Person to Stakeholder
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Person {revision: $revision, id: row[0]})
MATCH (end:Stakeholder {revision: $revision, id: row[1]})
CREATE (start)-[:LOOKS_AFTER {
    cell: row[2], colleague: row[3], entered_by: row[4], `date`: row[5]
}]->(end);
