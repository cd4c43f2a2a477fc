-- On which days one of our people met, called or mailed somebody: one row a day and kind, whatever number of mails or sources,
-- so that two calendars don't make two meetings. From: interaction, person_link, team_member.
-- A date of less than a day is the middle of what it may mean. What was only planned when its source was stated hasn't taken
-- place.
WITH dated AS (
    SELECT
        team_member.person AS owner_person,
        'p-' || substr(person_link.root, 2) AS person,
        interaction.owner, interaction.kind, interaction.visibility,
        day_number(first_day(interaction.date)) AS first_possible,
        day_number(last_day(interaction.date)) AS last_possible,
        day_number(CAST(interaction.retrieved_at AS DATE)) AS stated
    FROM interaction
    JOIN person_link ON person_link.record_id = interaction.person
    JOIN team_member ON team_member.name = interaction.owner
)
SELECT
    owner_person, person, owner, kind, bool_and(visibility = 'private') AS private,
    least(first_possible + CAST(floor((last_possible - first_possible) / 2E0) AS BIGINT), stated) AS day
FROM dated
WHERE owner_person <> person AND first_possible <= stated
GROUP BY ALL
