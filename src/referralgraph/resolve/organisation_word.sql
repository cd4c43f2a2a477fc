-- The words of company names that at most 500 organisations share. From: organisation_name, organisation_entity, organisation_word_count.
WITH worded AS (
    SELECT DISTINCT organisation_entity.entity, unnest(organisation_name.words) AS word
    FROM organisation_name
    JOIN organisation_entity USING (record_id)
)
SELECT worded.entity, worded.word, organisation_word_count.organisations
FROM worded
JOIN organisation_word_count USING (word)
WHERE organisation_word_count.organisations <= 500
