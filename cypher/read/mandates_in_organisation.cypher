// answers: everyone who holds or held a mandate in one organisation
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. o-0123456789abcdef0123)
// returns: organisation, person, person_name, person_city, connections, team, bodies, record_id, holder_record, organisation_record, role, role_as_written, since, until, last_seen, current, name_as_written, only_for, source, source_key, file, line, retrieved_at
// hint: (o JOIN m) JOIN p
MATCH (p:Person)-[m:MANDATE]->(o:Organisation {revision: $revision, id: $id})
RETURN o.id AS organisation, p.id AS person, p.name AS person_name, p.city AS person_city, p.connections AS connections,
    p.team AS team, p.bodies AS bodies,
    m.record_id AS record_id, m.holder_record AS holder_record, m.organisation_record AS organisation_record, m.role AS role, m.role_as_written AS role_as_written,
    m.since AS since, m.until AS until, m.last_seen AS last_seen, m.current AS current, m.name_as_written AS name_as_written, m.only_for AS only_for,
    m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY person, since, record_id;
