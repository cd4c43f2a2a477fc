// answers: deletes some nodes of the label Stakeholder of one revision with their relationships
// parameters: revision (STRING, e.g. 0123456789abcdef), most (INT64, e.g. 2000)
// returns: deleted
MATCH (n:Stakeholder {revision: $revision})
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS deleted;
