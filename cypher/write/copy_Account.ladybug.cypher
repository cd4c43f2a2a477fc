// answers: loads nodes of the label Account
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Account FROM $rows;
