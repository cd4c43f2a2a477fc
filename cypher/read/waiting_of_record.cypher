// answers: undecided pairs of one record
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. r0123456789abcdef0123)
// returns: record, other, other_entity, other_name, other_city, because, probability, evidence, only_for
// hint: (r JOIN w) JOIN s
MATCH (r:Record {revision: $revision, id: $id})-[w:WAITING]-(s:Record)
RETURN r.id AS record, s.id AS other, s.entity AS other_entity, s.name_as_written AS other_name, s.city AS other_city,
    w.because AS because, w.probability AS probability, w.evidence AS evidence, s.only_for AS only_for
ORDER BY other, because;
