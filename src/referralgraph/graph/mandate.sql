-- Mandates between entities. From: mandate, person_link, organisation_link, organisation (entities), person_record, organisation_record, record_viewer.
SELECT
    coalesce('p-' || substr(person_link.root, 2), 'o-' || substr(holder_link.root, 2)) AS "from",
    'o-' || substr(organisation_link.root, 2) AS "to",
    mandate.person IS NOT NULL AS by_person,
    mandate.record_id,
    coalesce(mandate.person, mandate.holder_organisation) AS holder_record,
    mandate.organisation AS organisation_record,
    role, role_as_written, since, until, last_seen,
    (until IS NULL OR last_day(until) > CAST(mandate.retrieved_at AS DATE)) AND coalesce(organisation.status <> 'removed', true) AS current,
    coalesce(person_record.name_as_written, organisation_record.name) AS name_as_written, coalesce(record_viewer.only_for, []) AS only_for,
    mandate.source, mandate.source_key, mandate.file, mandate.line,
    strftime(mandate.retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, mandate.licence
FROM mandate
JOIN organisation_link ON organisation_link.record_id = mandate.organisation
JOIN organisation ON organisation.id = 'o-' || substr(organisation_link.root, 2)
LEFT JOIN person_link ON person_link.record_id = mandate.person
LEFT JOIN organisation_link AS holder_link ON holder_link.record_id = mandate.holder_organisation
LEFT JOIN record_viewer ON record_viewer.record_id = mandate.person
LEFT JOIN person_record ON person_record.record_id = mandate.person
LEFT JOIN organisation_record ON organisation_record.record_id = mandate.holder_organisation
WHERE coalesce(person_link.root, holder_link.root) IS NOT NULL
