// answers: takes every lane of the load of a revision, and says how far each has come
// parameters: revision (STRING, e.g. 0123456789abcdef), token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), loading (STRING, e.g. 3 lanes of 2500 rows), lanes (STRING[], e.g. lane-0)
// returns: lane, done_table, done_batches
MATCH (r:Revision {id: $revision, builder: $token})
SET r.loading = $loading
WITH r
UNWIND $lanes AS lane
MERGE (l:LoadLane {revision: $revision, id: lane})
SET l.builder = $token, l.done_table = coalesce(l.done_table, r.done_table, 0), l.done_batches = coalesce(l.done_batches, 0)
RETURN lane, l.done_table AS done_table, l.done_batches AS done_batches ORDER BY lane;
