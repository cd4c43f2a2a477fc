-- What two organisation records must have in common to be compared: a key, and how many records at most may share it (most).
-- Two with numbers of one publisher are two, whatever else they share: they are never compared. From: organisation_blocked.
-- A key is kept as its hash: two that are one by chance only make a pair more to compare.
WITH keyed AS (
    SELECT record_id, ordinal, kind, coalesce(part_of, '') AS body, source, numbered, unnest([
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
    FROM organisation_blocked
)
SELECT ordinal, hash(kind, body, told[1], told[2]) AS key, CAST(100 AS USMALLINT) AS most,
    CASE WHEN numbered THEN hash('publisher', source) ELSE hash('record', record_id) END AS publisher
FROM keyed
WHERE told[2] IS NOT NULL
