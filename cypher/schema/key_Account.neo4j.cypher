// answers: the key of the label Account: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT account_key IF NOT EXISTS FOR (n:Account) REQUIRE (n.revision, n.id) IS UNIQUE;
