// answers: loads HAS_EVENT relationships from Person to Event
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:HAS_EVENT {
    record_id: $columns[2][row], of_record: $columns[3][row]
}]->(end);
