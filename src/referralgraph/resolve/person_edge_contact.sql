-- The same acquaintance in two lists: name and employer agree. From: person_key, employer, name_share.
WITH entry AS (
    SELECT
        person_key.record_id, person_key.name_key, person_key.given_words, person_key.family_words, person_key.profile, person_key.birth_date,
        person_key.first_given || ' ' || person_key.family_key || ' ' || employer.proper_key AS key,
        coalesce(given.share, 0.002E0) * coalesce(family.share, 0.0002E0) AS share
    FROM person_key
    JOIN employer USING (record_id)
    LEFT JOIN name_share AS given ON given.part = 'given' AND given.word = person_key.first_given
    LEFT JOIN name_share AS family ON family.part = 'family' AND family.word = person_key.family_key
    WHERE NOT person_key.is_team AND employer.proper_key <> ''
),
longest AS (
    SELECT key, first(given_words ORDER BY len(given_words) DESC, given_words) AS given_words
    FROM entry
    GROUP BY key
    HAVING count(DISTINCT record_id) > 1
),
-- Hans Peter and Hans are one; Hans Peter and Hans Georg are two, and then nobody knows whose Hans is.
together AS (
    SELECT entry.*, bool_and(list_has_all(longest.given_words, entry.given_words)) OVER (PARTITION BY key) AS alike
    FROM entry
    JOIN longest USING (key)
),
named AS (
    SELECT *, CASE WHEN alike THEN key ELSE key || ' ' || name_key END AS full_key FROM together
),
safe AS (
    SELECT full_key FROM named
    GROUP BY full_key
    HAVING count(DISTINCT profile) <= 1 AND count(DISTINCT birth_date) <= 1 AND count(DISTINCT record_id) > 1
)
SELECT record_id, min(record_id) OVER (PARTITION BY full_key) AS other,
    'same name and employer' AS because, 1.0E0 / (1.0E0 + 0.05E0 + 50.0E0 * share) AS probability, 'entry ' || full_key AS proof
FROM named JOIN safe USING (full_key)
