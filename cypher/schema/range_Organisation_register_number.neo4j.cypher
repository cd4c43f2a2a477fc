// answers: finds organisations by register number
// parameters: none
// returns: nothing
CREATE INDEX organisation_register_number IF NOT EXISTS FOR (n:Organisation) ON (n.register_number);
