// answers: loads nodes of the label Organisation
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Organisation {revision: $revision,
    id: row[0], name: row[1], kind: row[2], previous_names: row[3], part_of: row[4], legal_form: row[5],
    register_court: row[6], register_number: row[7], identifier: row[8], lei: row[9], industry_code: row[10],
    size: row[11], website: row[12], address: row[13], postcode: row[14], city: row[15], country: row[16],
    status: row[17], most_members: row[18], too_large: row[19], connections: row[20], records: row[21]
})
RETURN collect(elementId(n)) AS made;
