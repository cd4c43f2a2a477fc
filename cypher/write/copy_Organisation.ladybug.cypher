// answers: loads nodes of the label Organisation
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Organisation FROM $rows;
