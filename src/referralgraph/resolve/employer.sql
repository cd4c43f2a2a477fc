-- Where somebody of an address book works, by the company's name without legal form. From: person_key, mandate, organisation_name.
SELECT DISTINCT mandate.person AS record_id, mandate.organisation AS employer, organisation_name.key
FROM mandate
JOIN organisation_name ON organisation_name.record_id = mandate.organisation
WHERE mandate.role = 'employee' AND mandate.person IS NOT NULL
