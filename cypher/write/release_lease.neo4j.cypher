// answers: gives the lease back
// parameters: token (STRING, e.g. 6f1d0f0a5f0b4d0c8f5e)
// returns: nothing
MATCH (l:BuildLease {name: 'build', token: $token})
SET l.until = 0;
