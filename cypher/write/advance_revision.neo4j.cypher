// answers: notes in the transaction of a batch how far loading has come; nobody, if another builder has taken over
// parameters: revision (STRING, e.g. 0123456789abcdef), token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), table (INT64, e.g. 3), rows (INT64, e.g. 4000)
// returns: held
MATCH (r:Revision {id: $revision})
SET r.asked = timestamp()
WITH r WHERE r.builder = $token
SET r.done_table = $table, r.done_rows = $rows
RETURN count(r) AS held;
