// answers: the key of the label JudgementCounter
// parameters: none
// returns: nothing
CREATE CONSTRAINT judgementcounter_key IF NOT EXISTS FOR (n:JudgementCounter) REQUIRE n.name IS UNIQUE;
