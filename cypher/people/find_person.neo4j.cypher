// answers: people whose names hold some words, accents folded, the best match first
// parameters: words (STRING, e.g. friederike moosgrund)
// returns: id, name, city, bodies, score
// :param words => 'friederike moosgrund'
MATCH (r:Revision {current: true})
CALL db.index.fulltext.queryNodes('person_names', $words) YIELD node, score
WHERE node.revision = r.id
RETURN node.id AS id, node.name AS name, node.city AS city, node.bodies AS bodies, score
ORDER BY score DESC, id LIMIT 50;
