-- Every ground for a tie: one row for two people (left < right) and one body, contact or team. From: spell, body, body_day,
-- contact_tie, team_member, setting.
-- mean_members is the mean number of people in the body over the days that the two spent there together.
WITH shared AS (
    SELECT
        one.person AS left_person, two.person AS right_person, one.organisation,
        greatest(one.start_day, two.start_day) AS start_day,
        least(one.end_day, two.end_day) AS end_day,
        CASE WHEN one.start_day >= two.start_day THEN one.start_known ELSE two.start_known END AS start_known,
        one.is_open AND two.is_open AS is_open,
        one.only_shares AND two.only_shares AS only_shares
    FROM spell AS one
    JOIN spell AS two ON two.organisation = one.organisation AND one.person < two.person
        AND one.start_day <= two.end_day AND two.start_day <= one.end_day
    JOIN body ON body.organisation = one.organisation AND NOT body.too_large
),
measured AS (
    SELECT shared.*, finish.person_days - start.person_days AS person_days
    FROM shared
    JOIN body_day AS start ON start.organisation = shared.organisation AND start.day = shared.start_day
    JOIN body_day AS finish ON finish.organisation = shared.organisation AND finish.day = shared.end_day + 1
)
SELECT
    left_person, right_person,
    CASE WHEN bool_and(only_shares) THEN 'shared_shareholding' ELSE 'shared_mandate' END AS kind,
    organisation,
    min(start_day) AS start_day,
    first(start_known ORDER BY start_day) AS start_known,
    max(end_day) AS end_day,
    bool_or(is_open) AS is_open,
    sum(person_days) / sum(end_day + 1 - start_day) AS mean_members,
    CAST(NULL AS VARCHAR) AS owner,
    'public' AS visibility,
    CAST(NULL AS DOUBLE) AS base
FROM measured
GROUP BY left_person, right_person, organisation
UNION ALL
SELECT
    least(owner_person, person), greatest(owner_person, person), 'contact', NULL,
    start_day, start_day IS NOT NULL, end_day, true, 2.0E0, owner, visibility, base
FROM contact_tie
WHERE owner_person <> person
UNION ALL
SELECT one.person, two.person, 'colleague', NULL, NULL, false, setting.data_day, true, 2.0E0, NULL, 'team', setting.colleague
FROM team_member AS one
JOIN team_member AS two ON one.person < two.person, setting
