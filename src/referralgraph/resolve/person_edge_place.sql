-- Pairs of person records that are one person by proof or by name and place. From: person_key, namesake_group,
-- namesake_odds, namesake, mandate, organisation_entity, person_move.
WITH by_profile AS (
    SELECT record_id, profile AS key, min(record_id) OVER (PARTITION BY profile) AS other FROM person_key WHERE profile IS NOT NULL
),
mail AS (
    SELECT DISTINCT record_id, name_key, mail_address(email) AS email FROM (SELECT record_id, name_key, unnest(emails) AS email FROM person_key)
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
by_place AS (
    SELECT
        person_key.record_id, name_key || ' ' || place AS key, grouped.other,
        -- others who may be meant: relatives of his name in his town, of whom few bear all of several given names, and
        -- namesakes. Anybody may be in an address book, but only one in thirty in a register.
        1.0E0 / (1.0E0 + namesake_odds.odds * (
            namesake.relatives * CASE WHEN grouped.givens > 1 THEN 0.2E0 ELSE 1.0E0 END * CASE WHEN person_key.is_contact THEN 4.0E0 ELSE 1.0E0 END
            + greatest(grouped.expected_others, namesake.least_people * grouped.usual_share) * CASE WHEN person_key.is_contact THEN 30.0E0 ELSE 1.0E0 END)) AS probability
    FROM person_key
    JOIN namesake_group AS grouped USING (name_key, place)
    JOIN namesake_odds ON namesake_odds.records = least(grouped.records, 60) AND namesake_odds.dated = least(grouped.dated, grouped.records, 60),
    namesake
    WHERE grouped.consistent AND grouped.records > 1 AND NOT person_key.is_team AND NOT person_key.is_employee
),
-- One name in one body is one person, unless two places are told at one time (person_fact); there the same place is also what one
-- row cuts short or leaves out: Esslingen, Esslingen am Neckar.
seat AS (
    SELECT DISTINCT organisation_entity.entity, person_key.name_key, coalesce(person_key.place, '') AS place, person_key.record_id,
        person_key.givens_written[1] AS first_given, person_key.family_key, len(person_key.givens_written) AS givens, mandate.role = 'sole_proprietor' AS alone
    FROM mandate
    JOIN organisation_entity ON organisation_entity.record_id = mandate.organisation
    JOIN person_key ON person_key.record_id = mandate.person
    WHERE mandate.role <> 'employee' AND NOT person_key.is_team
),
sitting AS (
    -- of texts that begin alike the longest is the last
    SELECT entity, name_key, max(place) AS longest, min(record_id) AS other, bool_and(alone) AS alone
    FROM seat
    GROUP BY entity, name_key
    HAVING count(DISTINCT record_id) > 1
),
placed AS (
    SELECT seat.record_id, sitting.other, seat.place, sitting.alone, seat.entity || ' ' || seat.name_key AS key,
        min(seat.record_id) OVER (PARTITION BY entity, name_key, seat.place) AS neighbour,
        starts_with(sitting.longest || ' ', seat.place || ' ') OR seat.place = '' AS fits
    FROM seat
    JOIN sitting USING (entity, name_key)
),
-- In one body and place a second given name left out is the same person, if only one has a second one there; Karl-Heinz has none.
shortened AS (
    SELECT entity, first_given, family_key, place, count(DISTINCT name_key) FILTER (WHERE givens > 1) AS longer,
        min(record_id) FILTER (WHERE givens > 1) AS other
    FROM seat
    WHERE place <> '' AND givens > 0
    GROUP BY entity, first_given, family_key, place
    HAVING min(givens) = 1 AND longer = 1
),
by_seat AS (
    SELECT *, bool_and(fits) OVER (PARTITION BY key) AS one_place FROM placed
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
UNION ALL
SELECT record_id, neighbour, 'same name, place and company', 0.995E0, 'seat ' || key || ' ' || place FROM by_seat
WHERE record_id <> neighbour AND place <> ''
UNION ALL
-- a firm has one proprietor: under one name at two places he has moved
SELECT record_id, other, 'same name and company', 0.98E0, 'proprietor ' || key FROM by_seat WHERE record_id <> other AND alone AND NOT one_place
UNION ALL
SELECT seat.record_id, shortened.other, 'same name, place and company', 0.96E0,
    'shortened ' || entity || ' ' || first_given || ' ' || family_key || ' ' || place
FROM seat JOIN shortened USING (entity, first_given, family_key, place)
WHERE seat.givens = 1
UNION ALL
SELECT record_id, other, 'same name and company', probability, 'moved ' || record_id || ' ' || other FROM person_move
