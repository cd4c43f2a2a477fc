-- One name on one board at one time with two places, in one source: two people. From: mandate, organisation, organisation_entity,
-- person_key. A club's, an association's or a chamber's plain members are no board: its list may show one of them twice.
-- At one time: mandates overlap by more than the day on which one follows the other, as far as they are known. A register row
-- that only ends tells of the last day, one that is open goes on until it was last seen. A proprietor is one alone: of two open
-- rows the later one is where he moved.
WITH seat AS (
    SELECT
        organisation_entity.entity, person_key.name_key, person_key.source, person_key.place, person_key.record_id, mandate.role,
        coalesce(last_day(mandate.since), first_day(coalesce(mandate.until, mandate.last_seen)) - INTERVAL 1 DAY) AS since,
        first_day(coalesce(mandate.until, mandate.last_seen)) AS until
    FROM mandate
    JOIN organisation_entity ON organisation_entity.record_id = mandate.organisation
    JOIN organisation ON organisation.record_id = mandate.organisation
    JOIN person_key ON person_key.record_id = mandate.person
    WHERE mandate.role NOT IN ('employee', 'shareholder', 'other') AND (mandate.role <> 'member' OR organisation.kind = 'committee')
        AND person_key.place IS NOT NULL AND NOT person_key.is_team
),
shared AS (
    SELECT entity, name_key, source FROM seat GROUP BY ALL HAVING min(place) <> max(place)
),
held AS (SELECT seat.* FROM seat SEMI JOIN shared USING (entity, name_key, source))
SELECT DISTINCT l.record_id, r.record_id AS other
FROM held AS l
JOIN held AS r ON r.entity = l.entity AND r.name_key = l.name_key AND r.source = l.source AND l.place < r.place
    AND l.since < r.until AND r.since < l.until
    AND NOT (l.role = 'sole_proprietor' AND r.role = 'sole_proprietor')
    AND NOT starts_with(r.place, l.place || ' ')
