// answers: appends judgements in their order; the same ones a second time change nothing
// parameters: rows (LIST[], e.g. lists of a new id and the judgement as JSON)
// returns: nothing
MERGE (c:JudgementCounter {name: 'judgements'})
SET c.asked = timestamp()
WITH c, coalesce(c.number, 0) AS before
SET c.number = before + size($rows)
WITH before
UNWIND range(0, size($rows) - 1) AS place
MERGE (j:Judgement {id: $rows[place][0]})
ON CREATE SET j.number = before + place, j.text = $rows[place][1];
