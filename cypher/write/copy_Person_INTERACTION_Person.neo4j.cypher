// answers: loads INTERACTION relationships from Person to Person
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:INTERACTION {
    record_id: row[2], person_record: row[3], owner: row[4], visibility: row[5], kind: row[6], `date`: row[7],
    source: row[8], source_key: row[9], `file`: row[10], `line`: row[11], retrieved_at: row[12], licence: row[13]
}]->(end);
