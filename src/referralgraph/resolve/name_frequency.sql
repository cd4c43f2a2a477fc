-- How many other people of the same name are to be expected in one place, by the frequencies of given and family names
-- among all people of the data: (people there - 1) x share of the given name x share of the family name. From: person_key.
WITH individual AS (
    SELECT DISTINCT name_key, first_given, family_key, place FROM person_key WHERE place IS NOT NULL AND NOT is_team
),
total AS (SELECT CAST(count(*) AS DOUBLE) AS people FROM individual),
given AS (SELECT first_given, count(*) AS people FROM individual GROUP BY first_given),
family AS (SELECT family_key, count(*) AS people FROM individual GROUP BY family_key),
place AS (SELECT place, count(*) AS people FROM individual GROUP BY place)
SELECT
    individual.name_key,
    individual.place,
    -- the person himself is taken out of each count; half a person stands for a name nobody else has
    max((place.people - 1)
        * (greatest(given.people - 1, 0.5E0) / total.people)
        * (greatest(family.people - 1, 0.5E0) / total.people)) AS expected_others
FROM individual
JOIN given USING (first_given)
JOIN family USING (family_key)
JOIN place USING (place), total
GROUP BY individual.name_key, individual.place
