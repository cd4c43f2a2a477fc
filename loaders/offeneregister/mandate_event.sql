-- Officer events paired into mandates: one row a mandate. From: seat.
-- The register announces a start or an end. Within one company, role, name and place a start opens a mandate (a second
-- start merely repeats it) and the next end closes it; an end without a start closes a mandate whose start is unknown.
-- Of a start and an end on one day the end comes first: powers change hands by being ended and given anew. Only if one row
-- has both, they are one mandate of a day.
WITH dated AS (
    SELECT *, start_date AS day, 1 AS step FROM seat WHERE start_date IS NOT NULL
    UNION ALL
    SELECT *, end_date AS day, CASE WHEN end_date = start_date THEN 2 ELSE 0 END AS step FROM seat WHERE end_date IS NOT NULL
    UNION ALL
    SELECT *, NULL AS day, 1 AS step FROM seat WHERE start_date IS NULL AND end_date IS NULL
),
one_a_day AS (
    SELECT
        line, company_number, role, is_organisation, known_as, place, day, step,
        min(role_as_written) AS role_as_written,
        min(retrieved_at) AS retrieved_at,
        min(current_status) AS current_status
    FROM dated
    GROUP BY line, company_number, role, is_organisation, known_as, place, day, step
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN step <> 1 THEN 1 ELSE 0 END) OVER (
            PARTITION BY line, role, is_organisation, known_as, place
            ORDER BY day NULLS FIRST, step
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ends_before
    FROM one_a_day
)
SELECT
    line, company_number, role, is_organisation, known_as, place,
    min(role_as_written) AS role_as_written,
    min(day) FILTER (WHERE step = 1) AS since,
    max(day) FILTER (WHERE step <> 1) AS until,
    min(retrieved_at) AS retrieved_at,
    min(current_status) AS current_status
FROM numbered
GROUP BY line, company_number, role, is_organisation, known_as, place, coalesce(ends_before, 0)
