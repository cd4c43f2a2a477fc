// answers: the key of the label LoadLane
// parameters: none
// returns: nothing
CREATE CONSTRAINT loadlane_key IF NOT EXISTS FOR (n:LoadLane) REQUIRE (n.revision, n.id) IS UNIQUE;
