-- How many other people of the same name are to be expected in one place:
-- (people there - 1) x share of the given names x share of the family name x how much oftener both go together than by chance: names
-- of one language do. How often they do is counted; that they don't depend on each other counts as one person. From: person_key, name_share,
-- common_name.
-- `usual_share`: the share of the whole name by what ships alone; most family names are far rarer than a middling one,
-- and an only name, as Indonesians have, is a commoner thing.
WITH individual AS (
    SELECT DISTINCT name_key, first_given, array_to_string(given_words, ' ') AS givens, family_key, place
    FROM person_key WHERE place IS NOT NULL AND NOT is_team
),
inhabited AS (SELECT place, count(DISTINCT name_key) AS people FROM individual GROUP BY place),
total AS (SELECT CAST(count(*) AS DOUBLE) AS people FROM individual),
bearer AS (SELECT first_given, family_key, count(*) AS people FROM individual GROUP BY first_given, family_key)
SELECT
    individual.name_key,
    individual.place,
    max((inhabited.people - 1) * least(given.share, coalesce(several.share, 1.0E0)) * family.share
        * bearer.people / (total.people * given.share * family.share + 1.0E0)) AS expected_others,
    max(CASE
        WHEN (individual.first_given = '' OR individual.family_key = '') AND givens NOT LIKE '% %' THEN coalesce(usual_given.share, usual_family.share, 0.0002E0)
        ELSE least(coalesce(usual_given.share, 0.002E0), CASE WHEN givens LIKE '% %' THEN 0.0005E0 ELSE 1.0E0 END) * coalesce(usual_family.share, 0.00002E0)
    END) AS usual_share
FROM individual
JOIN name_share AS given ON given.part = 'given' AND given.word = individual.first_given
LEFT JOIN name_share AS several ON several.part = 'givens' AND several.word = individual.givens
JOIN name_share AS family ON family.part = 'family' AND family.word = individual.family_key
LEFT JOIN common_name AS usual_given ON usual_given.part = 'given' AND usual_given.word = individual.first_given
LEFT JOIN common_name AS usual_family ON usual_family.part = 'family' AND usual_family.word = individual.family_key
JOIN inhabited USING (place)
JOIN bearer ON bearer.first_given = individual.first_given AND bearer.family_key = individual.family_key, total
GROUP BY individual.name_key, individual.place
