// answers: loads WAITING relationships from Record to Record
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY WAITING FROM $rows;
