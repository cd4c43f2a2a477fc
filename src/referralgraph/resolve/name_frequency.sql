-- How many other people of the same name are to be expected in one place:
-- (people there - 1) x share of the given name x share of the family name. From: person_key, name_share.
WITH individual AS (
    SELECT DISTINCT name_key, first_given, family_key, place FROM person_key WHERE place IS NOT NULL AND NOT is_team
),
inhabited AS (SELECT place, count(*) AS people FROM individual GROUP BY place)
SELECT
    individual.name_key,
    individual.place,
    max((inhabited.people - 1) * given.share * family.share) AS expected_others
FROM individual
JOIN name_share AS given ON given.part = 'given' AND given.word = individual.first_given
JOIN name_share AS family ON family.part = 'family' AND family.word = individual.family_key
JOIN inhabited USING (place)
GROUP BY individual.name_key, individual.place
