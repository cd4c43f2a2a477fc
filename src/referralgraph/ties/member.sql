-- Who belonged to which body from which day to which day, as day numbers. From: mandate, shareholding, tie_role,
-- person_link, organisation_link, organisation_status, setting.
-- An unknown start is taken as the assumed tenure before the end; a mandate without an end lasts to the day on which the
-- source last showed it, and is open if the body still exists.
WITH held AS (
    SELECT mandate.person, mandate.organisation, mandate.since, mandate.until, mandate.last_seen, mandate.retrieved_at, 'shared_mandate' AS kind
    FROM mandate
    JOIN tie_role ON tie_role.role = mandate.role
    WHERE mandate.person IS NOT NULL
    UNION ALL
    SELECT person, organisation, since, until, last_seen, retrieved_at, 'shared_shareholding' AS kind
    FROM shareholding
    WHERE person IS NOT NULL AND kind <> 'profit_transfer'
),
dated AS (
    SELECT
        'p-' || substr(person_link.root, 2) AS person,
        'o-' || substr(organisation_link.root, 2) AS organisation,
        held.kind,
        first_day(held.since) AS since,
        coalesce(last_day(held.until), last_day(held.last_seen), CAST(held.retrieved_at AS DATE)) AS end_day,
        (held.until IS NULL OR last_day(held.until) > CAST(held.retrieved_at AS DATE)) AND NOT coalesce(organisation_status.removed, false) AS is_open
    FROM held
    JOIN person_link ON person_link.record_id = held.person
    JOIN organisation_link ON organisation_link.record_id = held.organisation
    LEFT JOIN organisation_status ON organisation_status.id = 'o-' || substr(organisation_link.root, 2)
)
SELECT
    person, organisation, kind, is_open,
    day_number(CASE
        WHEN since IS NULL THEN end_day - CAST(round(setting.assumed_tenure_years * 365.25E0) AS INTEGER)
        ELSE least(since, end_day) END) AS start_day,
    since IS NOT NULL AS start_known,
    day_number(end_day) AS end_day
FROM dated, setting
