// answers: what one organisation owns
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. o-0123456789abcdef0123)
// returns: holder, organisation, organisation_name, organisation_kind, organisation_city, organisation_status, connections, record_id, holder_record, organisation_record, kind, share_minimum, share_maximum, since, until, last_seen, current, name_as_written, source, source_key, file, line, retrieved_at
// hint: (h JOIN m) JOIN o
MATCH (h:Organisation {revision: $revision, id: $id})-[m:SHAREHOLDING]->(o:Organisation)
RETURN h.id AS holder, o.id AS organisation, o.name AS organisation_name, o.kind AS organisation_kind, o.city AS organisation_city,
    o.status AS organisation_status, o.connections AS connections,
    m.record_id AS record_id, m.holder_record AS holder_record, m.organisation_record AS organisation_record, m.kind AS kind, m.share_minimum AS share_minimum, m.share_maximum AS share_maximum,
    m.since AS since, m.until AS until, m.last_seen AS last_seen, m.current AS current, m.name_as_written AS name_as_written,
    m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY organisation, since, record_id;
