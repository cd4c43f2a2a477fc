// answers: the labels that are in use in the database
// parameters: none
// returns: label
CALL db.labels() YIELD label
RETURN label ORDER BY label;
