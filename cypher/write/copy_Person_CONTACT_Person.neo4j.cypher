// answers: loads CONTACT relationships from Person to Person
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:CONTACT {
    record_id: row[2], person_record: row[3], owner: row[4], visibility: row[5], kind: row[6], since: row[7],
    closeness: row[8], name_as_written: row[9], source: row[10], source_key: row[11], `file`: row[12],
    `line`: row[13], retrieved_at: row[14], licence: row[15]
}]->(end);
