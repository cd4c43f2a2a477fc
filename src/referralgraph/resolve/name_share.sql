-- How common given and family names are, among all people of the data, one a name and place. From: person_key, common_name.
-- A share is mixed with that which ships, of a common name, or of a middling one (1 in 500 and 1 in 5,000; two given names together
-- 1 in 50,000), worth 1,000 people: ten people of an address book don't show that a name of theirs is borne by a tenth of mankind,
-- nor that Thomas Müller is rare. The person himself
-- is taken out of the count.
WITH individual AS (
    SELECT DISTINCT name_key, first_given, array_to_string(given_words, ' ') AS givens, family_key, place FROM person_key WHERE NOT is_team
),
total AS (SELECT CAST(count(*) AS DOUBLE) AS people FROM individual),
given AS (SELECT first_given, count(*) AS people FROM individual GROUP BY first_given),
several AS (SELECT givens, count(*) AS people FROM individual WHERE givens LIKE '% %' GROUP BY givens),
family AS (SELECT family_key, count(*) AS people FROM individual GROUP BY family_key)
SELECT 'given' AS part, first_given AS word, (given.people - 1 + 1000.0E0 * coalesce(common_name.share, 0.002E0)) / (total.people + 1000.0E0) AS share
FROM given LEFT JOIN common_name ON common_name.part = 'given' AND common_name.word = first_given, total
UNION ALL
SELECT 'givens', givens, (several.people - 1 + 0.02E0) / (total.people + 1000.0E0) FROM several, total
UNION ALL
SELECT 'family', family_key, (family.people - 1 + 1000.0E0 * coalesce(common_name.share, 0.0002E0)) / (total.people + 1000.0E0)
FROM family LEFT JOIN common_name ON common_name.part = 'family' AND common_name.word = family_key, total
