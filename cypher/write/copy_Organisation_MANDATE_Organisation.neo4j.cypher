// answers: loads MANDATE relationships from Organisation to Organisation
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:MANDATE {
    record_id: $columns[2][row], holder_record: $columns[3][row], role: $columns[4][row],
    role_as_written: $columns[5][row], since: $columns[6][row], until: $columns[7][row], last_seen: $columns[8][row],
    `current`: $columns[9][row], name_as_written: $columns[10][row], only_for: $columns[11][row],
    source: $columns[12][row], source_key: $columns[13][row], `file`: $columns[14][row], `line`: $columns[15][row],
    retrieved_at: $columns[16][row], licence: $columns[17][row]
}]->(end);
