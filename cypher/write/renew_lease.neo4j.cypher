// answers: says that the builder is still alive
// parameters: token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), milliseconds (INT64, e.g. 60000)
// returns: renewed
MATCH (l:BuildLease {name: 'build'})
SET l.asked = timestamp()
WITH l WHERE l.token = $token
SET l.until = timestamp() + $milliseconds
RETURN count(l) AS renewed;
