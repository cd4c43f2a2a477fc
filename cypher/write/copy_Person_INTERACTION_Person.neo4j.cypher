// answers: loads INTERACTION relationships from Person to Person
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Person {revision: $revision, id: row[0]})
MATCH (end:Person {revision: $revision, id: row[1]})
CREATE (start)-[:INTERACTION {
    record_id: row[2], person_record: row[3], owner: row[4], visibility: row[5], kind: row[6], `date`: row[7],
    source: row[8], source_key: row[9], `file`: row[10], `line`: row[11], retrieved_at: row[12], licence: row[13]
}]->(end);
