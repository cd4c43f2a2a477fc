// answers: loads INTERACTION relationships from Person to Person
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY INTERACTION FROM $rows;
