// answers: who decides in an account, who is for us, and where each stands
// parameters: name (STRING, e.g. Food retailer)
// returns: stakeholder, position, role, type, relationship, policy, influence, segment, fan, assessors, date
// :param name => 'Food retailer'
MATCH (r:Revision {current: true})
MATCH (s:Stakeholder)-[:STAKEHOLDER_IN]->(:Account {revision: r.id, name: $name})
RETURN s.name AS stakeholder, s.position AS position, s.role AS role, s.type AS type, s.relationship_score AS relationship,
    s.policy AS policy, s.influence_score AS influence, s.segment AS segment, s.fan_company AS fan, s.assessors AS assessors,
    s.date AS date
ORDER BY coalesce(s.role_score, 0) DESC, coalesce(s.influence_score, 0) DESC, stakeholder, s.id;
