-- Officer events paired into mandates: one row a mandate. From: officer.
-- The register announces a start or an end. Within one company, role, name and place a start opens a mandate (a second
-- start merely repeats it) and the next end closes it; an end without a start closes a mandate whose start is unknown.
-- Of a start and an end on one day the end comes first: powers change hands by being ended and given anew.
WITH placed AS (
    SELECT
        *,
        -- an end is often announced without the place: then it is that of the only namesake in the company
        coalesce(city, CASE WHEN count(DISTINCT city) OVER namesake = 1 THEN min(city) OVER namesake END, '') AS place
    FROM officer
    WINDOW namesake AS (PARTITION BY company_number, name_as_written)
),
dated AS (
    SELECT *, start_date AS day, false AS is_end FROM placed WHERE start_date IS NOT NULL
    UNION ALL
    SELECT *, end_date AS day, true AS is_end FROM placed WHERE end_date IS NOT NULL
    UNION ALL
    SELECT *, NULL AS day, false AS is_end FROM placed WHERE start_date IS NULL AND end_date IS NULL
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN is_end THEN 1 ELSE 0 END) OVER (
            PARTITION BY company_number, role, name_as_written, place
            ORDER BY day NULLS FIRST, is_end DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ends_before
    FROM dated
)
SELECT
    company_number, role, name_as_written, place,
    min(line) AS line,
    any_value(role_as_written) AS role_as_written,
    bool_or(is_organisation) AS is_organisation,
    min(day) FILTER (WHERE NOT is_end) AS since,
    max(day) FILTER (WHERE is_end) AS until,
    any_value(retrieved_at) AS retrieved_at,
    any_value(current_status) AS current_status
FROM numbered
GROUP BY company_number, role, name_as_written, place, coalesce(ends_before, 0)
