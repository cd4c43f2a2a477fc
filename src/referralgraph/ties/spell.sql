-- Uninterrupted membership of one person in one body: overlapping mandates joined. From: member.
WITH reached AS (
    SELECT *, max(end_day) OVER (
        PARTITION BY person, organisation ORDER BY start_day, end_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
    FROM member
),
numbered AS (
    SELECT *, sum(CASE WHEN reach >= start_day - 1 THEN 0 ELSE 1 END) OVER (
        PARTITION BY person, organisation ORDER BY start_day, end_day) AS spell
    FROM reached
)
SELECT
    person, organisation,
    min(start_day) AS start_day,
    bool_or(start_known) AS start_known,
    max(end_day) AS end_day,
    bool_or(is_open) AS is_open,
    bool_and(kind = 'shared_shareholding') AS only_shares
FROM numbered
GROUP BY person, organisation, spell
