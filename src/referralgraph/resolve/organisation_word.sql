-- The words of company names that at most 500 organisations share. From: organisation_name, organisation_entity.
WITH worded AS (
    SELECT DISTINCT organisation_entity.entity, unnest(organisation_name.words) AS word
    FROM organisation_name
    JOIN organisation_entity USING (record_id)
),
frequency AS (
    SELECT word, count(*) AS organisations FROM worded GROUP BY word HAVING count(*) <= 500
)
SELECT worded.entity, worded.word, frequency.organisations
FROM worded
JOIN frequency USING (word)
