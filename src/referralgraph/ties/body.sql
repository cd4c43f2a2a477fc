-- Bodies with the most people they had at one time, and the first day on which they had more than the limit: from that
-- day on they give no pairwise ties. From: body_day, setting.
SELECT
    organisation,
    max(members) AS most_members,
    max(members) > max(setting.largest_body) AS too_large,
    min(CASE WHEN members > setting.largest_body THEN day END) AS too_large_from
FROM body_day, setting
GROUP BY organisation
