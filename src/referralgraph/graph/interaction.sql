-- Interactions from the owner to the person. From: interaction, person_link, team_member.
SELECT
    team_member.person AS "from", 'p-' || substr(person_link.root, 2) AS "to",
    interaction.record_id, interaction.person AS person_record, owner, visibility, kind, date,
    interaction.source, interaction.source_key, interaction.file, interaction.line,
    strftime(interaction.retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, interaction.licence
FROM interaction
JOIN person_link ON person_link.record_id = interaction.person
JOIN team_member ON team_member.name = interaction.owner
