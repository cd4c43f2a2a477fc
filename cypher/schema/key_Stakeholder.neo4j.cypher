// answers: the key of the label Stakeholder: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT stakeholder_key IF NOT EXISTS FOR (n:Stakeholder) REQUIRE (n.revision, n.id) IS UNIQUE;
