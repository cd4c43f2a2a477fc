// answers: how many HAS_EVENT relationships from Organisation to Event one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Organisation {revision: $revision})-[found:HAS_EVENT]->(:Event)
RETURN count(found) AS rows;
