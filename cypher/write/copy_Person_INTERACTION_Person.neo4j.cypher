// answers: loads INTERACTION relationships from Person to Person
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:INTERACTION {
    record_id: $columns[2][row], person_record: $columns[3][row], owner: $columns[4][row],
    visibility: $columns[5][row], kind: $columns[6][row], `date`: $columns[7][row], source: $columns[8][row],
    source_key: $columns[9][row], `file`: $columns[10][row], `line`: $columns[11][row],
    retrieved_at: $columns[12][row], licence: $columns[13][row]
}]->(end);
