-- Officers that are companies, as organisation records; the newest name counts, the others are former ones. From: seat, provenance.
WITH one AS (
    SELECT
        line, company_number, known_as, place,
        min(retrieved_at) AS retrieved_at,
        max(struct_pack(day := coalesce(start_date, end_date, ''), name := name)).name AS name,
        list_sort(list(DISTINCT name)) AS names,
        min(city) AS city,
        min(register_court) AS register_court,
        min(register_number) AS register_number
    FROM seat
    WHERE is_organisation
    GROUP BY line, company_number, known_as, place
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number, known_as, place)), 20) AS record_id,
    name,
    'company' AS kind,
    list_filter(names, lambda each: each <> name) AS previous_names,
    CAST(NULL AS VARCHAR) AS part_of,
    legal_form(name) AS legal_form,
    register_court,
    register_number,
    CAST(NULL AS VARCHAR) AS identifier,
    CAST(NULL AS VARCHAR) AS lei,
    CAST(NULL AS VARCHAR) AS industry_code,
    CAST(NULL AS BIGINT) AS size,
    CAST(NULL AS VARCHAR) AS website,
    CAST(NULL AS VARCHAR) AS address,
    CAST(NULL AS VARCHAR) AS postcode,
    city,
    CAST(NULL AS VARCHAR) AS country,
    CAST(NULL AS VARCHAR) AS status,
    provenance.source AS source,
    concat_ws(' | ', company_number, known_as, place) AS source_key,
    provenance.file AS file,
    line,
    coalesce(one.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM one, provenance
