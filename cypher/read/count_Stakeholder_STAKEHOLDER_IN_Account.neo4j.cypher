// answers: how many STAKEHOLDER_IN relationships from Stakeholder to Account one revision holds
// parameters: revision (STRING, e.g. 0123456789abcdef)
// returns: rows
MATCH (:Stakeholder {revision: $revision})-[found:STAKEHOLDER_IN]->(:Account)
RETURN count(found) AS rows;
