// answers: who holds or held a mandate in one organisation, in few words, for lists of a hundred thousand
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. o-0123456789abcdef0123)
// returns: organisation, person, record_id, holder_record, organisation_record, role, since, until, last_seen, current, only_for, retrieved_at
// hint: (o JOIN m) JOIN p
MATCH (p:Person)-[m:MANDATE]->(o:Organisation {revision: $revision, id: $id})
RETURN o.id AS organisation, p.id AS person, m.record_id AS record_id, m.holder_record AS holder_record, m.organisation_record AS organisation_record, m.role AS role,
    m.since AS since, m.until AS until, m.last_seen AS last_seen, m.current AS current, m.only_for AS only_for,
    m.retrieved_at AS retrieved_at
ORDER BY person, since, record_id;
