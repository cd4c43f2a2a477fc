// answers: loads IS_PERSON relationships from Stakeholder to Person
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY IS_PERSON FROM $rows;
