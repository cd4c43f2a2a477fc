// answers: whether ReferralGraph has written into a database before
// parameters: none
// returns: ours
OPTIONAL MATCH (l:BuildLease)
OPTIONAL MATCH (c:JudgementCounter)
RETURN count(l) + count(c) > 0 AS ours;
