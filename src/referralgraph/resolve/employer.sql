-- Where somebody works by his own word, by the company's name as he writes it. From: mandate, organisation_name.
SELECT DISTINCT
    mandate.person AS record_id, organisation_name.folded, organisation_name.key, organisation_name.proper_key,
    list_sort(organisation_name.words) AS words
FROM mandate
JOIN organisation_name ON organisation_name.record_id = mandate.organisation
WHERE mandate.role = 'employee' AND mandate.person IS NOT NULL
