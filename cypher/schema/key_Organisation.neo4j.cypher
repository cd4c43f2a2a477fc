// answers: the key of the label Organisation: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT organisation_key IF NOT EXISTS FOR (n:Organisation) REQUIRE (n.revision, n.id) IS UNIQUE;
