// answers: loads HAS_EVENT relationships from Organisation to Event
// parameters: rows (table, e.g. an Arrow table of from, to and the properties)
// returns: nothing
COPY HAS_EVENT FROM $rows (from = 'Organisation', to = 'Event');
