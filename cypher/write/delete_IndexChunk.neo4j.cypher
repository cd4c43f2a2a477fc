// answers: deletes some chunks of the index of one revision
// parameters: revision (STRING, e.g. 0123456789abcdef), most (INT64, e.g. 100)
// returns: deleted
MATCH (n:IndexChunk {revision: $revision})
WITH n LIMIT $most
DELETE n
RETURN count(*) AS deleted;
