-- One row an officer event, its name taken apart. From: company, role_word(word, role).
-- Titles stand inside names ("Hans-Werner", "Doctor Janisch"); so do birth names ("Susan geborene Kugler"), list numbers
-- ("1) Anna") and whole foreign companies typed as persons ("London (Companies House 123)", "Example Ltd"). In rows shifted by
-- one column the place stands as first name and the whole name as last name. Letters of a name are \p{L}: \b knows only ASCII.
WITH event AS (
    SELECT
        line, company_number, current_status, retrieved_at, registered_office,
        unnest(officers) AS officer,
        generate_subscripts(officers, 1) AS nth
    FROM company
),
told AS (
    SELECT
        line, nth, company_number, current_status, retrieved_at, registered_office,
        nullif(trim(officer.name), '') AS name_as_written,
        officer.position AS role_as_written,
        coalesce(role_word.role, 'other') AS role,
        coalesce(officer.type, 'person') AS type,
        nullif(trim(officer.start_date), '') AS start_as_written,
        nullif(trim(officer.end_date), '') AS end_as_written,
        coalesce(regexp_replace(trim(officer.other_attributes.firstname), '^[\s:]*((?i:inhaber(in)?):?)?[\s:]*(\d+\))?[\s:]*', ''), '') AS first,
        coalesce(regexp_replace(trim(officer.other_attributes.lastname), '^([^:]*:)?[\s:]*((?i:inhaber(in)?|Personenbezogene Daten geändert( bei)?)\s*)?(\d+\))?\s*', ''), '') AS last,
        coalesce(trim(officer.other_attributes.city), '') AS city_as_written,
        trim(officer.other_attributes.title) AS title_as_written,
        nullif(trim(officer.other_attributes.maidenname), '') AS maiden_name
    FROM event
    LEFT JOIN role_word ON role_word.word = lower(trim(officer.position))
    WHERE officer IS NOT NULL
),
placed AS (
    SELECT
        *,
        -- what stands before the place (a postcode) or hangs on it (the rest of a sentence, half a bracket) goes
        trim(regexp_replace(regexp_replace(regexp_replace(city_as_written, '^\d{4,5}\s+', ''),
            '\s*(\([^()]*|\.(Die|Der|Das|Daten|Firma|Mit|Nicht|Sitz)\s.*)$', ''), '^([^()]*)\).*$', '\1')) AS city_told,
        trim(regexp_replace(regexp_replace(first, '^\d{4,5}\s+', ''), '\s*\(.*$', '')) AS first_as_place
    FROM told
),
marked AS (
    SELECT
        *,
        type <> 'person' AND NOT (role = 'sole_proprietor' AND legal_form(name_as_written) IS NULL)
            OR regexp_matches(first || ' ' || city_as_written, 'Companies House|companies house|[Rr]egist|Kamer van|CVR|Landesdirektion|[Vv]erzeichnis|Firmenbuch|Handelsgericht')
            OR regexp_matches(last, '(?i)(gesellschaft|stiftung|genossenschaft|verein|(^|[^\p{L}])(g?gmbh|mbh|m\. ?b\. ?h|haftung|limited|ltd|llc|llp|gesmbh|aps|s\.? ?à ?r\.? ?l|s\.a\.r\.l|sarl|s\.p\.a|s\.r\.[lo]))([^\p{L}]|$)')
            OR regexp_matches(last, '(^|[^\p{L}])(AG|KG|KGaA|OHG|oHG|SE|UG|PLC|plc|Inc|C(?i:orp)|Corporation|U\.A|[Bb]\.?V|N\.?V|S\.A|eG|e\.G|e\.V|GbR|A/S)([^\p{L}]|$)|[^\p{L}]S\.?A\.?$')
            AS is_organisation,
        last LIKE '% %' AND (first_as_place IN (city_told, registered_office) OR city_as_written LIKE '(%'
            OR regexp_matches(first, '\d|\([^()]*(str|weg|platz|\))|\)\.')) AS shifted
    FROM placed
),
parted AS (
    SELECT
        *,
        CASE WHEN first = '' AND last = '' THEN trim(regexp_replace(name_as_written, '\s*[,("„].*$', ''))
            WHEN shifted THEN regexp_replace(last, '(^Apotheker(in)?\s+|[\s,]+e\. ?K(fm|fr)?\.?$)', '', 'g') END AS whole
    FROM marked
),
raw AS (
    SELECT
        *,
        regexp_replace(regexp_replace(CASE WHEN whole IS NULL THEN first ELSE regexp_extract(whole, '^(.*)\s\S+$', 1) END,
            '(?i)\s*\((fh|ba|th|tu|dh|univ\.?)\)|\s*geborene[rn]?\s*\d[\d.]*', '', 'g'), '\s*[(:].*$', '') AS given_raw,
        regexp_replace(regexp_replace(CASE WHEN whole IS NULL THEN last ELSE regexp_extract(whole, '\S+$') END,
            '(?i)\s*\((fh|ba|th|tu|dh|univ\.?)\)', '', 'g'), '\s*[():].*$', '') AS family_raw
    FROM parted
),
born AS (
    SELECT
        *,
        regexp_extract(given_raw, '(?i)^(.*?)[\s,-]*(?:^|[\s,-])(geborene[rn]?|geb\.|née|genannt|gennant|gen\.)\s*([^\s-].*?)[\s-]*$', ['name', 'word', 'other']) AS given_parts,
        regexp_extract(family_raw, '(?i)^(.*?)[\s,-]*(?:^|[\s,-])(geborene[rn]?|geb\.|née|genannt|gennant|gen\.)\s*([^\s-].*?)[\s-]*$', ['name', 'word', 'other']) AS family_parts
    FROM raw
),
titled AS (
    SELECT
        *,
        CASE WHEN given_parts.word <> '' THEN given_parts.name ELSE given_raw END AS given,
        CASE WHEN family_parts.word <> '' AND family_parts.name <> '' THEN family_parts.name ELSE family_raw END AS family,
        CASE WHEN given_parts.word <> '' THEN given_parts ELSE family_parts END AS told_besides
    FROM born
),
named AS (
    SELECT
        *,
        titles(given || ' ' || family) AS title,
        without_titles(given) AS given_name,
        coalesce(nullif(without_titles(family), ''), family) AS family_name,
        nullif(without_titles(told_besides.other), '') AS other_name,
        lower(told_besides.word) LIKE 'gen%' AS is_nickname,
        CASE WHEN regexp_matches(start_as_written, '^(0001|9999)-') THEN NULL ELSE regexp_extract(start_as_written, '^(\d{4}-\d\d-\d\d)(T.*)?$', 1) END AS start_date,
        CASE WHEN regexp_matches(end_as_written, '^(0001|9999)-') THEN NULL ELSE regexp_extract(end_as_written, '^(\d{4}-\d\d-\d\d)(T.*)?$', 1) END AS end_date
    FROM titled
)
SELECT
    line, nth, company_number, current_status, retrieved_at, name_as_written, role, role_as_written, start_as_written, end_as_written,
    start_date, end_date, is_organisation, first, last, city_as_written, type,
    CASE
        WHEN shifted AND NOT regexp_matches(first_as_place, '\d') THEN nullif(first_as_place, '')
        WHEN regexp_matches(city_told, '^[^\p{Ll}(][^\d:;]*\p{L}') AND length(city_told) <= 60
            AND NOT regexp_matches(city_told, 'Nr\.|Company|Namen|House') THEN city_told
    END AS city,
    nullif(regexp_extract(city_as_written, '^(\d{5})\s+\p{L}', 1), '') AS postcode,
    CASE WHEN NOT shifted AND regexp_matches(title_as_written, '^\p{Lu}[^\d:]*$') THEN title_as_written END AS occupation,
    coalesce(maiden_name, CASE WHEN NOT is_nickname THEN other_name END) AS birth_name,
    CASE WHEN is_nickname THEN other_name END AS nickname,
    title, given_name, family_name,
    coalesce(nullif(trim(concat_ws(' ', nullif(given_name, ''), family_name)), ''), name_as_written) AS person_name,
    CASE
        WHEN name_as_written IS NULL THEN 'officer without name'
        WHEN regexp_matches(name_as_written, '^(im eigenen Namen|im Namen der|mit der Befugnis|einzelvertretungsberechtigt|Rechtsgeschäfte)')
            THEN 'officer without name: the row starts inside a sentence'
        WHEN start_date IS NOT NULL AND TRY_CAST(start_date AS DATE) IS NULL THEN 'officer with a start_date that is no date: ' || start_as_written
        WHEN end_date IS NOT NULL AND TRY_CAST(end_date AS DATE) IS NULL THEN 'officer with an end_date that is no date: ' || end_as_written
        WHEN end_date < start_date THEN 'officer whose end_date is before his start_date'
    END AS problem
FROM named
