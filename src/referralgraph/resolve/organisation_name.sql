-- Every name of every organisation record: letter by letter, and as people write it. From: organisation.
WITH named AS (
    SELECT record_id, name, false AS former FROM organisation
    UNION
    SELECT record_id, former_name, true FROM (SELECT record_id, unnest(previous_names) AS former_name FROM organisation) WHERE former_name IS NOT NULL
),
written AS (
    -- each spelling is taken apart once, however many records have it
    SELECT name, fold(name) AS folded FROM (SELECT DISTINCT name FROM named)
),
worded AS (
    SELECT *, without_digraphs(folded) AS as_one, company_words_of(folded) AS all_words FROM written
),
parted AS (
    SELECT *, list_filter(all_words, lambda each: NOT is_group_word(each)) AS proper_words FROM worded
)
SELECT
    record_id, folded, former,
    CASE WHEN len(all_words) = 0 THEN as_one ELSE array_to_string(all_words, '') END AS key,
    CASE WHEN len(proper_words) = 0 THEN as_one ELSE array_to_string(proper_words, '') END AS proper_key,
    list_distinct(CASE WHEN len(proper_words) = 0 THEN all_words ELSE proper_words END) AS words
FROM named
JOIN parted USING (name)
