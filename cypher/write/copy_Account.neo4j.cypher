// answers: loads nodes of the label Account
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Account {revision: $revision,
    id: row[0], name: row[1], topic: row[2], responsible: row[3], stakeholders: row[4]
})
RETURN collect(elementId(n)) AS made;
