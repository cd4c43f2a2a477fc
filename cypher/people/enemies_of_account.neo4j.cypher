// answers: the enemies in an account and whom of its other stakeholders they know: never to be asked for an introduction
// parameters: name (STRING, e.g. Food retailer)
// returns: enemy, position, relationship, knows, strength
// :param name => 'Food retailer'
MATCH (r:Revision {current: true})
MATCH (e:Stakeholder)-[:STAKEHOLDER_IN]->(a:Account {revision: r.id, name: $name})
WHERE e.relationship_score <= -2
OPTIONAL MATCH (e)-[:IS_PERSON]->(:Person)-[t:TIE]-(p:Person)<-[:IS_PERSON]-(:Stakeholder)-[:STAKEHOLDER_IN]->(a)
RETURN e.name AS enemy, e.position AS position, e.relationship_score AS relationship, p.name AS knows, t.strength AS strength
ORDER BY enemy, strength DESC, knows;
