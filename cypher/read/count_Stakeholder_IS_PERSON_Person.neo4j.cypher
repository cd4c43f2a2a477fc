// answers: how many IS_PERSON relationships from Stakeholder to Person one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Stakeholder {revision: $revision})-[found:IS_PERSON]->(:Person)
RETURN count(found) AS rows;
