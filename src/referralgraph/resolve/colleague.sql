-- Everyone with a seat in an organisation, once a family name of his (as it is or as it was at birth).
-- From: mandate, organisation_entity, person_key.
SELECT DISTINCT organisation_entity.entity, mandate.person AS record_id, unnest(list_distinct(
    person_key.family_words || person_key.birth_words || [person_key.family_key]
    || CASE WHEN len(person_key.family_words) = 0 THEN person_key.given_words ELSE [] END)) AS word
FROM mandate
JOIN organisation_entity ON organisation_entity.record_id = mandate.organisation
JOIN person_key ON person_key.record_id = mandate.person
WHERE mandate.role <> 'employee'
