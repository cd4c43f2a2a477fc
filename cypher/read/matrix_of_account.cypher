// answers: who of our people looks after whom in one account, as entered at the last build; people without a node are left out
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. a-0123456789abcdef0123)
// returns: stakeholder, name, colleague, cell, entered_by, date
// hint: (((a JOIN t) JOIN s) JOIN l) JOIN p
MATCH (p:Person)-[l:LOOKS_AFTER]->(s:Stakeholder {revision: $revision})-[t:STAKEHOLDER_IN]->(a:Account {revision: $revision, id: $id})
RETURN s.id AS stakeholder, s.name AS name, l.colleague AS colleague, l.cell AS cell, l.entered_by AS entered_by,
    l.`date` AS date
ORDER BY stakeholder, colleague;
