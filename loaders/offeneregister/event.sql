-- Liquidations: the first liquidator's start, and what the name says without a date. From: mandate_event, company, provenance.
-- A liquidator of whom only the end is known tells that there was a liquidation, not when it began.
WITH told AS (
    SELECT line, company_number, min(retrieved_at) AS retrieved_at, 'liquidation' AS kind, min(since) AS day, 'Liquidator' AS text
    FROM mandate_event
    WHERE role = 'liquidator'
    GROUP BY line, company_number
    UNION ALL
    SELECT line, company_number, retrieved_at,
        CASE WHEN regexp_matches(name, '(?i)[\s,(](i\. ?i\.?|i\. ?ins\.?|in insolvenz)\)?\s*$') THEN 'insolvency' ELSE 'liquidation' END,
        NULL, name
    FROM company
    WHERE regexp_matches(name, '(?i)[\s,(](i\. ?l\.?|(?-i:iL)|i\. ?liqu?\.?|in liquidation|in abwicklung|i\. ?abw\.?|i\. ?i\.?|i\. ?ins\.?|in insolvenz)\)?\s*$')
),
one AS (
    SELECT line, company_number, kind, day, min(retrieved_at) AS retrieved_at, max(text) AS text
    FROM told
    GROUP BY line, company_number, kind, day
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
    coalesce(one.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM one, provenance
