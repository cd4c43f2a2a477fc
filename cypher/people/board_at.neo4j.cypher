// answers: who sat on a board at a date, as far as it is known
// parameters: name (STRING, e.g. Arbeitskreis Intralogistik), day (STRING, e.g. 2020-06-30)
// returns: organisation, person, city, role, since, until, last_seen
// :param name => 'Arbeitskreis Intralogistik'
// :param day => '2020-06-30'
MATCH (r:Revision {current: true})
MATCH (p:Person)-[m:MANDATE]->(o:Organisation {revision: r.id, name: $name})
// dates are as precise as their source: a year is taken for its first day where it begins, for its last where it ends
WHERE coalesce(m.since, '') <= $day AND coalesce(m.until + '-12-31', m.last_seen, $day) >= $day
RETURN o.id AS organisation, p.name AS person, p.city AS city, m.role AS role, m.since AS since, m.until AS until,
    m.last_seen AS last_seen
ORDER BY organisation, role, person, p.id;
