-- What person records are compared by. From: person, contact.
SELECT
    person.record_id,
    person.source,
    name_key(without_titles(person.name)) AS name_key,
    -- first given name and family name: what is left when middle names are dropped
    name_key(split_part(fold(without_titles(coalesce(given_name, split_part(person.name, ' ', 1)))), ' ', 1)) AS first_given,
    fold(coalesce(family_name, regexp_extract(person.name, '\S+$'))) AS family,
    name_key(coalesce(family_name, regexp_extract(person.name, '\S+$'))) AS family_key,
    name_key(birth_name) AS birth_family_key,
    nullif(fold(city), '') AS place,
    birth_date,
    nullif(regexp_replace(regexp_replace(lower(trim(profile_url)), '^(https?://)?([a-z]{2,3}\.)?', ''), '([?#].*|/+)$', ''), '') AS profile,
    emails,
    person.source = 'team' AS is_team,
    person.record_id IN (SELECT person FROM contact) AS is_contact
FROM person
WHERE name_key(person.name) <> ''
