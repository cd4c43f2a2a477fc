// answers: loads nodes of the label Person
// parameters: revision (STRING, e.g. 0123456789abcdef), columns (LIST[], e.g. one list for each of the properties in the schema's order)
// returns: made
UNWIND range(0, size($columns[0]) - 1) AS row
CREATE (n:Person {revision: $revision,
    id: $columns[0][row], name: $columns[1][row], other_names: $columns[2][row], title: $columns[3][row],
    birth_name: $columns[4][row], birth_date: $columns[5][row], city: $columns[6][row], country: $columns[7][row],
    occupation: $columns[8][row], team: $columns[9][row], bodies: $columns[10][row], connections: $columns[11][row],
    records: $columns[12][row], only_for: $columns[13][row], role_score: $columns[14][row],
    relationship_score: $columns[15][row], assessed_influence_score: $columns[16][row],
    score_policy: $columns[17][row], score_date: $columns[18][row], score_account: $columns[19][row],
    score_accounts: $columns[20][row], influence_score: $columns[21][row], betweenness: $columns[22][row],
    influence_method: $columns[23][row]
})
RETURN collect(elementId(n)) AS made;
