-- Bodies with the most people they had at one time; those above the limit give no pairwise ties. From: body_day, setting.
SELECT organisation, max(members) AS most_members, max(members) > max(setting.largest_body) AS too_large
FROM body_day, setting
GROUP BY organisation
