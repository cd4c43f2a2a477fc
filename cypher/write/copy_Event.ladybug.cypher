// answers: loads nodes of the label Event
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Event FROM $rows;
