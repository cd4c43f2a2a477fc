// answers: loads WAITING relationships from Record to Record
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Record {revision: $revision, id: row[0]})
MATCH (end:Record {revision: $revision, id: row[1]})
CREATE (start)-[:WAITING {
    because: row[2], probability: row[3]
}]->(end);
