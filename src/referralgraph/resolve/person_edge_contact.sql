-- The same acquaintance in two address books: name and employer agree. From: person_key, employer, contact.
WITH entry AS (
    SELECT DISTINCT person_key.record_id, person_key.name_key || ' ' || employer.key AS key, person_key.profile
    FROM person_key
    JOIN employer USING (record_id)
    WHERE person_key.is_contact
),
safe AS (
    SELECT key FROM entry GROUP BY key HAVING count(DISTINCT profile) <= 1 AND count(DISTINCT record_id) > 1
)
SELECT record_id, min(record_id) OVER (PARTITION BY key) AS other,
    'same name and employer' AS because, 0.95E0 AS probability, 'entry ' || key AS proof
FROM entry JOIN safe USING (key)
