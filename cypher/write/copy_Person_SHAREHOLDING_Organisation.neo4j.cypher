// answers: loads SHAREHOLDING relationships from Person to Organisation
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:SHAREHOLDING {
    record_id: $columns[2][row], holder_record: $columns[3][row], organisation_record: $columns[4][row],
    kind: $columns[5][row], share_minimum: $columns[6][row], share_maximum: $columns[7][row], since: $columns[8][row],
    until: $columns[9][row], last_seen: $columns[10][row], `current`: $columns[11][row],
    name_as_written: $columns[12][row], only_for: $columns[13][row], source: $columns[14][row],
    source_key: $columns[15][row], `file`: $columns[16][row], `line`: $columns[17][row],
    retrieved_at: $columns[18][row], licence: $columns[19][row]
}]->(end);
