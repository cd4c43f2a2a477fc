-- One row a company: what its JSON line says; NULLs where the line is no JSON object. From: block(line, text).
WITH transformed AS (
    SELECT
        line,
        TRY(json_transform(text, '{
            "company_number": "VARCHAR", "name": "VARCHAR", "current_status": "VARCHAR", "retrieved_at": "VARCHAR",
            "registered_address": "VARCHAR", "jurisdiction_code": "VARCHAR",
            "previous_names": [{"company_name": "VARCHAR"}],
            "all_attributes": {"_registerArt": "VARCHAR", "_registerNummer": "VARCHAR", "_registerNummerSuffix": "VARCHAR",
                "registered_office": "VARCHAR", "registrar": "VARCHAR"},
            "officers": [{"name": "VARCHAR", "position": "VARCHAR", "type": "VARCHAR", "start_date": "VARCHAR", "end_date": "VARCHAR",
                "other_attributes": {"firstname": "VARCHAR", "lastname": "VARCHAR", "city": "VARCHAR", "title": "VARCHAR",
                    "maidenname": "VARCHAR"}}]
        }')) AS company,
        text LIKE '%"officers"%' AS tells_officers
    FROM block
    WHERE length(text) > 2 OR trim(text, e' \t\r\n') <> ''
)
SELECT
    line,
    company IS NOT NULL AS readable,
    tells_officers AND company.officers IS NULL AS other_officers,
    nullif(trim(company.company_number), '') AS company_number,
    nullif(trim(company.name), '') AS name,
    company.current_status AS current_status,
    -- UTC; an offset is taken off, a missing one means UTC
    make_timestamp(epoch_us(TRY_CAST(CASE WHEN regexp_matches(company.retrieved_at, '(Z|[+-]\d\d(:?\d\d)?)$')
        AND length(company.retrieved_at) > 10 THEN company.retrieved_at
        ELSE company.retrieved_at || CASE length(company.retrieved_at) WHEN 10 THEN ' 00:00:00Z' ELSE 'Z' END END AS TIMESTAMPTZ)))
        AS retrieved_at,
    company.registered_address AS registered_address,
    company.jurisdiction_code AS jurisdiction_code,
    list_sort(list_distinct(list_transform(company.previous_names, lambda each: nullif(trim(each.company_name), '')))) AS previous_names,
    company.all_attributes._registerArt AS register_section,
    company.all_attributes._registerNummer AS register_digits,
    company.all_attributes._registerNummerSuffix AS register_suffix,
    company.all_attributes.registered_office AS registered_office,
    company.all_attributes.registrar AS registrar,
    company.officers AS officers
FROM transformed
