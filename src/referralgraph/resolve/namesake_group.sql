-- The records of one name in one place, as a group: how many there are, and what is known of their dates. From: person_key,
-- name_frequency, mandate. Rows of one body count once: a register names the same officer when he comes, changes and goes.
-- Who names an employer is met there, or not at all: a namesake of the same town may work elsewhere.
WITH seat AS (
    SELECT person AS record_id, min(organisation) AS body FROM mandate WHERE role <> 'employee' AND person IS NOT NULL GROUP BY person
),
settled AS (
    SELECT person_key.*, coalesce(seat.body, person_key.record_id) AS unit
    FROM person_key
    LEFT JOIN seat USING (record_id)
    WHERE place IS NOT NULL AND NOT is_team AND NOT is_employee
),
together AS (
    SELECT name_key, place,
        coalesce(min(record_id) FILTER (WHERE NOT is_contact), min(record_id)) AS other,
        max(len(given_words)) AS givens,
        CAST(count(DISTINCT unit) AS INTEGER) AS records,
        CAST(count(DISTINCT unit) FILTER (WHERE birth_date IS NOT NULL) AS INTEGER) AS dated,
        count(DISTINCT profile) AS profiles,
        arg_max(birth_date, (length(birth_date), birth_date)) AS longest,
        list_sort(list_distinct(list(birth_date) FILTER (WHERE birth_date IS NOT NULL))) AS dates
    FROM settled
    GROUP BY name_key, place
)
SELECT
    name_key, place, other, givens, records, dated, expected_others, usual_share,
    -- a shorter date is the longer one, cut short
    profiles <= 1 AND coalesce(bool_and_dates, true) AS consistent,
    -- another year and not by a typing error: relatives, or namesakes
    coalesce(contradicting, false) AS contradicting
FROM (
    SELECT *,
        len(list_filter(coalesce(dates, []), lambda each: NOT starts_with(longest, each))) = 0 AS bool_and_dates,
        len(list_filter(coalesce(dates, []), lambda each: each[1:4] <> longest[1:4]
            AND damerau_levenshtein(each[1:7], longest[1:7][1:length(each)]) >= 2)) > 0 AS contradicting
    FROM together
)
JOIN name_frequency USING (name_key, place)
