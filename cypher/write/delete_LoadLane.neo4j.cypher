// answers: deletes the notes about how far a load has come
// parameters: revision (STRING, e.g. 0123456789abcdef), most (INT64, e.g. 2000)
// returns: deleted
MATCH (n:LoadLane {revision: $revision})
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS deleted;
