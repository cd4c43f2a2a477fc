// answers: loads MANDATE relationships from Person to Organisation
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:MANDATE {
    record_id: row[2], holder_record: row[3], role: row[4], role_as_written: row[5], since: row[6], until: row[7],
    last_seen: row[8], `current`: row[9], name_as_written: row[10], only_for: row[11], source: row[12],
    source_key: row[13], `file`: row[14], `line`: row[15], retrieved_at: row[16], licence: row[17]
}]->(end);
