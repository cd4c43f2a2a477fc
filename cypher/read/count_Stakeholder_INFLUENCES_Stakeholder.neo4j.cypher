// answers: how many INFLUENCES relationships from Stakeholder to Stakeholder one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Stakeholder {revision: $revision})-[found:INFLUENCES]->(:Stakeholder)
RETURN count(found) AS rows;
