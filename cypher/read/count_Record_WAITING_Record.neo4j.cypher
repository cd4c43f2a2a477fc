// answers: how many WAITING relationships from Record to Record one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Record {revision: $revision})-[found:WAITING]->(:Record)
RETURN count(found) AS rows;
