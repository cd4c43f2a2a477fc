-- Officers that are companies, taken apart: court and number stand inside the name. From: officer.
-- 'Roth Verwaltungs GmbH, Witzenhausen (Amtsgericht Eschwege HRB 3232), mit der Befugnis ...'; typed as persons:
-- first name 'London (Companies House Cardiff Nr. 07052821)', last name 'Example Ltd'.
WITH firm AS (
    SELECT
        line, nth, name_as_written,
        type = 'person' AS typed_as_person,
        last, first, city_as_written,
        regexp_extract(name_as_written,
            '^(.*?)[\s,]*\(((?:[^()]|\([^()]*\))*(?:HR ?[AB]|VR|PR|G[nN]R|FN|CVR|CHE|Amtsgericht|[Rr]egister|[Hh]ouse|\d{5})(?:[^()]|\([^()]*\))*)(\)|$)',
            ['head', 'inside', 'closed']) AS apart
    FROM officer
    WHERE is_organisation AND problem IS NULL
),
headed AS (
    SELECT
        *,
        CASE WHEN NOT typed_as_person THEN regexp_replace(
            coalesce(nullif(apart.head, ''), regexp_replace(name_as_written,
                ',?\s*(mit der Befugnis|einzelvertretungs|alleinvertretungs|vertretungsberechtigt|von der Vertretung|[Dd]eren jeweilige).*$', '')),
            '[\s.,;]+$', '') END AS head,
        -- an open bracket means that the name was cut off, and perhaps its number too
        CASE WHEN typed_as_person THEN first || ' ' || city_as_written WHEN apart.closed <> '' THEN trim(apart.inside) ELSE '' END AS inside
    FROM firm
),
split AS (
    SELECT
        *,
        regexp_extract(head,
            '^(.*(?:GmbH|mbH|m\. ?b\. ?H\.?|Haftung|AG|KG|KGaA|SE|UG|OHG|oHG|e\. ?V\.?|eG|Ltd\.?|Limited|LLP|B\. ?V\.?|S\. ?A\.?|ApS|[Ss]tiftung|\(haftungsbeschränkt\)|[Gg]esellschaft)), (.+)$',
            ['name', 'city']) AS by_form,
        regexp_extract(head, '^(.*), ([^,]+)$', ['name', 'city']) AS by_comma
    FROM headed
),
numbered AS (
    SELECT
        *,
        CASE WHEN typed_as_person THEN trim(last) ELSE coalesce(nullif(by_form.name, ''), nullif(by_comma.name, ''), head) END AS name,
        CASE WHEN typed_as_person THEN first ELSE coalesce(nullif(by_form.city, ''), by_comma.city) END AS city_told,
        regexp_extract(inside,
            '^(?:beim )?(?:(?:Amtsgerichts?|AG|Registergericht|Handelsregister(?: des Amtsgerichts)?):? +)?(.*?)[\s,:;-]*(HR ?[AB]|VR|PR|G[nN]R)[.:]?\s*(?:Nr\.?)?\s*(\d[\d ]*?)\s*([A-Z]{1,3})?\s*$',
            ['court', 'section', 'digits', 'suffix']) AS full_number,
        regexp_extract(inside, '^(?:Amtsgericht |AG )?(\p{Lu}[\p{L} .-]+?(?: \([^()]+\))?),? (?:Nr\. ?)?([AB]?) ?(\d{3,})$',
            ['court', 'section', 'digits']) AS bare_number,
        regexp_extract(inside, '^(?:Amtsgericht |Handelsgericht |Landesgericht |Firmenbuch (?:des Handelsregisters )?)?(.*?),? ?FN:? ?(\d+) ?([a-z])?$',
            ['court', 'digits', 'suffix']) AS austrian,
        regexp_extract(inside, '(?i:companies house).*?(\d{6,8})(?:\D|$)', 1) AS british,
        regexp_extract(inside, 'CVR\D*(\d{8})(?:\D|$)', 1) AS danish
    FROM split
),
formed AS (
    SELECT *, legal_form(name) AS legal_form FROM numbered
),
sectioned AS (
    SELECT
        *,
        CASE
            WHEN bare_number.digits = '' OR regexp_matches(bare_number.court, '[Hh]ouse|[Rr]egist') THEN NULL
            WHEN bare_number.section <> '' THEN 'HR' || bare_number.section
            WHEN legal_form IN ('GmbH', 'UG', 'AG', 'SE') OR legal_form LIKE '%KGaA' THEN 'HRB'
            WHEN legal_form IN ('OHG', 'e.K.') OR legal_form LIKE '%KG' OR legal_form LIKE '%OHG' OR legal_form LIKE '% Co.' THEN 'HRA'
        END AS section_guessed
    FROM formed
)
SELECT
    line, nth, name, legal_form,
    nullif(trim(regexp_replace(regexp_replace(city_told, '\s*([/,].*|\([^()]*([Hh]ouse|[Rr]egist|\d).*)$', ''), '^.*\d.*$', '')), '') AS city,
    CASE
        WHEN full_number.digits <> '' THEN nullif(trim(full_number.court), '')
        WHEN section_guessed IS NOT NULL THEN trim(bare_number.court)
        WHEN austrian.digits <> '' THEN nullif(trim(austrian.court), '')
        WHEN british <> '' THEN 'Companies House'
        WHEN danish <> '' THEN 'Erhvervsstyrelsen'
    END AS register_court,
    CASE
        WHEN full_number.digits <> '' THEN concat_ws(' ', replace(full_number.section, ' ', ''),
            regexp_replace(replace(full_number.digits, ' ', ''), '^0+(\d)', '\1'), nullif(full_number.suffix, ''))
        WHEN section_guessed IS NOT NULL THEN section_guessed || ' ' || regexp_replace(bare_number.digits, '^0+(\d)', '\1')
        WHEN austrian.digits <> '' THEN 'FN ' || austrian.digits || austrian.suffix
        WHEN british <> '' THEN 'No. ' || lpad(british, 8, '0')
        WHEN danish <> '' THEN 'CVR ' || danish
    END AS register_number
FROM sectioned
