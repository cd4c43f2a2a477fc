-- What of a person can only be so or otherwise: two values of one topic are two people. From: person_key.
SELECT record_id, 'birth year' AS topic, left(birth_date, 4) AS value FROM person_key WHERE birth_date IS NOT NULL
UNION ALL
SELECT record_id, 'birth month', left(birth_date, 7) FROM person_key WHERE length(birth_date) >= 7
UNION ALL
SELECT record_id, 'birth day', birth_date FROM person_key WHERE length(birth_date) = 10
UNION ALL
SELECT record_id, 'profile ' || split_part(profile, '/', 1), profile FROM person_key WHERE profile IS NOT NULL
