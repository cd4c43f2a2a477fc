-- Pairs of organisation records that are one organisation. From: organisation, organisation_name.
WITH keyed AS (
    SELECT
        record_id, identifier, nullif(upper(trim(lei)), '') AS lei, fold(name) AS folded, nullif(fold(city), '') AS city, kind, fold(part_of) AS part_of,
        CASE WHEN register_court IS NOT NULL AND regexp_matches(register_number, '[A-Za-z].*\d') AND (identifier IS NOT NULL OR NOT misfiled(form, register_number))
            THEN court_key(register_court) || ' ' || register_key(register_number) END AS register_entry
    FROM (SELECT *, legal_form(name) AS form FROM organisation)
),
by_register AS (
    SELECT record_id, register_entry AS key,
        first_value(record_id) OVER (PARTITION BY register_entry ORDER BY identifier IS NULL, record_id) AS other
    FROM keyed WHERE register_entry IS NOT NULL
),
by_lei AS (
    SELECT record_id, lei AS key, min(record_id) OVER (PARTITION BY lei) AS other FROM keyed WHERE lei IS NOT NULL
),
-- A record without a number is the company of the same name, letter by letter, if only one company answers to it
-- (in its place, if a place is given).
unnumbered AS (
    SELECT keyed.record_id, keyed.folded || ' ' || coalesce(keyed.city, '') AS key, min(company.record_id) AS other,
        count(DISTINCT company.record_id) AS candidates
    FROM keyed
    JOIN keyed AS company ON company.folded = keyed.folded AND company.kind = keyed.kind
        AND company.identifier IS NOT NULL AND (keyed.city IS NULL OR keyed.city = company.city)
        AND keyed.part_of IS NOT DISTINCT FROM company.part_of
    WHERE keyed.identifier IS NULL AND keyed.register_entry IS NULL
    GROUP BY ALL
),
-- Records without any number are one body if name, kind, place and parent agree to the letter.
among_unnumbered AS (
    SELECT record_id, folded || ' ' || coalesce(city, '') AS key,
        min(record_id) OVER (PARTITION BY folded, kind, city, part_of) AS other
    FROM keyed
    WHERE identifier IS NULL AND register_entry IS NULL
)
SELECT record_id, other, 'register number' AS because, 0.99E0 AS probability, 'register ' || key AS proof FROM by_register WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'LEI', 0.999E0, 'lei ' || key FROM by_lei WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name' AS because, 0.95E0 AS probability, 'name ' || key FROM unnumbered WHERE candidates = 1 AND record_id <> other
UNION ALL
SELECT record_id, other, 'same name' AS because, 0.95E0 AS probability, 'name ' || key FROM among_unnumbered WHERE record_id <> other
