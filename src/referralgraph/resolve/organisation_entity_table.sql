-- Organisations with their attributes; each attribute from the record nearest to the register. From: organisation, organisation_link.
WITH ranked AS (
    SELECT organisation.*, organisation_link.root,
        row_number() OVER (PARTITION BY root ORDER BY identifier IS NULL, retrieved_at DESC, organisation.record_id) AS place
    FROM organisation
    JOIN organisation_link USING (record_id)
)
SELECT
    'o-' || substr(root, 2) AS id,
    first(name ORDER BY place) AS name,
    first(kind ORDER BY place) AS kind,
    list_sort(list_distinct(list_filter(flatten(list(coalesce(previous_names, []))) || list(name), lambda each: each <> first(name ORDER BY place)))) AS previous_names,
    first(part_of ORDER BY place) FILTER (WHERE part_of IS NOT NULL) AS part_of,
    first(legal_form ORDER BY place) FILTER (WHERE legal_form IS NOT NULL) AS legal_form,
    first(register_court ORDER BY place) FILTER (WHERE register_court IS NOT NULL) AS register_court,
    first(register_number ORDER BY place) FILTER (WHERE register_number IS NOT NULL) AS register_number,
    first(identifier ORDER BY place) FILTER (WHERE identifier IS NOT NULL) AS identifier,
    first(lei ORDER BY place) FILTER (WHERE lei IS NOT NULL) AS lei,
    first(industry_code ORDER BY place) FILTER (WHERE industry_code IS NOT NULL) AS industry_code,
    first(size ORDER BY place) FILTER (WHERE size IS NOT NULL) AS size,
    first(website ORDER BY place) FILTER (WHERE website IS NOT NULL) AS website,
    first(address ORDER BY place) FILTER (WHERE address IS NOT NULL) AS address,
    first(postcode ORDER BY place) FILTER (WHERE postcode IS NOT NULL) AS postcode,
    first(city ORDER BY place) FILTER (WHERE city IS NOT NULL) AS city,
    first(country ORDER BY place) FILTER (WHERE country IS NOT NULL) AS country,
    first(status ORDER BY place) FILTER (WHERE status IS NOT NULL) AS status,
    list(record_id ORDER BY place) AS records
FROM ranked
GROUP BY root
