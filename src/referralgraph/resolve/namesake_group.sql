-- The records of one name in one place, as a group: how many there are, and what is known of their dates. From: person_key,
-- name_frequency, mandate. Rows of one body count once: a register names the same officer when he comes, changes and goes.
-- Who names an employer is met there, or not at all: a namesake of the same town may work elsewhere.
WITH seat AS (
    SELECT person AS record_id, min(organisation) AS body FROM mandate WHERE role <> 'employee' AND person IS NOT NULL GROUP BY person
),
settled AS (
    SELECT record_id, name_key, place, given_words, is_contact, birth_date, profile
    FROM person_key
    WHERE place IS NOT NULL AND NOT is_team AND NOT is_employee
),
-- most names stand there once, and nothing is to be counted of them
alone AS (
    SELECT name_key, place, min(record_id) AS other, max(len(given_words)) AS givens, CAST(count(birth_date) AS INTEGER) AS dated,
        count(*) AS records
    FROM settled
    GROUP BY name_key, place
),
unit AS (
    SELECT settled.*, coalesce(seat.body, settled.record_id) AS unit
    FROM settled
    SEMI JOIN (SELECT name_key, place FROM alone WHERE records > 1) AS several USING (name_key, place)
    LEFT JOIN seat USING (record_id)
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
    FROM unit
    GROUP BY name_key, place
),
told AS (
    SELECT name_key, place, other, givens, records, dated,
        -- a shorter date is the longer one, cut short
        profiles <= 1 AND len(list_filter(coalesce(dates, []), lambda each: NOT starts_with(longest, each))) = 0 AS consistent,
        -- another year and not by a typing error: relatives, or namesakes
        len(list_filter(coalesce(dates, []), lambda each: each[1:4] <> longest[1:4]
            AND damerau_levenshtein(each[1:7], longest[1:7][1:length(each)]) >= 2)) > 0 AS contradicting
    FROM together
    UNION ALL
    SELECT name_key, place, other, givens, 1, dated, true, false FROM alone WHERE records = 1
)
SELECT
    name_key, place, other, givens, records, dated, expected_others, usual_share,
    coalesce(consistent, true) AS consistent, coalesce(contradicting, false) AS contradicting
FROM told
JOIN name_frequency USING (name_key, place)
