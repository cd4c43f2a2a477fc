// answers: judgements in the order in which they were made
// parameters: none
// returns: nothing
CREATE INDEX judgement_order IF NOT EXISTS FOR (n:Judgement) ON (n.number);
