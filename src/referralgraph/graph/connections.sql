-- How many connections each entity has that everybody may see, as the badge of the network page counts them.
-- From: mandate_edge, shareholding_edge, contact_edge.
WITH edge AS (
    SELECT "from", "to" FROM mandate_edge WHERE len(only_for) = 0
    UNION ALL SELECT "from", "to" FROM shareholding_edge WHERE len(only_for) = 0
    UNION ALL SELECT "from", "to" FROM contact_edge WHERE visibility <> 'private'
)
SELECT id, count(DISTINCT other) AS connections
FROM (SELECT "from" AS id, "to" AS other FROM edge UNION ALL SELECT "to", "from" FROM edge)
GROUP BY id
