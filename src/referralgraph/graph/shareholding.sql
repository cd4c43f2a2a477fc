-- Shareholdings between entities. From: shareholding, person_link, organisation_link, person_record, organisation_record, record_viewer.
SELECT
    coalesce('p-' || substr(person_link.root, 2), 'o-' || substr(holder_link.root, 2)) AS "from",
    'o-' || substr(organisation_link.root, 2) AS "to",
    shareholding.person IS NOT NULL AS by_person,
    shareholding.record_id,
    coalesce(shareholding.person, shareholding.holder_organisation) AS holder_record,
    shareholding.organisation AS organisation_record,
    shareholding.kind, share_minimum, share_maximum, since, until, last_seen,
    (until IS NULL OR last_day(until) > CAST(shareholding.retrieved_at AS DATE)) AND coalesce(organisation.status <> 'removed', true) AS current,
    coalesce(person_record.name_as_written, organisation_record.name) AS name_as_written, coalesce(record_viewer.only_for, []) AS only_for,
    shareholding.source, shareholding.source_key, shareholding.file, shareholding.line,
    strftime(shareholding.retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, shareholding.licence
FROM shareholding
JOIN organisation_link ON organisation_link.record_id = shareholding.organisation
JOIN organisation ON organisation.id = 'o-' || substr(organisation_link.root, 2)
LEFT JOIN person_link ON person_link.record_id = shareholding.person
LEFT JOIN organisation_link AS holder_link ON holder_link.record_id = shareholding.holder_organisation
LEFT JOIN record_viewer ON record_viewer.record_id = shareholding.person
LEFT JOIN person_record ON person_record.record_id = shareholding.person
LEFT JOIN organisation_record ON organisation_record.record_id = shareholding.holder_organisation
WHERE coalesce(person_link.root, holder_link.root) IS NOT NULL
