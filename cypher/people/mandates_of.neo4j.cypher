// answers: someone's mandates, the current ones first
// parameters: name (STRING, e.g. Friederike Moosgrund)
// returns: person, city, organisation, kind, role, since, until, current, source, file, line
// :param name => 'Friederike Moosgrund'
MATCH (r:Revision {current: true})
MATCH (p:Person {revision: r.id, name: $name})-[m:MANDATE]->(o:Organisation)
RETURN p.id AS person, p.city AS city, o.name AS organisation, o.kind AS kind, m.role AS role, m.since AS since, m.until AS until,
    m.current AS current, m.source AS source, m.file AS file, m.line AS line
ORDER BY person, m.current DESC, organisation, since, role;
