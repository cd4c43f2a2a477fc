-- Which organisations answer to an employer as people write it, and how well.
-- From: employer, employer_candidate, organisation, organisation_entity, organisation_word_count.
-- Levels: 1 letter by letter, or the website of a mailbox; 2 without legal form; 3 words like Gruppe or the company's place added or left out;
-- 4 all words of the employer stand in the company's name (a name cut short); 5 the company's in the employer's;
-- 6 as 4, but all words are common ones: found by the name of somebody who sits there, so nobody counted who else answers.
-- Bearing: so many organisations have the rarest of the words in common.
WITH town AS (
    SELECT organisation_entity.entity, list_distinct(flatten(list(name_words(organisation.city)))) AS words
    FROM organisation
    JOIN organisation_entity USING (record_id)
    WHERE organisation.city IS NOT NULL AND organisation_entity.entity IN (SELECT entity FROM employer_candidate WHERE level IS NULL)
    GROUP BY organisation_entity.entity
),
levelled AS (
    SELECT candidate.folded, candidate.entity,
        CASE WHEN candidate.level IS NULL THEN list_sort(list_intersect(candidate.words, candidate.their_words || coalesce(town.words, []))) ELSE candidate.words END AS matched,
        CASE
            WHEN candidate.level IS NOT NULL THEN candidate.level
            WHEN list_has_all(candidate.their_words, candidate.words) THEN CASE WHEN candidate.by_name THEN 6 ELSE 4 END
            WHEN list_has_all(list_concat(candidate.their_words, coalesce(town.words, [])), candidate.words)
                AND list_has_all(candidate.words, candidate.their_words) THEN 3
            WHEN list_has_all(candidate.words, candidate.their_words) THEN 5
        END AS level
    FROM employer_candidate AS candidate
    LEFT JOIN town USING (entity)
),
best AS (
    SELECT folded, entity, min(level) AS level, arg_min(matched, (level, matched)) AS matched FROM levelled WHERE level IS NOT NULL GROUP BY folded, entity
),
common AS (
    SELECT folded, entity, min(organisations) AS bearing
    FROM (SELECT folded, entity, unnest(matched) AS word FROM best)
    JOIN organisation_word_count USING (word)
    GROUP BY folded, entity
)
SELECT
    folded, entity, level, matched, coalesce(common.bearing, 1) AS bearing,
    count(*) FILTER (WHERE level <= 3) OVER (PARTITION BY folded) AS answering,
    count(*) FILTER (WHERE level <= 4) OVER (PARTITION BY folded) AS containing
FROM best
LEFT JOIN common USING (folded, entity)
