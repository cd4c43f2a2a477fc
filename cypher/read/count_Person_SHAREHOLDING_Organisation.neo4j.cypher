// answers: how many SHAREHOLDING relationships from Person to Organisation one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Person {revision: $revision})-[found:SHAREHOLDING]->(:Organisation)
RETURN count(found) AS rows;
