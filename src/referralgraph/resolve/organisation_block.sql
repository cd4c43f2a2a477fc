-- What two organisation records must have in common to be compared: a key, and how many records may share it.
-- Two with numbers of one publisher are two, whatever else they share: they are never compared. From: organisation_feature,
-- organisation_size.
WITH keyed AS (
    SELECT record_id, kind, coalesce(part_of, '') AS body, source, numbered, unnest([
        ['name', name_key],
        ['words', word_key],
        ['beginning, place', left(name_key, 5) || '|' || place],
        ['beginning, postcode', left(name_key, 3) || '|' || postcode],
        ['word, place', first_word || '|' || place],
        ['street address', address || '|' || coalesce(postcode, place)],
        ['website', website],
        ['number', number],
        ['LEI', lei]
    ]) AS told
    FROM organisation_feature
),
plain AS (
    SELECT DISTINCT record_id, source, numbered, kind || ' ' || body || ' ' || told[1] || ' ' || told[2] AS key FROM keyed WHERE told[2] IS NOT NULL
),
sized AS (
    SELECT *, count(*) OVER (PARTITION BY key) AS records,
        count(*) FILTER (WHERE NOT numbered) OVER (PARTITION BY key) AS unnumbered,
        min(source) OVER (PARTITION BY key) <> max(source) OVER (PARTITION BY key) AS mixed
    FROM plain
)
SELECT record_id, key, CASE WHEN numbered THEN source ELSE record_id END AS publisher FROM sized
WHERE records BETWEEN 2 AND 100 AND (unnumbered > 0 OR mixed)
