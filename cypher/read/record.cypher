// answers: one record and the entity it belongs to
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. r0123456789abcdef0123)
// returns: id, record_table, entity, name_as_written, city, link_to, because, probability, proof, evidence, attributes, pairs, facts, only_for, source, source_key, file, line, retrieved_at
MATCH (r:Record {revision: $revision, id: $id})
RETURN r.id AS id, r.`table` AS record_table, r.entity AS entity, r.name_as_written AS name_as_written, r.city AS city,
    r.link_to AS link_to, r.because AS because, r.probability AS probability, r.proof AS proof, r.evidence AS evidence, r.attributes AS attributes,
    r.pairs AS pairs, r.facts AS facts, r.only_for AS only_for,
    r.source AS source, r.source_key AS source_key, r.file AS file, r.line AS line, r.retrieved_at AS retrieved_at;
