// answers: loads nodes of the label Organisation
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Organisation {revision: $revision,
    id: $columns[0][row], name: $columns[1][row], kind: $columns[2][row], previous_names: $columns[3][row],
    part_of: $columns[4][row], legal_form: $columns[5][row], register_court: $columns[6][row],
    register_number: $columns[7][row], identifier: $columns[8][row], lei: $columns[9][row],
    industry_code: $columns[10][row], size: $columns[11][row], website: $columns[12][row], address: $columns[13][row],
    postcode: $columns[14][row], city: $columns[15][row], country: $columns[16][row], status: $columns[17][row],
    most_members: $columns[18][row], too_large: $columns[19][row], connections: $columns[20][row],
    records: $columns[21][row]
})
RETURN collect(elementId(n)) AS made;
