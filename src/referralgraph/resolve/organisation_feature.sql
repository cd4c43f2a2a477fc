-- What the model compares organisation records by. From: organisation, organisation_name, mandate.
-- Employers as people write them in address books are left out: they are met by rules that know how people shorten names.
WITH named AS (
    SELECT record_id, first(key ORDER BY former) AS name_key, first(list_sort(words) ORDER BY former) AS words,
        list_sort(list(DISTINCT key)) AS name_keys, list_sort(list(DISTINCT key) FILTER (WHERE former)) AS former_keys
    FROM organisation_name
    GROUP BY record_id
),
employer_only AS (
    SELECT organisation AS record_id FROM mandate GROUP BY organisation HAVING bool_and(role = 'employee')
)
SELECT
    organisation.record_id, nullif(named.name_key, '') AS name_key, named.words, named.name_keys, coalesce(named.former_keys, []) AS former_keys,
    array_to_string(named.words, ' ') AS word_key, named.words[1] AS first_word, organisation.kind, fold(organisation.part_of) AS part_of,
    -- Windpark 2 is not Windpark 3
    array_to_string(list_sort(regexp_extract_all(fold(organisation.name), '\b(\d+|[ivx]+)\b')), ' ') AS digits,
    coalesce(organisation.form, organisation.legal_form) AS form,
    nullif(folded_city, '') AS place,
    nullif(folded_postcode, '') AS postcode,
    nullif(folded_address, '') AS address,
    list_sort(list_distinct(string_split(nullif(folded_address, ''), ' '))) AS address_words,
    nullif(site, '') AS website,
    CASE WHEN regexp_matches(organisation.register_number, '\d') AND (organisation.identifier IS NOT NULL OR NOT misfiled(organisation.form, organisation.register_number))
        THEN court || ' ' || register_key(organisation.register_number) END AS number,
    court || ' ' || coalesce(regexp_extract(upper(organisation.register_number), '^[^0-9]*'), '') AS number_section,
    regexp_extract(organisation.register_number, '\d+') AS number_digits,
    nullif(upper(trim(organisation.lei)), '') AS lei,
    organisation.identifier IS NOT NULL AS numbered, organisation.source
FROM (
    SELECT *, legal_form(name) AS form, fold(city) AS folded_city, replace(fold(postcode), ' ', '') AS folded_postcode, fold(address) AS folded_address,
        web_host(website) AS site,
        coalesce(court_key(register_court), '') AS court
    FROM organisation
) AS organisation
JOIN named USING (record_id)
WHERE organisation.record_id NOT IN (SELECT record_id FROM employer_only)
