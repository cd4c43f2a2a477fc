-- Pairs that may be one person but aren't sure enough: somebody must decide. From: person_key, person_edge_place, person_cluster, setting.
WITH unsure AS (
    SELECT record_id, other, 'same_name_and_place' AS because, probability
    FROM person_edge_place, setting
    WHERE probability < setting.merge_threshold
),
married AS (
    SELECT wed.record_id, min(born.record_id) AS other, 'birth_name' AS because, 0.5E0 AS probability
    FROM person_key AS wed
    JOIN person_key AS born ON born.family_key = wed.birth_family_key AND born.first_given = wed.first_given AND born.place = wed.place
    WHERE wed.birth_family_key IS NOT NULL AND wed.birth_family_key <> wed.family_key
    GROUP BY wed.record_id
),
shortened AS (
    SELECT longer.record_id, min(shorter.record_id) AS other, 'middle_name_missing' AS because, 0.6E0 AS probability
    FROM person_key AS longer
    JOIN person_key AS shorter ON shorter.first_given = longer.first_given AND shorter.family_key = longer.family_key
        AND shorter.place = longer.place AND length(shorter.name_key) < length(longer.name_key)
    WHERE NOT longer.is_team AND NOT shorter.is_team
    GROUP BY longer.record_id
),
pair AS (
    SELECT * FROM unsure UNION ALL SELECT * FROM married UNION ALL SELECT * FROM shortened
)
SELECT pair.record_id, pair.other, pair.because, pair.probability
FROM pair
JOIN person_cluster AS a ON a.record_id = pair.record_id
JOIN person_cluster AS b ON b.record_id = pair.other
WHERE a.cluster <> b.cluster
