// answers: the revision that everyone reads
// parameters: none
// returns: id, text
MATCH (r:Revision {current: true})
RETURN r.id AS id, r.text AS text;
