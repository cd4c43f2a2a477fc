-- One row an officer event, its name taken apart. From: company, role_word(word, role).
-- Titles stand inside names ("Hans-Werner", "Doctor Janisch"); so do birth names ("Susan geborene Kugler"), list numbers
-- ("1) Anna") and whole foreign companies typed as persons ("London (Companies House 123)", "Example Ltd").
WITH event AS (
    SELECT
        company.line,
        company.company_number,
        company.current_status,
        company.retrieved_at,
        unnest(company.officers) AS officer
    FROM company
),
marked AS (
    SELECT
        *,
        coalesce(officer.other_attributes.firstname = regexp_replace(officer.other_attributes.city, '^\s*\d{4,5}\s+', '')
            AND trim(officer.other_attributes.lastname) LIKE '% %', false) AS shifted
    FROM event
),
told AS (
    SELECT
        line, company_number, current_status, retrieved_at,
        trim(officer.name) AS name_as_written,
        officer.position AS role_as_written,
        coalesce(role_word.role, 'other') AS role,
        officer.type AS type,
        officer.start_date AS start_date,
        officer.end_date AS end_date,
        -- some rows are shifted by one column: the place stands as first name, the whole name as last name
        CASE WHEN shifted THEN regexp_extract(officer.other_attributes.lastname, '^(.*)\s\S+$', 1)
            ELSE coalesce(officer.other_attributes.firstname, '') END AS first,
        CASE WHEN shifted THEN regexp_extract(officer.other_attributes.lastname, '\S+$')
            ELSE coalesce(officer.other_attributes.lastname, '') END AS last,
        officer.other_attributes.city AS city_as_written,
        CASE WHEN NOT shifted THEN nullif(trim(officer.other_attributes.title), '') END AS occupation,
        nullif(trim(officer.other_attributes.maidenname), '') AS maiden_name
    FROM marked
    LEFT JOIN role_word ON role_word.word = lower(trim(officer.position))
),
sorted_out AS (
    SELECT
        *,
        nullif(trim(regexp_replace(city_as_written, '^\s*\d{4,5}\s+', '')), '') AS city,
        coalesce(type <> 'person', false)
            OR regexp_matches(first || ' ' || last, '\(.*\d.*\)')
            OR regexp_matches(last,
                '(?i)\b(g?gmbh|mbh|m\.b\.h|ug|ag|kg|ohg|ltd|limited|llc|llp|inc|corp|b\.?v|n\.v|s\.?a\.?r?\.?l|s\.p\.a|gesmbh|plc|se|stiftung|verein)\b\.?')
            OR regexp_matches(last, '\bS\.?A\.?$')
            AS is_organisation,
        regexp_replace(regexp_replace(first, '^[\s:]*(inhaber(in)?:?)?[\s:]*(\d+\))?[\s:]*', '', 'i'), '\s*[(:].*$', '') AS given_raw,
        regexp_replace(regexp_replace(last, '^[\s:]*(inhaber(in)?:?)?[\s:]*(\d+\))?[\s:]*', '', 'i'), '\s*[(:].*$', '') AS family_raw
    FROM told
),
titled AS (
    SELECT
        *,
        regexp_extract(given_raw, '(?i)\b(geborene[rn]?|geb\.|née|genannt|gen\.?)\s*(.+)$', 2) AS given_birth_name,
        regexp_replace(given_raw, '(?i)\s*\b(geborene[rn]?|geb\.|née|genannt|gen\.?)(\s.*)?$', '') AS given_unborn
    FROM sorted_out
)
SELECT
    line, company_number, current_status, retrieved_at, name_as_written, role, role_as_written, start_date, end_date, city, occupation,
    is_organisation,
    CASE WHEN NOT is_organisation THEN coalesce(maiden_name, nullif(trim(given_birth_name), '')) END AS birth_name,
    titles(given_unborn || ' ' || family_raw) AS title,
    without_titles(given_unborn) AS given_name,
    without_titles(family_raw) AS family_name
FROM titled
