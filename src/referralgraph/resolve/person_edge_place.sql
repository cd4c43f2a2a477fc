-- Pairs of person records that are one person by proof or by name and place. From: person_key, name_frequency, mandate,
-- organisation_entity.
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
-- Who names an employer is met there, or not at all: a namesake of the same town may work elsewhere.
settled AS (
    SELECT * FROM person_key WHERE place IS NOT NULL AND NOT is_team AND NOT is_employee
),
together AS (
    SELECT name_key, place, count(DISTINCT birth_date) AS birth_dates, count(DISTINCT profile) AS profiles,
        coalesce(min(record_id) FILTER (WHERE NOT is_contact), min(record_id)) AS other
    FROM settled
    GROUP BY name_key, place
    HAVING count(*) > 1
),
by_place AS (
    SELECT
        record_id, name_key || ' ' || place AS key, other,
        -- anybody may be in an address book, but only one in thirty in a register
        -- and one in fifty has a father, a son or an uncle of his name there
        1.0E0 / (1.0E0 + 0.02E0 + expected_others * CASE WHEN is_contact THEN 30.0E0 ELSE 1.0E0 END) AS probability
    FROM settled
    JOIN together USING (name_key, place)
    JOIN name_frequency USING (name_key, place)
    WHERE birth_dates <= 1 AND profiles <= 1
),
-- In one organisation the same place is also what one row cuts short or leaves out: Esslingen, Esslingen am Neckar.
seat AS (
    SELECT organisation_entity.entity, person_key.name_key, coalesce(person_key.place, '') AS place, person_key.record_id
    FROM mandate
    JOIN organisation_entity ON organisation_entity.record_id = mandate.organisation
    JOIN person_key ON person_key.record_id = mandate.person
    WHERE mandate.role <> 'employee' AND NOT person_key.is_team
),
sitting AS (
    -- of texts that begin alike the longest is the last
    SELECT entity, name_key, max(place) AS longest, min(record_id) AS other
    FROM seat
    GROUP BY entity, name_key
    HAVING min(place) <> max(place)
),
placed AS (
    SELECT DISTINCT seat.record_id, sitting.other, seat.entity || ' ' || seat.name_key AS key,
        seat.place = '' OR starts_with(sitting.longest || ' ', seat.place || ' ') AS fits
    FROM seat
    JOIN sitting USING (entity, name_key)
),
by_seat AS (
    SELECT record_id, other, key, bool_and(fits) OVER (PARTITION BY key) AS one_place FROM placed
)
SELECT record_id, other, 'same profile' AS because, 0.999E0 AS probability, 'profile ' || key AS proof FROM by_profile WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and e-mail', 0.995E0, 'mail ' || key FROM by_mail WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and birth date', 0.99E0, 'birth ' || key FROM by_birth WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name and place', probability, 'place ' || key FROM by_place WHERE record_id <> other
UNION ALL
SELECT record_id, other, 'same name, place and company', 0.97E0, 'seat ' || key FROM by_seat WHERE record_id <> other AND one_place
