-- Person and organisation records with the entity they belong to. From: person_record, organisation_record, person_link,
-- organisation_link, record_viewer.
SELECT
    person_record.record_id AS id, 'person' AS "table", 'p-' || substr(root, 2) AS entity, name_as_written, city,
    link_to, because, CAST(probability AS DOUBLE) AS probability, proof, evidence, coalesce(record_viewer.only_for, []) AS only_for,
    source, source_key, file, line, strftime(retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, licence
FROM person_record
JOIN person_link USING (record_id)
LEFT JOIN record_viewer USING (record_id)
UNION ALL
SELECT
    organisation_record.record_id, 'organisation', 'o-' || substr(root, 2), name, city,
    link_to, because, CAST(probability AS DOUBLE), proof, evidence, [],
    source, source_key, file, line, strftime(retrieved_at, '%Y-%m-%dT%H:%M:%S'), licence
FROM organisation_record
JOIN organisation_link USING (record_id)
