-- How many organisations there are, and how many of them may answer to a name that is cut short: 1 in 5,000, but 3 to 200.
-- From: organisation_entity.
SELECT count(DISTINCT entity) AS organisations, least(200, greatest(3, CAST(count(DISTINCT entity) // 5000 AS BIGINT))) AS few FROM organisation_entity
