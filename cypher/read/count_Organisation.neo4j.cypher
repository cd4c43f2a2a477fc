// answers: how many nodes of the label Organisation one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Organisation {revision: $revision})
RETURN count(n) AS rows;
