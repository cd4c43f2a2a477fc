// answers: the key of the label Person: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT person_key IF NOT EXISTS FOR (n:Person) REQUIRE (n.revision, n.id) IS UNIQUE;
