// answers: organisations whose names hold some words, accents folded, the best match first
// parameters: words (STRING, e.g. intralogistik)
// returns: id, name, kind, city, score
// :param words => 'intralogistik'
MATCH (r:Revision {current: true})
CALL db.index.fulltext.queryNodes('organisation_names', $words) YIELD node, score
WHERE node.revision = r.id
RETURN node.id AS id, node.name AS name, node.kind AS kind, node.city AS city, score
ORDER BY score DESC, id LIMIT 50;
