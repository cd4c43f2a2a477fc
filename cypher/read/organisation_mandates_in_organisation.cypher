// answers: organisations that hold or held a mandate in one organisation
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. o-0123456789abcdef0123)
// returns: organisation, holder, holder_name, holder_kind, holder_city, holder_status, connections, record_id, holder_record, organisation_record, role, role_as_written, since, until, last_seen, current, name_as_written, source, source_key, file, line, retrieved_at
// hint: (o JOIN m) JOIN h
MATCH (h:Organisation)-[m:MANDATE]->(o:Organisation {revision: $revision, id: $id})
RETURN o.id AS organisation, h.id AS holder, h.name AS holder_name, h.kind AS holder_kind, h.city AS holder_city,
    h.status AS holder_status, h.connections AS connections,
    m.record_id AS record_id, m.holder_record AS holder_record, m.organisation_record AS organisation_record, m.role AS role, m.role_as_written AS role_as_written,
    m.since AS since, m.until AS until, m.last_seen AS last_seen, m.current AS current, m.name_as_written AS name_as_written,
    m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY holder, since, record_id;
