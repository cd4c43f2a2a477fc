// answers: loads nodes of the label Record
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Record FROM $rows;
