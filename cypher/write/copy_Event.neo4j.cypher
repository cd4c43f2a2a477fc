// answers: loads nodes of the label Event
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Event {revision: $revision,
    id: row[0], kind: row[1], `date`: row[2], `text`: row[3], source: row[4], source_key: row[5], `file`: row[6],
    `line`: row[7], retrieved_at: row[8], licence: row[9]
})
RETURN collect(elementId(n)) AS made;
