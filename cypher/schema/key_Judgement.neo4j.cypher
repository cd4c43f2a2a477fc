// answers: the key of the label Judgement
// parameters: none
// returns: nothing
CREATE CONSTRAINT judgement_key IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE;
