// answers: who of us looks after whom in an account, and how strong his tie is
// parameters: name (STRING, e.g. Food retailer)
// returns: stakeholder, colleague, cell, strength
// :param name => 'Food retailer'
MATCH (r:Revision {current: true})
MATCH (c:Person)-[l:LOOKS_AFTER]->(s:Stakeholder)-[:STAKEHOLDER_IN]->(:Account {revision: r.id, name: $name})
OPTIONAL MATCH (s)-[:IS_PERSON]->(p:Person)-[t:TIE]-(c)
RETURN s.name AS stakeholder, l.colleague AS colleague, l.cell AS cell, t.strength AS strength
ORDER BY stakeholder, colleague, s.id;
