// answers: labels of some nodes of a database, enough to see whose graph it holds
// parameters: none
// returns: label
MATCH (n)
WITH n LIMIT 1000
UNWIND CASE WHEN labels(n) = [] THEN ['none'] ELSE labels(n) END AS label
RETURN DISTINCT label ORDER BY label;
