// answers: how many nodes of the label Stakeholder one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (n:Stakeholder {revision: $revision})
RETURN count(n) AS rows;
