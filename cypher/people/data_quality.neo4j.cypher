// answers: what the data lacks: counts for a first look
// parameters: none
// returns: what, count
MATCH (r:Revision {current: true})
CALL (r) {
    MATCH (o:Organisation {revision: r.id}) RETURN 'organisations' AS what, count(o) AS count
    UNION ALL
    MATCH (o:Organisation {revision: r.id}) WHERE NOT EXISTS { (:Person)-[:MANDATE]->(o) }
    RETURN 'organisations that name nobody' AS what, count(o) AS count
    UNION ALL
    MATCH (o:Organisation {revision: r.id, too_large: true})
    RETURN 'bodies too large to give ties' AS what, count(o) AS count
    UNION ALL
    MATCH (p:Person {revision: r.id}) RETURN 'people' AS what, count(p) AS count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE p.city IS NULL
    RETURN 'people without a place: homonyms can hide here' AS what, count(p) AS count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE p.bodies > 20
    RETURN 'people in more than 20 bodies: nominees, not introducers' AS what, count(p) AS count
    UNION ALL
    MATCH (p:Person {revision: r.id}) WHERE NOT EXISTS { (p)-[:TIE]-() }
    RETURN 'people without any tie' AS what, count(p) AS count
    UNION ALL
    MATCH (:Person {revision: r.id})-[m:MANDATE]->() WHERE m.since IS NULL
    RETURN 'mandates without a beginning' AS what, count(m) AS count
    UNION ALL
    MATCH (a:Record {revision: r.id})-[w:WAITING]->() RETURN 'pairs of records that wait for a decision' AS what, count(w) AS count
}
RETURN what, count;
