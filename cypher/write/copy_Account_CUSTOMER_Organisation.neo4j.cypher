// answers: loads CUSTOMER relationships from Account to Organisation
// parameters: columns (LIST[], e.g. one list for each of the element ids of both ends and of the properties in the schema's order)
// returns: nothing
UNWIND range(0, size($columns[0]) - 1) AS row
MATCH (start) WHERE elementId(start) = $columns[0][row]
MATCH (end) WHERE elementId(end) = $columns[1][row]
CREATE (start)-[:CUSTOMER {
    name: $columns[2][row]
}]->(end);
