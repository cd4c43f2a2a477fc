-- People with their attributes; each attribute from the best record. From: person, person_link.
WITH ranked AS (
    SELECT person.*, person_link.root,
        row_number() OVER (PARTITION BY root ORDER BY source = 'team' DESC, record_id <> root, retrieved_at DESC, record_id) AS place
    FROM person
    JOIN person_link USING (record_id)
)
SELECT
    'p-' || substr(root, 2) AS id,
    first(name ORDER BY place) AS name,
    list_sort(list_distinct(list_filter(list(name) || flatten(list(coalesce(other_names, []))), lambda each: each <> first(name ORDER BY place)))) AS other_names,
    first(title ORDER BY place) FILTER (WHERE title IS NOT NULL) AS title,
    first(birth_name ORDER BY place) FILTER (WHERE birth_name IS NOT NULL) AS birth_name,
    first(birth_date ORDER BY length(birth_date) DESC, place) FILTER (WHERE birth_date IS NOT NULL) AS birth_date,
    first(city ORDER BY place) FILTER (WHERE city IS NOT NULL) AS city,
    first(country ORDER BY place) FILTER (WHERE country IS NOT NULL) AS country,
    first(occupation ORDER BY place) FILTER (WHERE occupation IS NOT NULL) AS occupation,
    bool_or(source = 'team') AS team,
    list(record_id ORDER BY place) AS records
FROM ranked
GROUP BY root
