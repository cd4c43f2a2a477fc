-- Mandates as records. From: mandate_event, officer_place, provenance.
-- A struck-off company keeps nobody in office until today: its last dated announcement is the last proof of life.
WITH proof_of_life AS (
    SELECT company_number, max(greatest(coalesce(since, ''), coalesce(until, ''))) AS last_day
    FROM mandate_event
    GROUP BY company_number
)
SELECT
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'mandate', company_number, role, name_as_written, place,
        coalesce(since, '-'), CASE WHEN since IS NULL THEN coalesce(until, '-') ELSE '' END)), 20) AS record_id,
    CASE WHEN NOT is_organisation
        THEN 'r' || left(md5(concat_ws(chr(31), provenance.source, 'person', company_number, name_as_written, place)), 20)
    END AS person,
    CASE WHEN is_organisation
        THEN 'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number, name_as_written, place)), 20)
    END AS holder_organisation,
    'r' || left(md5(concat_ws(chr(31), provenance.source, 'organisation', company_number)), 20) AS organisation,
    role,
    role_as_written,
    since,
    until,
    CASE
        WHEN until IS NOT NULL THEN until
        WHEN current_status = 'removed' THEN nullif(proof_of_life.last_day, '')
        ELSE strftime(coalesce(mandate_event.retrieved_at, provenance.retrieved_at), '%Y-%m-%d')
    END AS last_seen,
    provenance.source AS source,
    concat_ws(' | ', company_number, role, name_as_written, place, coalesce(since, until)) AS source_key,
    provenance.file AS file,
    line,
    coalesce(mandate_event.retrieved_at, provenance.retrieved_at) AS retrieved_at,
    provenance.licence AS licence
FROM mandate_event
JOIN proof_of_life USING (company_number), provenance
