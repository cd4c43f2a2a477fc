// answers: waits until every index is online
// parameters: seconds (INT64, e.g. 300)
// returns: nothing
CALL db.awaitIndexes($seconds);
