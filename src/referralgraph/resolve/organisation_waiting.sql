-- Pairs of organisations that may be one but aren't sure enough. From: organisation_edge_model, organisation_refused,
-- organisation_link.
WITH pair AS (
    SELECT record_id, other, 'evidence_weighed' AS because, probability FROM organisation_edge_model
    UNION ALL SELECT record_id, other, 'contradiction', least(probability, 0.5E0) FROM organisation_refused
)
SELECT pair.record_id, pair.other, arg_max(pair.because, (pair.because = 'contradiction', pair.probability)) AS because, max(pair.probability) AS probability
FROM pair
JOIN organisation_link AS a ON a.record_id = pair.record_id
JOIN organisation_link AS b ON b.record_id = pair.other
WHERE a.root <> b.root
GROUP BY pair.record_id, pair.other
