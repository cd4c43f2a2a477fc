-- What two organisation records must have in common to be compared: a key, and how many records may share it.
-- Two with numbers of one publisher are two, whatever else they share: they are never compared. From: organisation_feature.
-- A key is kept as its hash: two that are one by chance only make a pair more to compare.
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
hashed AS (
    SELECT record_id, source, numbered, hash(kind, body, told[1], told[2]) AS key FROM keyed WHERE told[2] IS NOT NULL
),
shared AS (
    SELECT key FROM hashed
    GROUP BY key
    HAVING count(*) BETWEEN 2 AND 100 AND (count(*) FILTER (WHERE NOT numbered) > 0 OR min(source) <> max(source))
)
SELECT record_id, key, CASE WHEN numbered THEN source ELSE record_id END AS publisher FROM hashed SEMI JOIN shared USING (key)
