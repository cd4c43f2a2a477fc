-- People all of whose records stand in private address books, with those who may see them. From: record_viewer, person_link.
SELECT 'p-' || substr(person_link.root, 2) AS id, list_sort(list_distinct(flatten(list(record_viewer.only_for)))) AS only_for
FROM person_link
LEFT JOIN record_viewer ON record_viewer.record_id = person_link.record_id
GROUP BY person_link.root
HAVING bool_and(record_viewer.record_id IS NOT NULL)
