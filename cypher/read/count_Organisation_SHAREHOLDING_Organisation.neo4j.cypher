// answers: how many SHAREHOLDING relationships from Organisation to Organisation one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Organisation {revision: $revision})-[found:SHAREHOLDING]->(:Organisation)
RETURN count(found) AS rows;
