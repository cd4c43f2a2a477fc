// answers: notes in the transaction of a batch how far a lane of the load has come; nobody, if another builder has taken over
// parameters: revision (STRING, e.g. 0123456789abcdef), lane (STRING, e.g. lane-0), token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), table (INT64, e.g. 3), batches (INT64, e.g. 2)
// returns: held
MATCH (l:LoadLane {revision: $revision, id: $lane})
SET l.asked = timestamp()
WITH l WHERE l.builder = $token
SET l.done_table = $table, l.done_batches = $batches
RETURN count(l) AS held;
