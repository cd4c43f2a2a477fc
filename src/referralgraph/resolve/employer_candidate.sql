-- Organisations whose name has something in common with an employer's: the whole, or one of its two rarest words.
-- From: employer, organisation_name, organisation_entity, organisation_word. Level NULL: still to be compared by words.
WITH written AS (
    SELECT DISTINCT folded, key, proper_key, words FROM employer
),
rarity AS (
    SELECT DISTINCT word, organisations FROM organisation_word
),
worded AS (
    SELECT folded, rarity.word, row_number() OVER (PARTITION BY folded ORDER BY rarity.organisations, rarity.word) AS place
    FROM (SELECT folded, unnest(words) AS word FROM written)
    JOIN rarity USING (word)
),
shared AS (
    SELECT DISTINCT worded.folded, organisation_word.entity
    FROM worded
    JOIN organisation_word USING (word)
    WHERE worded.place <= 2
)
SELECT
    written.folded, organisation_entity.entity, written.words, NULL AS their_words,
    min(CASE WHEN written.folded = organisation_name.folded THEN 1 WHEN written.key = organisation_name.key THEN 2 ELSE 3 END) AS level
FROM written
JOIN organisation_name USING (proper_key)
JOIN organisation_entity USING (record_id)
GROUP BY written.folded, written.words, organisation_entity.entity
UNION ALL
SELECT shared.folded, shared.entity, written.words, organisation_name.words, NULL
FROM shared
JOIN written USING (folded)
JOIN organisation_entity USING (entity)
JOIN organisation_name USING (record_id)
WHERE len(organisation_name.words) > 0
