-- Contacts from the owner to the person. From: contact, person_link, team_member, person_record.
SELECT
    team_member.person AS "from", 'p-' || substr(person_link.root, 2) AS "to",
    contact.record_id, contact.person AS person_record, owner, visibility, kind, since, closeness, person_record.name_as_written,
    contact.source, contact.source_key, contact.file, contact.line,
    strftime(contact.retrieved_at, '%Y-%m-%dT%H:%M:%S') AS retrieved_at, contact.licence
FROM contact
JOIN person_link ON person_link.record_id = contact.person
JOIN team_member ON team_member.name = contact.owner
JOIN person_record ON person_record.record_id = contact.person
