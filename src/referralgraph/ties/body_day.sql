-- For each body and each day on which its membership changes: members from that day on, and person-days until then.
-- From: spell.
WITH change AS (
    SELECT organisation, day, sum(step) AS step
    FROM (
        SELECT organisation, start_day AS day, 1 AS step FROM spell
        UNION ALL
        SELECT organisation, end_day + 1 AS day, -1 AS step FROM spell
    ) GROUP BY organisation, day
),
counted AS (
    SELECT organisation, day, sum(step) OVER (PARTITION BY organisation ORDER BY day) AS members FROM change
),
before AS (
    SELECT *,
        lag(members, 1, 0) OVER (PARTITION BY organisation ORDER BY day) AS members_before,
        lag(day) OVER (PARTITION BY organisation ORDER BY day) AS day_before
    FROM counted
)
SELECT
    organisation, day, CAST(members AS BIGINT) AS members,
    CAST(sum(members_before * (day - coalesce(day_before, day))) OVER (PARTITION BY organisation ORDER BY day) AS BIGINT) AS person_days
FROM before
