// answers: all judgements in the order in which they were made, each as JSON
// parameters: none
// returns: text
MATCH (j:Judgement)
WHERE j.number >= 0
RETURN j.text AS text ORDER BY j.number;
