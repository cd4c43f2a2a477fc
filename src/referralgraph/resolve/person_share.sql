-- How common each value is among the people of the data, one a name, place and birth date; mixed with what ships: the share of a
-- common name, or what a middling value has, worth 1,000 people, so that an address book of ten doesn't make a name common. From: person_feature,
-- common_name.
WITH individual AS (
    SELECT DISTINCT given, family, place, postcode, occupation, birth_date FROM person_feature
),
total AS (SELECT CAST(count(*) AS DOUBLE) AS people FROM individual),
middling AS (
    SELECT * FROM (VALUES ('given', 0.002E0), ('family', 0.0002E0), ('place', 0.01E0), ('postcode', 0.001E0), ('occupation', 0.02E0)) AS told(part, share)
),
told AS (
    SELECT 'given' AS part, given AS value FROM individual
    UNION ALL SELECT 'family', family FROM individual
    UNION ALL SELECT 'place', place FROM individual
    UNION ALL SELECT 'postcode', postcode FROM individual
    UNION ALL SELECT 'occupation', occupation FROM individual
),
counted AS (SELECT part, value, count(*) AS people FROM told WHERE value IS NOT NULL GROUP BY part, value)
SELECT counted.part, counted.value, (counted.people - 1 + 1000.0E0 * coalesce(common_name.share, middling.share)) / (total.people + 1000.0E0) AS share
FROM counted
JOIN middling USING (part)
LEFT JOIN common_name ON common_name.part = counted.part AND common_name.word = counted.value, total
