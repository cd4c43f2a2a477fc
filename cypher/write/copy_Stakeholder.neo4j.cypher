// answers: loads nodes of the label Stakeholder
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Stakeholder {revision: $revision,
    id: $columns[0][row], account: $columns[1][row], account_name: $columns[2][row], person: $columns[3][row],
    name: $columns[4][row], position: $columns[5][row], outside: $columns[6][row], role: $columns[7][row],
    role_score: $columns[8][row], type: $columns[9][row], relationship_score: $columns[10][row],
    relationship_average: $columns[11][row], relationship_best: $columns[12][row],
    relationship_responsible: $columns[13][row], policy: $columns[14][row], influence_score: $columns[15][row],
    power: $columns[16][row], interest: $columns[17][row], segment: $columns[18][row], fan_company: $columns[19][row],
    fan_salesperson: $columns[20][row], colour: $columns[21][row], second_colour: $columns[22][row],
    responsible: $columns[23][row], assessors: $columns[24][row], `date`: $columns[25][row]
})
RETURN collect(elementId(n)) AS made;
