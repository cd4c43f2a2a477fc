// answers: how many nodes of the label Event one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Event {revision: $revision})
RETURN count(n) AS rows;
