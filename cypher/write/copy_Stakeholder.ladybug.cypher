// answers: loads nodes of the label Stakeholder
// parameters: rows (table, e.g. an Arrow table with the properties of the label)
// returns: nothing
COPY Stakeholder FROM $rows;
