-- One officer who has moved: rows of one full name in one body and source, at two places, of which one mandate ends on the very day
-- on which the other begins. From: mandate, organisation_entity, person_key.
WITH seat AS (
    SELECT
        organisation_entity.entity, person_key.name_key, person_key.source, person_key.place, person_key.record_id, mandate.since, mandate.until
    FROM mandate
    JOIN organisation_entity ON organisation_entity.record_id = mandate.organisation
    JOIN person_key ON person_key.record_id = mandate.person
    WHERE mandate.role NOT IN ('employee', 'shareholder', 'member', 'other') AND person_key.place IS NOT NULL AND NOT person_key.is_team
        AND len(person_key.given_words) > 0 AND length(person_key.given_words[1]) > 1
),
-- of three places nobody knows which took up which
shared AS (
    SELECT entity, name_key, source FROM seat GROUP BY ALL HAVING count(DISTINCT place) = 2
),
held AS (SELECT seat.* FROM seat SEMI JOIN shared USING (entity, name_key, source))
SELECT DISTINCT least(l.record_id, r.record_id) AS record_id, greatest(l.record_id, r.record_id) AS other, 0.97E0 AS probability
FROM held AS l
JOIN held AS r ON r.entity = l.entity AND r.name_key = l.name_key AND r.source = l.source AND r.place <> l.place
    AND r.since = l.until AND length(l.until) = 10
