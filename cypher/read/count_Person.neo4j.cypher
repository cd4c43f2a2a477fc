// answers: how many nodes of the label Person one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Person {revision: $revision})
RETURN count(n) AS rows;
