-- Pairs that the model weighs high enough to be looked at. From: person_weight, person_feature, known_source, person_slip,
-- setting.
-- An address book's entry meets one adult in thirty in a register, and a place says nothing about whoever names an employer: a
-- namesake of the same town may work elsewhere. A name alone is never enough. What name and place alone say, the rules know
-- better: there the pair is possible at most, except within sources that showed the model how their duplicates look; those with
-- names and places alone only showed what a slip looks like. Clearly different given names are possible at most, unless such
-- sources or a number or profile of one's own say more.
WITH pair AS (
    SELECT
        person_weight.* REPLACE (probability / (probability + coalesce(slip.against, 1.0E0) * (1.0E0 - probability)) AS probability),
        l.source IN (SELECT source FROM known_source WHERE NOT by_names) AND r.source IN (SELECT source FROM known_source WHERE NOT by_names)
            OR slip.other IS NOT NULL AS known,
        l.is_contact <> r.is_contact AS mixed,
        l.is_contact <> r.is_contact AND ((l.is_contact AND l.is_employee) OR (r.is_contact AND r.is_employee)) AS elsewhere
    FROM person_weight
    JOIN person_feature AS l ON l.record_id = person_weight.record_id
    JOIN person_feature AS r ON r.record_id = person_weight.other
    LEFT JOIN person_slip AS slip ON slip.record_id = person_weight.record_id AND slip.other = person_weight.other
    WHERE person_weight.evident AND person_weight.probability >= 0.01E0
),
weighed AS (
    SELECT *,
        least(CASE WHEN known OR apart_from_place AND NOT of_another_name THEN 1.0E0 ELSE 0.75E0 END,
            CASE WHEN mixed THEN probability / (probability + 30.0E0 * (1.0E0 - probability)) ELSE probability END) AS chance
    FROM pair
)
SELECT
    record_id, other,
    CASE WHEN chance >= 0.999999E0 THEN 'weighed 0.999999' WHEN chance >= 0.9999E0 THEN 'weighed 0.9999'
        WHEN chance >= 0.99E0 THEN 'weighed 0.99' WHEN chance >= 0.9E0 THEN 'weighed 0.9' ELSE 'weighed' END AS band,
    'evidence weighed' AS because,
    least(chance, 0.9999E0) AS probability,
    'pair ' || record_id || ' ' || other AS proof
FROM weighed, setting
WHERE chance >= setting.possible_threshold AND (personal OR NOT elsewhere)
