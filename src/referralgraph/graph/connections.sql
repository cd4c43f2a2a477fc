-- How many connections each entity has, as the badge of the network page counts them. From: mandate_edge, shareholding_edge, contact_edge.
SELECT id, count(DISTINCT other) AS connections
FROM (
    SELECT "from" AS id, "to" AS other FROM mandate_edge UNION ALL SELECT "to", "from" FROM mandate_edge
    UNION ALL SELECT "from", "to" FROM shareholding_edge UNION ALL SELECT "to", "from" FROM shareholding_edge
    UNION ALL SELECT "from", "to" FROM contact_edge UNION ALL SELECT "to", "from" FROM contact_edge
)
GROUP BY id
