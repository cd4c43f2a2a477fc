-- Uninterrupted membership of one person in one body: overlapping and adjoining mandates joined. From: member.
-- left_day is empty if the person isn't known to have left; mandate_day is the first day of more than a shareholding.
WITH reached AS (
    SELECT *, max(end_day) OVER (
        PARTITION BY person, organisation ORDER BY start_day, end_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
    FROM member
),
numbered AS (
    SELECT *, sum(CASE WHEN reach >= start_day - 1 THEN 0 ELSE 1 END) OVER (
        PARTITION BY person, organisation ORDER BY start_day, end_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS spell
    FROM reached
),
earliest AS (
    SELECT *, min(start_day) OVER (PARTITION BY person, organisation, spell) AS first_day_there FROM numbered
)
SELECT
    person, organisation,
    min(start_day) AS start_day,
    bool_or(start_known AND start_day = first_day_there) AS start_known,
    max(end_day) AS end_day,
    CASE WHEN bool_or(is_open) THEN NULL ELSE max(end_day) END AS left_day,
    min(CASE WHEN kind = 'shared_mandate' THEN start_day END) AS mandate_day
FROM earliest
GROUP BY person, organisation, spell
