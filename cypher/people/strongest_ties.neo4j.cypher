// answers: whom somebody knows best, with the number of reasons
// parameters: name (STRING, e.g. Friederike Moosgrund)
// returns: person, other, city, strength, reasons, kinds
// :param name => 'Friederike Moosgrund'
MATCH (r:Revision {current: true})
MATCH (p:Person {revision: r.id, name: $name})-[t:TIE]-(q:Person)
RETURN p.id AS person, q.name AS other, q.city AS city, t.strength AS strength, t.reasons AS reasons, t.kinds AS kinds
ORDER BY person, strength DESC, q.id LIMIT 50;
