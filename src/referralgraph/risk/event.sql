-- Events of organisations; a date of reduced precision counts from its last day, so that nothing is seen too early.
-- From: event, organisation_link.
SELECT
    'o-' || substr(organisation_link.root, 2) AS organisation,
    event.record_id AS record,
    event.kind,
    day_number(last_day(event.date)) AS day
FROM event
JOIN organisation_link ON organisation_link.record_id = event.organisation
ORDER BY organisation, day NULLS LAST, record
