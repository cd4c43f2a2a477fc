-- Every ground for a tie as the uninterrupted stretches of time for which it held: one row for two people (left < right)
-- and one time together in a body, one entry of an address book, or one team. Two of one name in one body are probably one
-- person who moved, and nobody is introduced to himself: no tie. Rows of equal left_person, right_person,
-- origin, organisation and owner are one reason. Who stands in no address book but was met is an entry of base 0.
-- From: spell, person_name, body, body_day, contact_tie, interaction_tie, team_member, setting.
-- days_before and person_days are person-days of the whole body: before the stretch, and during it; person_days divided by
-- the days of the stretch is the mean number of people in the body while both were there.
WITH tied AS (
    -- who came when the body was too large already is tied to nobody in it, as of any day
    SELECT spell.*, person_name.name_key
    FROM spell
    JOIN body ON body.organisation = spell.organisation
    JOIN person_name ON person_name.id = spell.person
    WHERE body.too_large_from IS NULL OR spell.start_day < body.too_large_from
),
shared AS (
    SELECT
        one.person AS left_person, two.person AS right_person, one.organisation,
        greatest(one.start_day, two.start_day) AS start_day,
        one.start_known AND two.start_known AS start_known,
        least(one.end_day, two.end_day) AS end_day,
        least(coalesce(one.left_day, two.left_day), coalesce(two.left_day, one.left_day)) AS left_day,
        least(coalesce(one.mandate_day, two.mandate_day), coalesce(two.mandate_day, one.mandate_day)) AS mandate_day
    FROM tied AS one
    JOIN tied AS two ON two.organisation = one.organisation AND one.person < two.person AND one.name_key <> two.name_key
        AND one.start_day <= two.end_day AND two.start_day <= one.end_day
)
SELECT
    shared.left_person, shared.right_person, 'shared' AS origin, shared.organisation,
    CAST(NULL AS VARCHAR) AS owner, 'public' AS visibility,
    shared.start_day, shared.start_known, shared.end_day, shared.left_day,
    CASE WHEN shared.mandate_day IS NULL THEN NULL ELSE greatest(shared.mandate_day, shared.start_day) END AS mandate_day,
    start.person_days AS days_before, finish.person_days - start.person_days AS person_days, CAST(NULL AS DOUBLE) AS base,
    false AS said
FROM shared
JOIN body_day AS start ON start.organisation = shared.organisation AND start.day = shared.start_day
JOIN body_day AS finish ON finish.organisation = shared.organisation AND finish.day = shared.end_day + 1
UNION ALL
SELECT
    least(owner_person, person), greatest(owner_person, person), 'contact', NULL, owner, visibility,
    start_day, start_day IS NOT NULL, end_day, NULL, NULL, 0, 0, base, said
FROM contact_tie
WHERE owner_person <> person
UNION ALL
SELECT
    least(owner_person, person), greatest(owner_person, person), 'contact', NULL, owner, CASE WHEN private THEN 'private' ELSE 'team' END,
    min(day), true, max(day), NULL, NULL, 0, 0, 0E0, false
FROM interaction_tie
ANTI JOIN contact_tie USING (owner_person, person, owner)
GROUP BY owner_person, person, owner, private
UNION ALL
SELECT one.person, two.person, 'colleague', NULL, NULL, 'team', NULL, false, setting.data_day, NULL, NULL, 0, 0, setting.colleague, false
FROM team_member AS one
JOIN team_member AS two ON one.person < two.person, setting
