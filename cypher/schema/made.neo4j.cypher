// answers: names of the constraints and indexes that a database has
// parameters: none
// returns: name
SHOW INDEXES YIELD name RETURN name;
