// answers: loads nodes of the label Stakeholder
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Stakeholder {revision: $revision,
    id: row[0], account: row[1], account_name: row[2], person: row[3], name: row[4], position: row[5],
    outside: row[6], role: row[7], role_score: row[8], type: row[9], relationship_score: row[10],
    relationship_average: row[11], relationship_best: row[12], relationship_responsible: row[13], policy: row[14],
    influence_score: row[15], power: row[16], interest: row[17], segment: row[18], fan_company: row[19],
    fan_salesperson: row[20], colour: row[21], second_colour: row[22], responsible: row[23], assessors: row[24],
    `date`: row[25]
})
RETURN collect(elementId(n)) AS made;
