// answers: finds people by their exact name
// parameters: none
// returns: nothing
CREATE INDEX person_name IF NOT EXISTS FOR (n:Person) ON (n.name);
