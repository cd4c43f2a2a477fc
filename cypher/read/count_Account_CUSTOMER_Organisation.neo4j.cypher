// answers: how many CUSTOMER relationships from Account to Organisation one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Account {revision: $revision})-[found:CUSTOMER]->(:Organisation)
RETURN count(found) AS rows;
