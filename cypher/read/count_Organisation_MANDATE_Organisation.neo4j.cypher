// answers: how many MANDATE relationships from Organisation to Organisation one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Organisation {revision: $revision})-[found:MANDATE]->(:Organisation)
RETURN count(found) AS rows;
