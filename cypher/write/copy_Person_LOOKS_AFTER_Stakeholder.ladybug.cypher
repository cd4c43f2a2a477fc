// answers: loads LOOKS_AFTER relationships from Person to Stakeholder
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY LOOKS_AFTER FROM $rows;
