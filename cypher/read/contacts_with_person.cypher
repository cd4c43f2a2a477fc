// answers: which of our people know one person
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: person, other, other_name, other_city, connections, record_id, person_record, owner, visibility, kind, since, closeness, name_as_written, source, source_key, file, line, retrieved_at
// hint: (p JOIN m) JOIN q
MATCH (q:Person)-[m:CONTACT]->(p:Person {revision: $revision, id: $id})
RETURN p.id AS person, q.id AS other, q.name AS other_name, q.city AS other_city, q.connections AS connections,
    m.record_id AS record_id, m.person_record AS person_record, m.owner AS owner, m.visibility AS visibility, m.kind AS kind,
    m.since AS since, m.closeness AS closeness, m.name_as_written AS name_as_written,
    m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY other, record_id;
