// answers: loads LOOKS_AFTER relationships from Person to Stakeholder
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:LOOKS_AFTER {
    cell: $columns[2][row], colleague: $columns[3][row], entered_by: $columns[4][row], `date`: $columns[5][row]
}]->(end);
