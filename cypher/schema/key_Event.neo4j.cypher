// answers: the key of the label Event: an id is given once in a revision
// parameters: none
// returns: nothing
CREATE CONSTRAINT event_key IF NOT EXISTS FOR (n:Event) REQUIRE (n.revision, n.id) IS UNIQUE;
