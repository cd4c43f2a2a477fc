// answers: deletes the node of a revision whose graph is gone
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: nothing
MATCH (r:Revision {id: $revision})
WHERE NOT r.current
DELETE r;
