// answers: loads CONTACT relationships from Person to Person
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY CONTACT FROM $rows;
