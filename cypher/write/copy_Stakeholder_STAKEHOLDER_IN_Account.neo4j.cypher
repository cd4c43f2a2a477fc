// answers: loads STAKEHOLDER_IN relationships from Stakeholder to Account
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Stakeholder {revision: $revision, id: row[0]})
MATCH (end:Account {revision: $revision, id: row[1]})
CREATE (start)-[:STAKEHOLDER_IN {
    position: row[2]
}]->(end);
