// answers: the next nodes of the label Account that are loaded already, in the order of their ids
// parameters: revision (STRING, e.g. 0123456789abcdef), after (STRING, e.g. p), most (INT64, e.g. 100000)
// returns: id, made
MATCH (n:Account {revision: $revision})
WHERE n.id > $after
RETURN n.id AS id, elementId(n) AS made ORDER BY id LIMIT $most;
