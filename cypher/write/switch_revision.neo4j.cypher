// answers: makes a complete revision the current one, and no other
// parameters: revision (STRING, e.g. 0123456789abcdef), token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e)
// returns: held
MATCH (l:BuildLease {name: 'build'})
SET l.asked = timestamp()
WITH l WHERE l.token = $token
MATCH (r:Revision {id: $revision, builder: $token})
OPTIONAL MATCH (old:Revision {current: true}) WHERE old.id <> $revision
SET old.current = false
SET r.current = true
RETURN count(DISTINCT r) AS held;
