// answers: one organisation by id
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. o-0123456789abcdef0123)
// returns: id, name, kind, previous_names, part_of, legal_form, register_court, register_number, identifier, lei, industry_code, size, website, address, postcode, city, country, status, most_members, too_large, connections, records
MATCH (o:Organisation {revision: $revision, id: $id})
RETURN o.id AS id, o.name AS name, o.kind AS kind, o.previous_names AS previous_names, o.part_of AS part_of, o.legal_form AS legal_form, o.register_court AS register_court, o.register_number AS register_number, o.identifier AS identifier,
    o.lei AS lei, o.industry_code AS industry_code, o.size AS size, o.website AS website, o.address AS address,
    o.postcode AS postcode, o.city AS city, o.country AS country, o.status AS status, o.most_members AS most_members,
    o.too_large AS too_large, o.connections AS connections, o.records AS records;
