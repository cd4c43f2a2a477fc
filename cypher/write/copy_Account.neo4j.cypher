// answers: loads nodes of the label Account
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Account {revision: $revision,
    id: $columns[0][row], name: $columns[1][row], topic: $columns[2][row], responsible: $columns[3][row],
    stakeholders: $columns[4][row]
})
RETURN collect(elementId(n)) AS made;
