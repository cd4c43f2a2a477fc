// answers: the scores on one person's node: assessed ones of the account that was assessed last
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: id, role_score, relationship_score, assessed_influence_score, score_policy, score_date, score_account, score_accounts
MATCH (p:Person {revision: $revision, id: $id})
RETURN p.id AS id, p.role_score AS role_score, p.relationship_score AS relationship_score,
    p.assessed_influence_score AS assessed_influence_score, p.score_policy AS score_policy, p.score_date AS score_date,
    p.score_account AS score_account, p.score_accounts AS score_accounts;
