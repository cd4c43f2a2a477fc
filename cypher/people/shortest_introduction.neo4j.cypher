// answers: the shortest introductions by hops, busy people and large bodies left out; `referralgraph path` ranks by strength instead
// parameters: start (STRING, e.g. Mara Wiesentau), to (STRING, e.g. Albrecht Sonnwart), most_bodies (INT64, e.g. 20)
// returns: people, strengths, hops
// :param start => 'Mara Wiesentau'
// :param to => 'Albrecht Sonnwart'
// :param most_bodies => 20
MATCH (r:Revision {current: true})
MATCH (a:Person {revision: r.id, name: $start}), (b:Person {revision: r.id, name: $to})
MATCH path = allShortestPaths((a)-[:TIE*..4]-(b))
WHERE all(introducer IN nodes(path)[1..-1] WHERE introducer.bodies <= $most_bodies)
RETURN [each IN nodes(path) | each.name] AS people, [each IN relationships(path) | each.strength] AS strengths, length(path) AS hops
ORDER BY reduce(product = 1.0, each IN relationships(path) | product * each.strength) DESC, [each IN nodes(path) | each.id]
LIMIT 25;
