-- Events with whom they happened to. From: event, person_link, organisation_link.
SELECT
    event.record_id AS id, kind, date, text, event.source, event.source_key, event.file, event.line,
    strftime(event.retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, event.licence,
    'o-' || substr(organisation_link.root, 2) AS organisation_entity,
    event.organisation AS organisation_record,
    'p-' || substr(person_link.root, 2) AS person_entity,
    event.person AS person_record
FROM event
LEFT JOIN organisation_link ON organisation_link.record_id = event.organisation
LEFT JOIN person_link ON person_link.record_id = event.person
WHERE organisation_link.root IS NOT NULL OR person_link.root IS NOT NULL
