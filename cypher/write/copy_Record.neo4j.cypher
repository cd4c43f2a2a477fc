// answers: loads nodes of the label Record
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Record {revision: $revision,
    id: $columns[0][row], `table`: $columns[1][row], entity: $columns[2][row], name_as_written: $columns[3][row],
    city: $columns[4][row], link_to: $columns[5][row], because: $columns[6][row], probability: $columns[7][row],
    proof: $columns[8][row], evidence: $columns[9][row], attributes: $columns[10][row], pairs: $columns[11][row],
    facts: $columns[12][row], only_for: $columns[13][row], source: $columns[14][row], source_key: $columns[15][row],
    `file`: $columns[16][row], `line`: $columns[17][row], retrieved_at: $columns[18][row], licence: $columns[19][row]
})
RETURN collect(elementId(n)) AS made;
