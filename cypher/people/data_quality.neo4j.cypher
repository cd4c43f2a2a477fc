// answers: what the data lacks: counts for a first look
// parameters: none
// returns: what, count
MATCH (r:Revision {current: true})
CALL (r) {
    MATCH (o:Organisation {revision: r.id}) WITH count(o) AS count RETURN 'organisations' AS what, count
    UNION ALL
    MATCH (o:Organisation {revision: r.id}) WHERE NOT EXISTS { (:Person)-[:MANDATE]->(o) }
    WITH count(o) AS count RETURN 'organisations that name nobody' AS what, count
    UNION ALL
    MATCH (o:Organisation {revision: r.id, too_large: true})
    WITH count(o) AS count RETURN 'bodies too large to give ties' AS what, count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WITH count(p) AS count RETURN 'people' AS what, count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE p.city IS NULL
    WITH count(p) AS count RETURN 'people without a place: homonyms can hide here' AS what, count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE p.bodies > 20
    WITH count(p) AS count RETURN 'people in more than 20 bodies: nominees, not introducers' AS what, count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE NOT EXISTS { (p)-[:TIE]-() }
    WITH count(p) AS count RETURN 'people without any tie' AS what, count
    UNION ALL
    MATCH (:Person {revision: r.id})-[m:MANDATE]->() WHERE m.since IS NULL
    WITH count(m) AS count RETURN 'mandates without a beginning' AS what, count
    UNION ALL
    MATCH (a:Record {revision: r.id})-[w:WAITING]->() WITH count(w) AS count RETURN 'pairs of records that wait for a decision' AS what, count
}
RETURN what, count;
