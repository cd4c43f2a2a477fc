// answers: loads CUSTOMER relationships from Account to Organisation
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY CUSTOMER FROM $rows;
