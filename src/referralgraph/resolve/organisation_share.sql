-- How common each value is among the organisations of the data, mixed with what a middling value has. From: organisation_feature.
WITH total AS (SELECT CAST(count(*) AS DOUBLE) AS organisations FROM organisation_feature),
middling AS (
    SELECT * FROM (VALUES ('name_key', 0.00002E0), ('place', 0.01E0), ('postcode', 0.001E0)) AS told(part, share)
),
told AS (
    SELECT 'name_key' AS part, name_key AS value FROM organisation_feature
    UNION ALL SELECT 'place', place FROM organisation_feature
    UNION ALL SELECT 'postcode', postcode FROM organisation_feature
),
counted AS (SELECT part, value, count(*) AS organisations FROM told WHERE value IS NOT NULL GROUP BY part, value)
SELECT counted.part, counted.value, (counted.organisations - 1 + 1000.0E0 * middling.share) / (total.organisations + 1000.0E0) AS share
FROM counted
JOIN middling USING (part), total
