// answers: influence as the team assessed it beside the graph's own measure, account by account
// parameters: least (DOUBLE, e.g. 0)
// returns: person, account, assessed, policy, date, graph, method
// :param least => 0
MATCH (r:Revision {current: true})
MATCH (s:Stakeholder {revision: r.id})-[:IS_PERSON]->(p:Person)
WHERE s.influence_score >= $least
RETURN p.name AS person, s.account_name AS account, s.influence_score AS assessed, s.policy AS policy, s.date AS date,
    p.influence_score AS graph, p.influence_method AS method
ORDER BY assessed DESC, person, account, p.id;
