-- Organisations whose name has something in common with an employer's: the whole, one of its two rarest words (of those that are a
-- town's, and of the others), or all its words, however common they are, where somebody of the same name has a seat; and whose website
-- has the domain of a mailbox, which is as good as the name letter by letter, or whose name and town a domain runs together.
-- From: employer, mail_employer, person_key, colleague, organisation, organisation_name, organisation_entity, organisation_domain,
-- organisation_word.
-- Level NULL: still to be compared by words.
WITH written AS (
    SELECT folded, key, proper_key, words FROM employer UNION SELECT folded, key, proper_key, words FROM mail_employer
),
rarity AS (
    SELECT DISTINCT word, organisations FROM organisation_word
),
town AS (SELECT DISTINCT unnest(name_words(city)) AS word FROM (SELECT DISTINCT city FROM organisation WHERE city IS NOT NULL)),
-- kronwaldulm.example; of Rotthal am Bühl also the first word. A short name or word with a town behind it may be any word.
town_key AS (
    SELECT DISTINCT city, words, unnest(list_filter([array_to_string(words, ''), CASE WHEN length(words[1]) > 3 THEN words[1] END],
        lambda each: length(each) > 2)) AS key
    FROM (SELECT city, name_words(city) AS words FROM (SELECT DISTINCT city FROM organisation WHERE city IS NOT NULL))
),
-- a town that is added to the name may be called by rare words: the two rarest of the others lead to the company as well
worded AS (
    SELECT folded, rarity.word, row_number() OVER (PARTITION BY folded, town.word IS NULL ORDER BY rarity.organisations, rarity.word) AS place
    FROM (SELECT folded, unnest(words) AS word FROM written)
    JOIN rarity USING (word)
    LEFT JOIN town USING (word)
),
shared AS (
    SELECT DISTINCT worded.folded, organisation_word.entity
    FROM worded
    JOIN organisation_word USING (word)
    WHERE worded.place <= 2
),
known AS (
    SELECT DISTINCT named.folded, named.words, unnest(list_distinct(person_key.family_words || person_key.given_words || [person_key.family_key])) AS word,
        list_distinct(list_transform(person_key.given_words || person_key.family_words, lambda each: each[1])) AS initials
    FROM (SELECT record_id, folded, words FROM employer UNION ALL SELECT record_id, folded, words FROM mail_employer) AS named
    JOIN person_key USING (record_id)
    WHERE len(named.words) > 0
),
by_name AS (
    SELECT DISTINCT known.folded, known.words, colleague.entity
    FROM known
    JOIN colleague USING (word)
    JOIN person_key ON person_key.record_id = colleague.record_id
    WHERE list_has_any(known.initials, list_transform(person_key.given_words, lambda each: each[1]))
)
SELECT
    written.folded, organisation_entity.entity, written.words, NULL AS their_words, false AS by_name,
    min(CASE WHEN written.folded = organisation_name.folded THEN 1 WHEN written.key = organisation_name.key THEN 2 ELSE 3 END) AS level
FROM written
JOIN organisation_name USING (proper_key)
JOIN organisation_entity USING (record_id)
GROUP BY written.folded, written.words, organisation_entity.entity
UNION ALL
SELECT shared.folded, shared.entity, written.words, organisation_name.words, false, NULL
FROM shared
JOIN written USING (folded)
JOIN organisation_entity USING (entity)
JOIN organisation_name USING (record_id)
WHERE len(organisation_name.words) > 0
UNION ALL
SELECT by_name.folded, by_name.entity, by_name.words, organisation_name.words, true, NULL
FROM by_name
JOIN organisation_entity USING (entity)
JOIN organisation_name USING (record_id)
WHERE list_has_all(organisation_name.words, by_name.words)
UNION ALL
SELECT mailed.folded, organisation_domain.entity, list_sort(list_distinct(mailed.words || organisation_domain.words)), NULL, false, 1
FROM (SELECT DISTINCT folded, words FROM mail_employer) AS mailed
JOIN organisation_domain ON mailed.folded = '@' || organisation_domain.domain
UNION ALL
SELECT mailed.folded, organisation_entity.entity, list_sort(list_distinct(organisation_name.words || town_key.words)), NULL, false, 3
FROM (SELECT DISTINCT folded, proper_key FROM mail_employer) AS mailed
JOIN (organisation_name JOIN organisation USING (record_id) JOIN town_key USING (city))
    ON mailed.proper_key = organisation_name.proper_key || town_key.key AND length(organisation_name.proper_key) > 3
JOIN organisation_entity ON organisation_entity.record_id = organisation_name.record_id
