-- Liquidations: the first dated liquidator, and what the name says without a date. From: mandate_event, company, provenance.
WITH told AS (
    SELECT company_number, min(line) AS line, any_value(retrieved_at) AS retrieved_at,
        'liquidation' AS kind, min(coalesce(since, until)) AS day, 'Liquidator' AS text
    FROM mandate_event
    WHERE role = 'liquidator'
    GROUP BY company_number
    UNION ALL
    SELECT company_number, line, retrieved_at,
        CASE WHEN regexp_matches(name, '(?i)\b(i\. ?i\.|i\. ?ins\.?|in insolvenz)\s*$') THEN 'insolvency' ELSE 'liquidation' END,
        NULL, name
    FROM company
    WHERE regexp_matches(name, '(?i)\b(i\. ?l\.?|in liquidation|in abwicklung|i\. ?abw\.?|i\. ?i\.|i\. ?ins\.?|in insolvenz)\s*$')
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'event', company_number, kind, coalesce(day, '-'))), 20) AS record_id,
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number)), 20) AS organisation,
    CAST(NULL AS VARCHAR) AS person,
    kind,
    day AS date,
    text,
    provenance.source AS source,
    concat_ws(' | ', company_number, kind, coalesce(day, '-')) AS source_key,
    provenance.file AS file,
    line,
    coalesce(told.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM told, provenance
