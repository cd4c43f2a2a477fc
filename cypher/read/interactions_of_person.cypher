// answers: the meetings, calls and mails of one of our people
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: person, other, record_id, person_record, owner, visibility, kind, date, source, source_key, file, line, retrieved_at
// hint: (p JOIN m) JOIN q
MATCH (p:Person {revision: $revision, id: $id})-[m:INTERACTION]->(q:Person)
RETURN p.id AS person, q.id AS other,
    m.record_id AS record_id, m.person_record AS person_record, m.owner AS owner, m.visibility AS visibility, m.kind AS kind,
    m.date AS date, m.source AS source, m.source_key AS source_key, m.file AS file, m.line AS line, m.retrieved_at AS retrieved_at
ORDER BY record_id;
