// answers: loads nodes of the label Event
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Event {revision: $revision,
    id: $columns[0][row], kind: $columns[1][row], `date`: $columns[2][row], `text`: $columns[3][row],
    source: $columns[4][row], source_key: $columns[5][row], `file`: $columns[6][row], `line`: $columns[7][row],
    retrieved_at: $columns[8][row], licence: $columns[9][row]
})
RETURN collect(elementId(n)) AS made;
