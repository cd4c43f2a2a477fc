-- Pairs that may be one person but aren't sure enough: somebody must decide.
-- From: person_key, person_edge_place, person_edge_employer, person_edge_team, refused, person_cluster,
-- person_edge_model, judged_apart, setting.
-- Pairs of whole groups (one name in one place) are told once, by their first records.
WITH unsure AS (
    SELECT record_id, other, 'same_name_and_place' AS because, probability
    FROM person_edge_place, setting
    WHERE probability < CASE because WHEN 'same name and place' THEN setting.place_threshold ELSE setting.merge_threshold END
        AND probability >= setting.possible_threshold
),
contact AS (
    SELECT record_id, other,
        CASE WHEN candidates > 1 THEN 'several_candidates' WHEN NOT told THEN 'employer_alike' ELSE 'same_name_and_employer' END AS because,
        probability
    FROM person_edge_employer
),
refusal AS (
    SELECT record_id, other, 'contradiction' AS because, least(probability, 0.5E0) AS probability FROM refused
),
team AS (
    SELECT record_id, other, 'several_candidates' AS because, 0.5E0 AS probability FROM person_edge_team WHERE candidates > 1
),
place AS (
    SELECT
        name_key, first_given, family_key, birth_family_key, place, is_employee, generation,
        len(given_words) AS givens, min(record_id) AS record_id
    FROM person_key
    WHERE place IS NOT NULL AND NOT is_team
    GROUP BY ALL
),
elsewhere AS (
    -- an acquaintance with an employer, and his namesake in the same town
    SELECT known.record_id, officer.record_id AS other, 'same_name_and_place' AS because, 0.5E0 AS probability
    FROM place AS known
    JOIN place AS officer USING (name_key, place)
    WHERE known.is_employee AND NOT officer.is_employee
),
married AS (
    SELECT wed.record_id, born.record_id AS other, 'birth_name' AS because, 0.5E0 AS probability
    FROM place AS wed
    JOIN place AS born ON born.family_key = wed.birth_family_key AND born.first_given = wed.first_given AND born.place = wed.place
    WHERE wed.birth_family_key <> wed.family_key
),
shortened AS (
    SELECT longer.record_id, shorter.record_id AS other, 'middle_name_missing' AS because, 0.6E0 AS probability
    FROM place AS longer
    JOIN place AS shorter ON shorter.first_given = longer.first_given AND shorter.family_key = longer.family_key AND shorter.place = longer.place
        AND shorter.givens < longer.givens
    WHERE shorter.givens = 1
),
marked AS (
    -- sen. and jun. of one town
    SELECT elder.record_id, younger.record_id AS other, 'contradiction' AS because, 0.5E0 AS probability
    FROM place AS elder
    JOIN place AS younger ON younger.name_key = replace(elder.name_key, ' senior', ' junior') AND younger.place = elder.place
    WHERE elder.generation = 'senior' AND younger.generation = 'junior'
),
pair AS (
    SELECT * FROM unsure
    UNION ALL SELECT * FROM contact
    UNION ALL SELECT * FROM team
    UNION ALL SELECT * FROM refusal
    UNION ALL SELECT * FROM elsewhere
    UNION ALL SELECT * FROM married
    UNION ALL SELECT * FROM shortened
    UNION ALL SELECT * FROM marked
),
decided AS (
    SELECT a.cluster AS one, b.cluster AS other FROM judged_apart
    JOIN person_cluster AS a ON a.record_id = judged_apart.record_id
    JOIN person_cluster AS b ON b.record_id = judged_apart.other
    UNION ALL
    SELECT b.cluster, a.cluster FROM judged_apart
    JOIN person_cluster AS a ON a.record_id = judged_apart.record_id
    JOIN person_cluster AS b ON b.record_id = judged_apart.other
),
waits AS (
    SELECT pair.record_id, pair.other, a.cluster AS one, b.cluster AS another,
        arg_max(pair.because, (pair.because = 'contradiction', pair.probability, pair.because)) AS because, max(pair.probability) AS probability
    FROM pair
    JOIN person_cluster AS a ON a.record_id = pair.record_id
    JOIN person_cluster AS b ON b.record_id = pair.other
    WHERE a.cluster <> b.cluster
    GROUP BY ALL
),
-- what the model alone finds is told once for two people, by their likeliest records
weighed AS (
    SELECT record_id, other, a.cluster AS one, b.cluster AS another, 'evidence_weighed' AS because, probability
    FROM person_edge_model
    JOIN person_cluster AS a USING (record_id)
    JOIN person_cluster AS b ON b.record_id = person_edge_model.other
    WHERE a.cluster <> b.cluster
    QUALIFY row_number() OVER (PARTITION BY least(a.cluster, b.cluster), greatest(a.cluster, b.cluster)
        ORDER BY probability DESC, record_id, person_edge_model.other) = 1
),
told AS (
    SELECT * FROM waits
    UNION ALL
    SELECT * FROM weighed WHERE (one, another) NOT IN (SELECT (one, another) FROM waits UNION ALL SELECT (another, one) FROM waits)
)
SELECT record_id, other, because, probability FROM told
-- nobody is asked twice
WHERE (one, another) NOT IN (SELECT (one, other) FROM decided)
