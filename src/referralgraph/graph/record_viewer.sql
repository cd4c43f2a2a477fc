-- Person records that stand in private address books and diaries alone, with those who may see them.
-- From: contact, interaction.
SELECT person AS record_id, list_sort(list(DISTINCT owner)) AS only_for
FROM (
    SELECT person, owner, visibility FROM contact
    UNION ALL SELECT person, owner, visibility FROM interaction
)
GROUP BY person
HAVING bool_and(visibility = 'private')
