// answers: loads HAS_EVENT relationships from Person to Event
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY HAS_EVENT FROM $rows (from = 'Person', to = 'Event');
