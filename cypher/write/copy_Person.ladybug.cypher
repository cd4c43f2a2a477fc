// answers: loads nodes of the label Person
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Person FROM $rows;
