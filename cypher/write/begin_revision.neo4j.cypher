// answers: opens a revision for loading, or goes on where another builder was killed
// parameters: revision (STRING, e.g. 0123456789abcdef), token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), text (STRING, e.g. {}), index_files (STRING, e.g. [])
// returns: current, loading
MERGE (r:Revision {id: $revision})
SET r.builder = $token, r.text = $text, r.index_files = $index_files, r.current = coalesce(r.current, false),
    r.made_by = 'referralgraph'
RETURN r.current AS current, r.loading AS loading;
