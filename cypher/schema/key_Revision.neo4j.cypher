// answers: the key of the label Revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT revision_key IF NOT EXISTS FOR (n:Revision) REQUIRE n.id IS UNIQUE;
