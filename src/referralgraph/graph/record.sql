-- Person and organisation records with the entity they belong to. From: person_record, organisation_record, person_link,
-- organisation_link, record_viewer.
-- What one record among several says of its entity is kept as JSON, so that a question can put the records together anew as somebody
-- judged; of a record alone the entity says the same. For the same there are the pairs of records of which a judgement decides who is
-- one, and what contradicts others (resolve/joined.py).
SELECT
    person_record.record_id AS id, 'person' AS "table", 'p-' || substr(root, 2) AS entity, name_as_written, city,
    link_to, because, CAST(probability AS DOUBLE) AS probability, proof, evidence,
    CASE WHEN count(*) OVER (PARTITION BY root) > 1 THEN CAST(to_json({
        'name': name, 'other_names': other_names, 'title': title, 'birth_name': birth_name, 'birth_date': birth_date, 'city': city,
        'country': country, 'occupation': occupation}) AS VARCHAR) END AS attributes, pairs, facts,
    coalesce(record_viewer.only_for, []) AS only_for,
    source, source_key, file, line, strftime(retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, licence
FROM person_record
JOIN person_link USING (record_id)
LEFT JOIN record_viewer USING (record_id)
UNION ALL
SELECT
    organisation_record.record_id, 'organisation', 'o-' || substr(root, 2), name, city,
    link_to, because, CAST(probability AS DOUBLE), proof, evidence,
    CASE WHEN count(*) OVER (PARTITION BY root) > 1 THEN CAST(to_json({
        'name': name, 'kind': kind, 'previous_names': previous_names, 'part_of': part_of, 'legal_form': legal_form,
        'register_court': register_court, 'register_number': register_number, 'identifier': identifier, 'lei': lei,
        'industry_code': industry_code, 'size': size, 'website': website, 'address': address, 'postcode': postcode, 'city': city,
        'country': country, 'status': status}) AS VARCHAR) END, pairs, facts,
    [],
    source, source_key, file, line, strftime(retrieved_at, '%Y-%m-%dT%H:%M:%S'), licence
FROM organisation_record
JOIN organisation_link USING (record_id)
