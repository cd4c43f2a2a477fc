// answers: loads SHAREHOLDING relationships from Person to Organisation
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY SHAREHOLDING FROM $rows (from = 'Person', to = 'Organisation');
