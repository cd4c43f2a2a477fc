// answers: how many CONTACT relationships from Person to Person one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Person {revision: $revision})-[found:CONTACT]->(:Person)
RETURN count(found) AS rows;
