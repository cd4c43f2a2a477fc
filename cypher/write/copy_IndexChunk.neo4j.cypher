// answers: stores chunks of a file of the index
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of id and bytes)
// returns: nothing
UNWIND $rows AS row
CREATE (:IndexChunk {revision: $revision, id: row[0], bytes: row[1]});
