// answers: what happened to one person
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: person, record_id, of_record, kind, date, text, source, source_key, file, line
// hint: (p JOIN m) JOIN e
MATCH (p:Person {revision: $revision, id: $id})-[m:HAS_EVENT]->(e:Event)
RETURN p.id AS person, e.id AS record_id, m.of_record AS of_record, e.kind AS kind, e.date AS date, e.text AS text, e.source AS source, e.source_key AS source_key,
    e.file AS file, e.line AS line
ORDER BY date, record_id;
