// answers: loads MANDATE relationships from Person to Organisation
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:MANDATE {
    record_id: $columns[2][row], holder_record: $columns[3][row], organisation_record: $columns[4][row],
    role: $columns[5][row], role_as_written: $columns[6][row], since: $columns[7][row], until: $columns[8][row],
    last_seen: $columns[9][row], `current`: $columns[10][row], name_as_written: $columns[11][row],
    only_for: $columns[12][row], source: $columns[13][row], source_key: $columns[14][row], `file`: $columns[15][row],
    `line`: $columns[16][row], retrieved_at: $columns[17][row], licence: $columns[18][row]
}]->(end);
