-- Pairs of person records that are one person by proof or by name and place. From: person_key, name_frequency, setting.
WITH by_profile AS (
    SELECT record_id, profile AS key, min(record_id) OVER (PARTITION BY profile) AS other FROM person_key WHERE profile IS NOT NULL
),
mail AS (
    SELECT DISTINCT record_id, name_key, lower(trim(email)) AS email FROM (SELECT record_id, name_key, unnest(emails) AS email FROM person_key)
),
by_mail AS (
    SELECT record_id, email || ' ' || name_key AS key, min(record_id) OVER (PARTITION BY email, name_key) AS other
    FROM mail WHERE email LIKE '%@%'
),
by_birth AS (
    SELECT record_id, birth_date || ' ' || name_key AS key, min(record_id) OVER (PARTITION BY birth_date, name_key) AS other
    FROM person_key WHERE length(birth_date) = 10
),
-- Name and place agree, and nothing contradicts: no second birth date and no second profile under the same name there.
together AS (
    SELECT name_key, place, count(*) AS records, count(DISTINCT birth_date) AS birth_dates, count(DISTINCT profile) AS profiles
    FROM person_key WHERE place IS NOT NULL AND NOT is_team
    GROUP BY name_key, place
),
by_place AS (
    SELECT
        record_id, name_key || ' ' || place AS key,
        first_value(record_id) OVER (PARTITION BY name_key, place ORDER BY is_contact, record_id) AS other,
        1.0E0 / (1.0E0 + expected_others) AS probability
    FROM person_key
    JOIN together USING (name_key, place)
    JOIN name_frequency USING (name_key, place)
    WHERE NOT is_team AND records > 1 AND birth_dates <= 1 AND profiles <= 1
)
SELECT record_id, other, 'same profile' AS because, 0.999E0 AS probability, 'profile ' || key AS proof FROM by_profile WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and e-mail', 0.995E0, 'mail ' || key FROM by_mail WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and birth date', 0.99E0, 'birth ' || key FROM by_birth WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and place', probability, 'place ' || key FROM by_place WHERE record_id <> other
