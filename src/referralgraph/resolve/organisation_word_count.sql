-- How many organisations bear a word in their name. From: organisation_name, organisation_entity.
SELECT word, count(*) AS organisations
FROM (
    SELECT DISTINCT organisation_entity.entity, unnest(organisation_name.words) AS word
    FROM organisation_name
    JOIN organisation_entity USING (record_id)
)
GROUP BY word
