// answers: loads HAS_EVENT relationships from Organisation to Event
// parameters: revision (STRING, e.g. 0123456789abcdef), rows (LIST[], e.g. lists of both ids and the properties in the schema's order)
// returns: nothing
UNWIND $rows AS row
MATCH (start:Organisation {revision: $revision, id: row[0]})
MATCH (end:Event {revision: $revision, id: row[1]})
CREATE (start)-[:HAS_EVENT {
    record_id: row[2]
}]->(end);
