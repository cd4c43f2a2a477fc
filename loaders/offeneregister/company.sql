-- One row a company: what its JSON line says. From: raw_line(line, text), valid JSON only.
WITH transformed AS (
    SELECT
        line,
        json_transform(text, '{
            "company_number": "VARCHAR", "name": "VARCHAR", "current_status": "VARCHAR", "retrieved_at": "VARCHAR",
            "registered_address": "VARCHAR", "jurisdiction_code": "VARCHAR",
            "previous_names": [{"company_name": "VARCHAR"}],
            "all_attributes": {"_registerArt": "VARCHAR", "_registerNummer": "VARCHAR", "_registerNummerSuffix": "VARCHAR",
                "native_company_number": "VARCHAR", "registered_office": "VARCHAR", "registrar": "VARCHAR"},
            "officers": [{"name": "VARCHAR", "position": "VARCHAR", "type": "VARCHAR", "start_date": "VARCHAR", "end_date": "VARCHAR",
                "other_attributes": {"firstname": "VARCHAR", "lastname": "VARCHAR", "city": "VARCHAR", "title": "VARCHAR",
                    "maidenname": "VARCHAR"}}]
        }') AS company
    FROM raw_line
    WHERE valid
)
SELECT
    line,
    company.company_number AS company_number,
    trim(company.name) AS name,
    company.current_status AS current_status,
    TRY_CAST(replace(replace(company.retrieved_at, 'T', ' '), 'Z', '') AS TIMESTAMP) AS retrieved_at,
    company.registered_address AS registered_address,
    company.jurisdiction_code AS jurisdiction_code,
    list_distinct(list_transform(company.previous_names, lambda each: each.company_name)) AS previous_names,
    company.all_attributes._registerArt AS register_section,
    company.all_attributes._registerNummer AS register_digits,
    company.all_attributes._registerNummerSuffix AS register_suffix,
    company.all_attributes.registered_office AS registered_office,
    company.all_attributes.registrar AS registrar,
    company.officers AS officers
FROM transformed
