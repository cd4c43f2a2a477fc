-- What of a person can only be so or otherwise: two values of one topic are two people, as senior and
-- junior are. From: person_key, doubtful, person_board.
-- Birth dates of sources that mistype them often contradict nobody; they only weigh.
SELECT record_id, 'birth' AS topic, birth_date AS value FROM person_key
WHERE birth_date IS NOT NULL AND source NOT IN (SELECT source FROM doubtful)
UNION ALL
SELECT record_id, 'profile ' || split_part(profile, '/', 1), profile FROM person_key WHERE profile IS NOT NULL
UNION ALL
SELECT record_id, 'generation', generation FROM person_key WHERE generation IS NOT NULL
UNION ALL
SELECT record_id, 'board ' || record_id || ' ' || other, record_id FROM person_board
UNION ALL
SELECT other, 'board ' || record_id || ' ' || other, other FROM person_board
