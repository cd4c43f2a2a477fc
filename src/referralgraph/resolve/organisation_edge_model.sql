-- Pairs of organisations that the model weighs high enough to be looked at. From: organisation_weight, setting.
SELECT
    record_id, other,
    CASE WHEN probability >= 0.999999E0 THEN 'weighed 0.999999' WHEN probability >= 0.9999E0 THEN 'weighed 0.9999'
        WHEN probability >= 0.99E0 THEN 'weighed 0.99' WHEN probability >= 0.9E0 THEN 'weighed 0.9' ELSE 'weighed' END AS band,
    'evidence weighed' AS because,
    least(probability, 0.9999E0) AS probability,
    'pair ' || record_id || ' ' || other AS proof
FROM organisation_weight, setting
WHERE evident AND probability >= setting.possible_threshold
