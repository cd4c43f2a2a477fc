-- Person records that stand in private address books alone, with those who may see them. From: contact.
SELECT person AS record_id, list_sort(list(DISTINCT owner)) AS only_for
FROM contact
GROUP BY person
HAVING bool_and(visibility = 'private')
