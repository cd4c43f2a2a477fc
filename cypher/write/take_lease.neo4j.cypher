// answers: takes the lease for building if it is free, has expired, or was held from the same workspace, whose lock we hold
// parameters: token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e), place (STRING, e.g. 8c1f2a9be0d34c57), owner (STRING, e.g. anna on laptop), milliseconds (INT64, e.g. 60000)
// returns: taken, owner, since, until, now
MERGE (l:BuildLease {name: 'build'})
SET l.asked = timestamp()
WITH l, coalesce(l.until, 0) < timestamp() OR coalesce(l.place, '') = $place AS taken
FOREACH (_ IN CASE WHEN taken THEN [1] ELSE [] END |
    SET l.token = $token, l.place = $place, l.owner = $owner, l.since = timestamp(), l.until = timestamp() + $milliseconds)
RETURN taken, l.owner AS owner, l.since AS since, l.until AS until, timestamp() AS now;
