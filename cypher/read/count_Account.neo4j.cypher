// answers: how many nodes of the label Account one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Account {revision: $revision})
RETURN count(n) AS rows;
