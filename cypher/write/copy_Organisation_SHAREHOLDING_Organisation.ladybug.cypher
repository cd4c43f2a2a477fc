// answers: loads SHAREHOLDING relationships from Organisation to Organisation
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY SHAREHOLDING FROM $rows (from = 'Organisation', to = 'Organisation');
