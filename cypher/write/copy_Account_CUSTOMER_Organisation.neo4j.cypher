// answers: loads CUSTOMER relationships from Account to Organisation
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Account {revision: $revision, id: row[0]})
MATCH (end:Organisation {revision: $revision, id: row[1]})
CREATE (start)-[:CUSTOMER {
    name: row[2]
}]->(end);
