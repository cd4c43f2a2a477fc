-- Mandates as records. From: mandate_event, provenance.
-- A struck-off company keeps nobody in office until today: its last dated announcement is the last proof of life.
WITH proof_of_life AS (
    SELECT line, max(greatest(coalesce(since, ''), coalesce(until, ''))) AS last_day
    FROM mandate_event
    GROUP BY line
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'mandate', company_number, role, known_as, place,
        coalesce(since, '-'), CASE WHEN since IS NULL THEN coalesce(until, '-') ELSE '' END)), 20) AS record_id,
    CASE WHEN NOT is_organisation
        THEN 'r' || left(md5(concat_ws(chr(31), provenance.source, 'person', company_number, known_as, place)), 20)
    END AS person,
    CASE WHEN is_organisation
        THEN 'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number, known_as, place)), 20)
    END AS holder_organisation,
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number)), 20) AS organisation,
    role,
    role_as_written,
    since,
    until,
    CASE
        WHEN until IS NOT NULL THEN until
        WHEN current_status = 'removed' AND last_day <> '' THEN last_day
        ELSE greatest(coalesce(since, ''), strftime(coalesce(mandate_event.retrieved_at, provenance.retrieved_at), '%Y-%m-%d'))
    END AS last_seen,
    provenance.source AS source,
    concat_ws(' | ', company_number, role, known_as, place, coalesce(since, until)) AS source_key,
    provenance.file AS file,
    line,
    coalesce(mandate_event.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM mandate_event
JOIN proof_of_life USING (line), provenance
