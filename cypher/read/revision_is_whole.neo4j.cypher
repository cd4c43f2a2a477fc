// answers: whether a revision still stands, or has begun to be deleted
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: whole
OPTIONAL MATCH (r:Revision {id: $revision})
RETURN r IS NOT NULL AND NOT coalesce(r.leaving, false) AS whole;
