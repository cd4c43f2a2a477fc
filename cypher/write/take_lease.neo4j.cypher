// answers: takes the lease for building if it is free or has expired
// parameters: token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), owner (STRING, e.g. anna on laptop), milliseconds (INT64, e.g. 60000)
// returns: taken, owner, since, until, now
MERGE (l:BuildLease {name: 'build'})
SET l.asked = timestamp()
WITH l, coalesce(l.until, 0) < timestamp() OR coalesce(l.token, '') = $token AS taken
FOREACH (_ IN CASE WHEN taken THEN [1] ELSE [] END |
    SET l.token = $token, l.owner = $owner, l.since = timestamp(), l.until = timestamp() + $milliseconds)
RETURN taken, l.owner AS owner, l.since AS since, l.until AS until, timestamp() AS now;
