// answers: how many LOOKS_AFTER relationships from Person to Stakeholder one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Person {revision: $revision})-[found:LOOKS_AFTER]->(:Stakeholder)
RETURN count(found) AS rows;
