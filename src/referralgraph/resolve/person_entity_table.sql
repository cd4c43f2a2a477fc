-- People with their attributes; each attribute from the best record. From: person, person_link, contact_record,
-- interaction_record. What stands in private address books and diaries alone says nothing of somebody whom others see too: neither name nor birth date.
WITH private AS (
    SELECT person AS record_id
    FROM (SELECT person, visibility FROM contact_record UNION ALL SELECT person, visibility FROM interaction_record)
    GROUP BY person
    HAVING bool_and(visibility = 'private')
),
told AS (
    SELECT person.*, person_link.root, private.record_id IS NOT NULL AS is_private,
        bool_and(private.record_id IS NOT NULL) OVER (PARTITION BY person_link.root) AS all_private
    FROM person
    JOIN person_link USING (record_id)
    LEFT JOIN private USING (record_id)
),
ranked AS (
    SELECT *, is_private AND NOT all_private AS hidden,
        row_number() OVER (PARTITION BY root ORDER BY source = 'team' DESC, is_private AND NOT all_private, record_id <> root, retrieved_at DESC, record_id) AS place
    FROM told
)
SELECT
    'p-' || substr(root, 2) AS id,
    first(name ORDER BY place) AS name,
    list_sort(list_distinct(list_filter(list(name) FILTER (WHERE NOT hidden) || flatten(list(coalesce(other_names, [])) FILTER (WHERE NOT hidden)), lambda each: each <> first(name ORDER BY place)))) AS other_names,
    first(title ORDER BY place) FILTER (WHERE title IS NOT NULL AND NOT hidden) AS title,
    first(birth_name ORDER BY place) FILTER (WHERE birth_name IS NOT NULL AND NOT hidden) AS birth_name,
    first(birth_date ORDER BY length(birth_date) DESC, place) FILTER (WHERE birth_date IS NOT NULL AND NOT hidden) AS birth_date,
    first(city ORDER BY place) FILTER (WHERE city IS NOT NULL AND NOT hidden) AS city,
    first(country ORDER BY place) FILTER (WHERE country IS NOT NULL AND NOT hidden) AS country,
    first(occupation ORDER BY place) FILTER (WHERE occupation IS NOT NULL AND NOT hidden) AS occupation,
    bool_or(source = 'team') AS team,
    list(record_id ORDER BY place) AS records
FROM ranked
GROUP BY root
