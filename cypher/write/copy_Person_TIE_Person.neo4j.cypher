// answers: loads TIE relationships from Person to Person
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Person {revision: $revision, id: row[0]})
MATCH (end:Person {revision: $revision, id: row[1]})
CREATE (start)-[:TIE {
    strength: row[2], reasons: row[3], kinds: row[4], organisations: row[5]
}]->(end);
