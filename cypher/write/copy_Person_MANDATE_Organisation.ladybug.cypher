// answers: loads MANDATE relationships from Person to Organisation
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY MANDATE FROM $rows (from = 'Person', to = 'Organisation');
