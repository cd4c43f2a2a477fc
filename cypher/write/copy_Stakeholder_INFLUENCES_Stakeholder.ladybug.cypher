// answers: loads INFLUENCES relationships from Stakeholder to Stakeholder
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY INFLUENCES FROM $rows;
