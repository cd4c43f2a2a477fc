// answers: revisions to delete: replaced ones, and what killed builders left
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: id
MATCH (r:Revision)
WHERE NOT r.current AND (r.id <> $revision OR coalesce(r.leaving, false))
RETURN r.id AS id ORDER BY id;
