-- A member of our team is the register person of his name in our own company, and the entry of his name in a colleague's
-- address book with our company as employer. From: person_key, mandate, organisation_name, person_cluster, setting.
WITH ours AS (
    SELECT DISTINCT mandate.person AS record_id
    FROM mandate
    JOIN organisation_name ON organisation_name.record_id = mandate.organisation, setting
    WHERE organisation_name.key = organisation_key(setting.team_organisation) AND mandate.person IS NOT NULL
)
SELECT
    member.record_id, min(other.record_id) AS other, 'same name and company' AS because, 0.99E0 AS probability,
    'team ' || member.record_id AS proof, count(DISTINCT person_cluster.cluster) AS candidates
FROM person_key AS member
JOIN person_key AS other ON other.name_key = member.name_key AND NOT other.is_team
JOIN ours ON ours.record_id = other.record_id
JOIN person_cluster ON person_cluster.record_id = other.record_id
WHERE member.is_team
GROUP BY member.record_id
