-- A contact meets the register person of his name in the company he works at. From: person_key, employer, mandate,
-- organisation_entity(record_id, entity), organisation_name, person_cluster(record_id, cluster).
WITH colleague AS (
    -- everyone with a mandate in an organisation, under each of its names
    SELECT DISTINCT organisation_name.key, mandate.person AS record_id
    FROM mandate
    JOIN organisation_entity AS held ON held.record_id = mandate.organisation
    JOIN organisation_entity AS same ON same.entity = held.entity
    JOIN organisation_name ON organisation_name.record_id = same.record_id
    WHERE mandate.role <> 'employee' AND mandate.person IS NOT NULL
),
candidate AS (
    SELECT
        contact.record_id, employer.employer, employer.key AS employer_key, officer.record_id AS other, person_cluster.cluster,
        contact.name_key = officer.name_key AS whole_name
    FROM employer
    JOIN person_key AS contact ON contact.record_id = employer.record_id
    JOIN colleague ON colleague.key = employer.key
    JOIN person_key AS officer ON officer.record_id = colleague.record_id AND officer.record_id <> contact.record_id
    JOIN person_cluster ON person_cluster.record_id = officer.record_id
    WHERE contact.name_key = officer.name_key
        OR (contact.first_given = officer.first_given AND contact.family_key = officer.family_key)
        OR (contact.first_given = officer.first_given AND contact.family_key = officer.birth_family_key)
),
best AS (
    SELECT *, bool_or(whole_name) OVER (PARTITION BY record_id) AS any_whole FROM candidate
)
SELECT
    record_id,
    min(other) AS other,
    'same name and employer' AS because,
    CASE WHEN bool_or(whole_name) THEN 0.97E0 ELSE 0.9E0 END / count(DISTINCT cluster) AS probability,
    'employer ' || record_id AS proof,
    count(DISTINCT cluster) AS candidates,
    list_sort(list(DISTINCT other)) AS others
FROM best
WHERE whole_name = any_whole
GROUP BY record_id
