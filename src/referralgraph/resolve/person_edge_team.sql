-- A member of our team is the register person of his name in our own company, and the entry of his name in a colleague's
-- address book with our company as employer. From: person_key, mandate, organisation_name, person_cluster, setting.
WITH ours AS (
    SELECT DISTINCT mandate.person AS record_id
    FROM mandate
    JOIN organisation_name ON organisation_name.record_id = mandate.organisation, setting
    WHERE organisation_name.key = array_to_string(company_words(setting.team_organisation), '') AND organisation_name.key <> '' AND mandate.person IS NOT NULL
),
found AS (
    SELECT
        member.record_id, other.record_id AS other, other.is_employee, person_cluster.cluster, other.profile
    FROM person_key AS member
    JOIN person_key AS other ON other.name_key = member.name_key AND NOT other.is_team
    JOIN ours ON ours.record_id = other.record_id
    JOIN person_cluster ON person_cluster.record_id = other.record_id
    WHERE member.is_team
)
-- two officers of one name, or two profiles, and it isn't known which is ours
SELECT record_id, min(other) AS other, 'same name and company' AS because, 0.99E0 AS probability, 'team ' || record_id AS proof,
    count(DISTINCT cluster) AS candidates
FROM found WHERE NOT is_employee
GROUP BY record_id
UNION ALL
SELECT record_id, other, 'same name and company', 0.99E0, 'team ' || record_id || ' ' || other,
    greatest(1, count(DISTINCT profile) OVER (PARTITION BY record_id))
FROM found WHERE is_employee
