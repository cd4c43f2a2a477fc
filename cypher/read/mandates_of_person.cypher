// answers: the mandates of one person, in whatever organisation, past ones too
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: person, organisation, organisation_name, organisation_kind, organisation_city, organisation_status, connections, record_id, holder_record, organisation_record, role, role_as_written, since, until, last_seen, current, name_as_written, only_for, source, source_key, file, line, retrieved_at
// hint: (p JOIN m) JOIN o
MATCH (p:Person {revision: $revision, id: $id})-[m:MANDATE]->(o:Organisation)
RETURN p.id AS person, o.id AS organisation, o.name AS organisation_name, o.kind AS organisation_kind, o.city AS organisation_city,
    o.status AS organisation_status, o.connections AS connections,
    m.record_id AS record_id, m.holder_record AS holder_record, m.organisation_record AS organisation_record, m.role AS role, m.role_as_written AS role_as_written,
    m.since AS since, m.until AS until, m.last_seen AS last_seen, m.current AS current, m.name_as_written AS name_as_written, m.only_for AS only_for,
    m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY organisation, since, record_id;
