// answers: the files of the index of one revision, as JSON
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: files
MATCH (r:Revision {id: $revision})
RETURN r.index_files AS files;
