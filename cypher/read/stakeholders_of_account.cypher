// answers: the stakeholders of one account with the scores of the last build
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. a-0123456789abcdef0123)
// returns: id, account, account_name, person, name, position, outside, role, role_score, type, relationship_score, relationship_average, relationship_best, relationship_responsible, policy, influence_score, power, interest, segment, fan_company, fan_salesperson, colour, second_colour, responsible, assessors, date
// hint: (a JOIN t) JOIN s
MATCH (s:Stakeholder {revision: $revision})-[t:STAKEHOLDER_IN]->(a:Account {revision: $revision, id: $id})
RETURN
    s.id AS id, s.account AS account, s.account_name AS account_name, s.person AS person, s.name AS name,
    s.position AS position, s.outside AS outside, s.role AS role, s.role_score AS role_score, s.type AS type,
    s.relationship_score AS relationship_score, s.relationship_average AS relationship_average,
    s.relationship_best AS relationship_best, s.relationship_responsible AS relationship_responsible,
    s.policy AS policy, s.influence_score AS influence_score, s.power AS power, s.interest AS interest,
    s.segment AS segment, s.fan_company AS fan_company, s.fan_salesperson AS fan_salesperson, s.colour AS colour,
    s.second_colour AS second_colour, s.responsible AS responsible, s.assessors AS assessors, s.date AS date
ORDER BY id;
