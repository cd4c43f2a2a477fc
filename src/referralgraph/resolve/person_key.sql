-- What person records are compared by. From: person, contact, mandate.
WITH parted AS (
    SELECT
        record_id, source, birth_date, profile_url, emails,
        -- as written unless a mark stands in it: 'Robert sen Klotz', 'Robert Klotz sen.'
        without_titles(CASE WHEN generation(given_name) IS NOT NULL OR generation(family_name) IS NOT NULL
            THEN concat_ws(' ', without_generation(given_name), without_generation(family_name)) ELSE name END) AS name,
        coalesce(generation(family_name), generation(given_name), generation(' ' || title)) AS generation,
        without_titles(coalesce(without_generation(given_name), CASE WHEN family_name IS NULL THEN regexp_extract(name, '^(.*)\s\S+$', 1) END, '')) AS given,
        coalesce(without_generation(family_name), CASE WHEN given_name IS NULL THEN regexp_extract(name, '\S+$') END, '') AS family,
        birth_name, city
    FROM person
    WHERE name_key(name) <> ''
),
worded AS (
    SELECT *, name_words(given) AS given_words, name_words(family) AS family_words, name_words(birth_name) AS birth_words, name_key(family) AS family_as_one
    FROM parted
)
SELECT
    record_id,
    source,
    -- who is marked is another of that name, as far as a name tells
    coalesce(nullif(name_key(name), ''), family_as_one) || coalesce(' ' || generation, '') AS name_key,
    -- first given name and family name: what is left when middle names are dropped
    coalesce(given_words[1], '') AS first_given,
    given_words,
    -- given names as they are written, Karl-Heinz being one
    list_filter(list_transform(string_split(given, ' '), lambda each: name_key(each)), lambda each: each <> '') AS givens_written,
    coalesce(nullif(array_to_string(family_words, ''), ''), family_as_one) AS family_key,
    family_words,
    nullif(array_to_string(birth_words, ''), '') AS birth_family_key,
    birth_words,
    nullif(fold(city), '') AS place,
    nullif(trim(birth_date), '') AS birth_date,
    nullif(regexp_replace(regexp_replace(lower(trim(profile_url)), '^(https?://)?([a-z]{2,3}\.)?', ''), '([?#].*|/+)$', ''), '') AS profile,
    emails,
    generation,
    source = 'team' AS is_team,
    record_id IN (SELECT person FROM contact) AS is_contact,
    record_id IN (SELECT person FROM mandate WHERE role = 'employee') AS is_employee
FROM worded
