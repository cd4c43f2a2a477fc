// answers: loads MANDATE relationships from Organisation to Organisation
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY MANDATE FROM $rows (from = 'Organisation', to = 'Organisation');
