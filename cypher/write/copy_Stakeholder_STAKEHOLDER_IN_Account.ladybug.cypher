// answers: loads STAKEHOLDER_IN relationships from Stakeholder to Account
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY STAKEHOLDER_IN FROM $rows;
