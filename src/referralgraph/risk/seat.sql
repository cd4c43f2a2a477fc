-- Who is linked to which organisation through which record, since when that is known, and whether he left.
-- From: mandate, shareholding, role_evidence(role, liquidator), person_link, organisation_link.
-- A row is known from its first date on; one without dates from the day on which the source stated it. A liquidator's link is
-- marked: it is his profession and no evidence.
WITH held AS (
    SELECT mandate.person, mandate.organisation, mandate.since, mandate.until, mandate.retrieved_at, role_evidence.liquidator
    FROM mandate
    JOIN role_evidence ON role_evidence.role = mandate.role
    WHERE mandate.person IS NOT NULL
    UNION ALL
    SELECT person, organisation, since, until, retrieved_at, false
    FROM shareholding
    WHERE person IS NOT NULL
),
dated AS (
    SELECT
        'p-' || substr(person_link.root, 2) AS person,
        'o-' || substr(organisation_link.root, 2) AS organisation,
        held.person AS record,
        held.liquidator,
        day_number(coalesce(first_day(held.since), last_day(held.until), CAST(held.retrieved_at AS DATE))) AS known_day,
        day_number(CASE WHEN last_day(held.until) <= CAST(held.retrieved_at AS DATE) THEN last_day(held.until) END) AS left_day
    FROM held
    JOIN person_link ON person_link.record_id = held.person
    JOIN organisation_link ON organisation_link.record_id = held.organisation
)
SELECT
    person, organisation, record, liquidator,
    min(known_day) AS known_day,
    -- who holds several seats has left with the last of them
    CASE WHEN count(*) = count(left_day) THEN max(left_day) END AS left_day
FROM dated
GROUP BY person, organisation, record, liquidator
ORDER BY person, organisation, record, liquidator
