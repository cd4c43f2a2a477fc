// answers: the key of the label BuildLease
// parameters: none
// returns: nothing
CREATE CONSTRAINT buildlease_key IF NOT EXISTS FOR (n:BuildLease) REQUIRE n.name IS UNIQUE;
