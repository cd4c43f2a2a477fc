-- What the model compares person records by: one row a person who isn't one of our team. From: person_key, person, employer,
-- nickname, telephone.
WITH called AS (
    SELECT record_id, list_sort(list_distinct(flatten(list(telephone.numbers)))) AS phones
    FROM (SELECT record_id, source, coalesce(country, '') AS country, unnest(phones) AS written FROM person)
    JOIN telephone USING (written, country, source)
    GROUP BY record_id
),
entry AS (
    SELECT
        person_key.record_id, person_key.source, person_key.given_words, person_key.family_words, person_key.birth_words,
        nullif(person_key.first_given, '') AS given, person_key.birth_family_key,
        -- whoever is told by nothing but an address has it for a name, which says nothing beside the address
        CASE WHEN person.name NOT LIKE '%@%' OR person.family_name IS NOT NULL THEN nullif(person_key.family_key, '') END AS family,
        person_key.birth_date, person_key.place, person_key.profile, person_key.is_contact, person_key.is_employee,
        nullif(person.folded_postcode, '') AS postcode,
        nullif(person.folded_address, '') AS address,
        nullif(person.folded_identifier, '') AS identifier,
        nullif(person.folded_occupation, '') AS occupation,
        -- the mailbox of an office or a family says nothing about one person
        list_sort(list_distinct(list_filter(list_transform(coalesce(person.emails, []), lambda each: mail_address(each)),
            lambda each: each LIKE '%_@_%' AND NOT regexp_matches(each, '^(info|office|kontakt|contact|mail|post|buero|sekretariat|service|verwaltung|familie)@')))) AS emails,
        coalesce(called.phones, []) AS phones
    FROM person_key
    JOIN (
        SELECT *, replace(fold(postcode), ' ', '') AS folded_postcode, fold(address) AS folded_address,
            replace(fold(identifier), ' ', '') AS folded_identifier, fold(occupation) AS folded_occupation
        FROM person
    ) AS person USING (record_id)
    LEFT JOIN called USING (record_id)
    WHERE NOT person_key.is_team
),
-- the name, where the mailbox is made of it: hans.meyer77, hmeyer, meyer
addressed AS (
    SELECT record_id, least(given, family) || ' ' || greatest(given, family) AS mailbox_name
    FROM (SELECT record_id, given, family, array_to_string(name_words(regexp_replace(split_part(emails[1], '@', 1), '\d+', ' ', 'g')), '') AS written FROM entry)
    WHERE written IN (given || family, family || given, given[1] || family, family || given[1], given || family[1], given, family)
),
worked AS (
    SELECT record_id, list_sort(list(DISTINCT proper_key)) AS employers FROM employer WHERE proper_key <> '' GROUP BY record_id
)
SELECT
    entry.*,
    array_to_string(given_words, ' ') AS givens, given AS forename, family AS surname,
    left(given, 1) AS given_initial, sound(given) AS given_sound, coalesce(nickname.name, given) AS nickname,
    birth_family_key AS birth_family,
    CASE WHEN length(birth_date) = 10 THEN replace(birth_date, '-', '') END AS birth_near,
    CASE WHEN length(birth_date) >= 7 THEN birth_date[1:4] || birth_date[6:7] END AS birth_month, length(birth_date) AS birth_length,
    CASE WHEN length(birth_date) = 10 THEN birth_date[1:4] || birth_date[9:10] || birth_date[6:7] END AS birth_swapped,
    list_sort(list_distinct(string_split(address, ' '))) AS address_words,
    emails[1] AS email, mailbox_name, CASE WHEN mailbox_name IS NULL THEN split_part(emails[1], '@', 1) END AS mailbox, split_part(phones[1], 'x', 1) AS phone,
    coalesce(worked.employers, []) AS employers
FROM entry
LEFT JOIN nickname ON nickname.form = entry.given
LEFT JOIN worked USING (record_id)
LEFT JOIN addressed USING (record_id)
