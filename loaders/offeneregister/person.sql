-- Officers who are people, one row a company, name and place. From: officer, mandate_event, provenance.
WITH kept AS (
    SELECT DISTINCT company_number, name_as_written, place FROM mandate_event WHERE NOT is_organisation
),
one AS (
    SELECT
        company_number, name_as_written, place,
        min(officer.line) AS line,
        min(officer.retrieved_at) AS retrieved_at,
        min(coalesce(nullif(concat_ws(' ', nullif(given_name, ''), nullif(family_name, '')), ''), name_as_written)) AS name,
        min(nullif(given_name, '')) AS given_name,
        min(nullif(family_name, '')) AS family_name,
        min(birth_name) AS birth_name,
        min(title) AS title,
        min(occupation) AS occupation
    FROM officer
    JOIN kept USING (company_number, name_as_written)
    WHERE coalesce(officer.city, kept.place) = kept.place
    GROUP BY company_number, name_as_written, place
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'person', company_number, name_as_written, place)), 20) AS record_id,
    name, given_name, family_name, birth_name,
    CAST([] AS VARCHAR[]) AS other_names,
    title,
    name_as_written,
    CAST(NULL AS VARCHAR) AS birth_date,
    nullif(place, '') AS city,
    CAST(NULL AS VARCHAR) AS postcode,
    CAST(NULL AS VARCHAR) AS country,
    CAST([] AS VARCHAR[]) AS emails,
    CAST([] AS VARCHAR[]) AS phones,
    CAST(NULL AS VARCHAR) AS profile_url,
    occupation,
    provenance.source AS source,
    concat_ws(' | ', company_number, name_as_written, place) AS source_key,
    provenance.file AS file,
    line,
    coalesce(one.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM one, provenance
