// answers: loads CONTACT relationships from Person to Person
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:CONTACT {
    record_id: $columns[2][row], person_record: $columns[3][row], owner: $columns[4][row],
    visibility: $columns[5][row], kind: $columns[6][row], since: $columns[7][row], closeness: $columns[8][row],
    name_as_written: $columns[9][row], source: $columns[10][row], source_key: $columns[11][row],
    `file`: $columns[12][row], `line`: $columns[13][row], retrieved_at: $columns[14][row], licence: $columns[15][row]
}]->(end);
