// answers: loads SHAREHOLDING relationships from Person to Organisation
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:SHAREHOLDING {
    record_id: row[2], holder_record: row[3], kind: row[4], share_minimum: row[5], share_maximum: row[6],
    since: row[7], until: row[8], last_seen: row[9], `current`: row[10], name_as_written: row[11], only_for: row[12],
    source: row[13], source_key: row[14], `file`: row[15], `line`: row[16], retrieved_at: row[17], licence: row[18]
}]->(end);
