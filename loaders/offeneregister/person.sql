-- Officers who are people, one row a company, name and place. From: seat, provenance.
WITH one AS (
    SELECT
        line, company_number, known_as, place,
        min(retrieved_at) AS retrieved_at,
        min(nullif(given_name, '')) AS given_name,
        min(nullif(family_name, '')) AS family_name,
        min(birth_name) AS birth_name,
        list_sort(list(DISTINCT nickname) FILTER (WHERE nickname IS NOT NULL)) AS other_names,
        min(title) AS title,
        min(name_as_written) AS name_as_written,
        min(postcode) AS postcode,
        min(occupation) AS occupation
    FROM seat
    WHERE NOT is_organisation
    GROUP BY line, company_number, known_as, place
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'person', company_number, known_as, place)), 20) AS record_id,
    known_as AS name, given_name, family_name, birth_name,
    coalesce(other_names, CAST([] AS VARCHAR[])) AS other_names,
    title,
    name_as_written,
    CAST(NULL AS VARCHAR) AS birth_date,
    nullif(place, '') AS city,
    postcode,
    CAST(NULL AS VARCHAR) AS country,
    CAST([] AS VARCHAR[]) AS emails,
    CAST([] AS VARCHAR[]) AS phones,
    CAST(NULL AS VARCHAR) AS profile_url,
    occupation,
    provenance.source AS source,
    concat_ws(' | ', company_number, known_as, place) AS source_key,
    provenance.file AS file,
    line,
    coalesce(one.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM one, provenance
