// answers: loads nodes of the label Record
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of the properties in the schema's order)
// returns: made
UNWIND $rows AS row
CREATE (n:Record {revision: $revision,
    id: row[0], `table`: row[1], entity: row[2], name_as_written: row[3], city: row[4], link_to: row[5],
    because: row[6], probability: row[7], proof: row[8], evidence: row[9], only_for: row[10], source: row[11], source_key: row[12],
    `file`: row[13], `line`: row[14], retrieved_at: row[15], licence: row[16]
})
RETURN collect(elementId(n)) AS made;
