// answers: loads TIE relationships from Person to Person
// parameters: rows (LIST[], e.g. lists of the element ids of both ends and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[:TIE {
    strength: row[2], reasons: row[3], kinds: row[4], organisations: row[5]
}]->(end);
