// answers: the key of the label IndexChunk
// parameters: none
// returns: nothing
CREATE CONSTRAINT indexchunk_key IF NOT EXISTS FOR (n:IndexChunk) REQUIRE (n.revision, n.id) IS UNIQUE;
