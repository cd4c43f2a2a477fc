// answers: finds organisations by their exact name
// parameters: none
// returns: nothing
CREATE INDEX organisation_name IF NOT EXISTS FOR (n:Organisation) ON (n.name);
