// answers: someone and everything within two steps, as a picture for Browser and Bloom; people in very many bodies aren't unfolded
// parameters: name (STRING, e.g. Friederike Moosgrund), most (INT64, e.g. 300)
// returns: path
// :param name => 'Friederike Moosgrund'
// :param most => 300
MATCH (r:Revision {current: true})
MATCH (p:Person {revision: r.id, name: $name})
MATCH path = (p)-[:MANDATE|SHAREHOLDING|CONTACT]-(near)
OPTIONAL MATCH further = (near)-[:MANDATE|SHAREHOLDING]-(other:Person|Organisation)
WHERE near.connections <= 50
WITH path, further ORDER BY elementId(last(nodes(path))) LIMIT $most
UNWIND [path, further] AS each
WITH DISTINCT each WHERE each IS NOT NULL
RETURN each AS path;
