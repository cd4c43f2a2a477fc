// answers: loads nodes of the label Person
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Person {revision: $revision,
    id: row[0], name: row[1], other_names: row[2], title: row[3], birth_name: row[4], birth_date: row[5],
    city: row[6], country: row[7], occupation: row[8], team: row[9], bodies: row[10], connections: row[11],
    records: row[12], only_for: row[13], role_score: row[14], relationship_score: row[15],
    assessed_influence_score: row[16], score_policy: row[17], score_date: row[18], score_account: row[19],
    score_accounts: row[20], influence_score: row[21], betweenness: row[22], influence_method: row[23]
})
RETURN collect(elementId(n)) AS made;
