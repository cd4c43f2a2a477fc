// answers: how many nodes of the label Record one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Record {revision: $revision})
RETURN count(n) AS rows;
