// answers: the key of the label Record: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT record_key IF NOT EXISTS FOR (n:Record) REQUIRE (n.revision, n.id) IS UNIQUE;
