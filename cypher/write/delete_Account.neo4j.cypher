// answers: deletes some nodes of the label Account of one revision with their relationships
// parameters: revision (STRING, e.g. 0123456789abcdef), most (INT64, e.g. 2000)
// returns: deleted
MATCH (n:Account {revision: $revision})
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS deleted;
