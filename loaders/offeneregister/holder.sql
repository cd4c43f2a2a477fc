-- Officers that are companies, as organisation records: court and number stand inside the name. From: mandate_event, officer, provenance.
-- 'Roth Verwaltungs GmbH, Witzenhausen (Amtsgericht Eschwege HRB 3232), mit der Befugnis ...'
WITH holder AS (
    SELECT
        company_number, name_as_written, place,
        min(line) AS line,
        any_value(coalesce(mandate_event.retrieved_at, provenance.retrieved_at)) AS retrieved_at
    FROM mandate_event, provenance
    WHERE is_organisation
    GROUP BY company_number, name_as_written, place
),
apart AS (
    SELECT
        *,
        regexp_extract(name_as_written, '^(.*?), ([^,()]+(?:\([^()]*\))?[^,()]*?)(?: \(|\.$|$|, )', ['name', 'city']) AS lead,
        regexp_extract(name_as_written,
            '\((?:Amtsgericht |AG |Registergericht )?([^()0-9,]{3,}?(?: \([^()]*\))?),?\s+(HR ?[AB]|VR|PR|GnR|GNR)\.?:?\s*(?:Nr\.?\s*)?(\d[\d ]*)\s*([A-Z]{0,3})\)',
            ['court', 'section', 'digits', 'suffix']) AS register,
        -- 'London (Companies House 123) Example Ltd', typed as a person by the publisher
        regexp_extract(name_as_written, '^([^(,]+?) ?\([^()]*\d[^()]*\) (\S.*)$', ['city', 'name']) AS abroad
    FROM holder
),
named AS (
    SELECT
        *,
        coalesce(nullif(trim(abroad.name), ''), nullif(trim(lead.name), ''), name_as_written) AS name,
        coalesce(nullif(trim(abroad.city), ''),
            nullif(trim(regexp_replace(lead.city, '\s*\((Amtsgericht|AG |Registergericht|.*\d).*$', '')), ''), nullif(place, '')) AS city
    FROM apart
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number, name_as_written, place)), 20) AS record_id,
    name,
    'company' AS kind,
    CAST([] AS VARCHAR[]) AS previous_names,
    CAST(NULL AS VARCHAR) AS part_of,
    legal_form(name) AS legal_form,
    nullif(trim(named.register.court), '') AS register_court,
    CASE WHEN named.register.digits <> '' THEN concat_ws(' ', replace(named.register.section, ' ', ''),
        regexp_replace(replace(named.register.digits, ' ', ''), '^0+(\d)', '\1'), nullif(named.register.suffix, '')) END AS register_number,
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
    concat_ws(' | ', company_number, name_as_written, place) AS source_key,
    provenance.file AS file,
    line,
    named.retrieved_at AS retrieved_at,
    provenance.licence AS licence
FROM named, provenance
