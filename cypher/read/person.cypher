// answers: one person by id
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. p-0123456789abcdef0123)
// returns: id, name, other_names, title, birth_name, birth_date, city, country, occupation, team, bodies, connections, records, only_for, influence_score, betweenness, influence_method
MATCH (p:Person {revision: $revision, id: $id})
RETURN p.id AS id, p.name AS name, p.other_names AS other_names, p.title AS title, p.birth_name AS birth_name, p.birth_date AS birth_date, p.city AS city, p.country AS country, p.occupation AS occupation, p.team AS team, p.bodies AS bodies, p.connections AS connections, p.records AS records, p.only_for AS only_for, p.influence_score AS influence_score, p.betweenness AS betweenness, p.influence_method AS influence_method;
