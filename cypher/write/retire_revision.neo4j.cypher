// answers: says that a replaced revision is about to be deleted
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: nothing
MATCH (r:Revision {id: $revision})
WHERE NOT r.current
SET r.leaving = true;
