-- Contacts as ties between the owner and the person, one row an entry of an address book; the owner's own word wins over
-- any guess. From: contact, person_link, team_member, contact_base(kind, base), closeness_base(closeness, base).
SELECT
    team_member.person AS owner_person,
    'p-' || substr(person_link.root, 2) AS person,
    contact.owner,
    contact.visibility,
    coalesce(closeness_base.base, contact_base.base) AS base,
    closeness_base.base IS NOT NULL AS said,
    day_number(first_day(contact.since)) AS start_day,
    day_number(CAST(contact.retrieved_at AS DATE)) AS end_day
FROM contact
JOIN person_link ON person_link.record_id = contact.person
JOIN team_member ON team_member.name = contact.owner
LEFT JOIN contact_base ON contact_base.kind = contact.kind
LEFT JOIN closeness_base ON closeness_base.closeness = contact.closeness
