-- Every name of every organisation record, as people write it and without legal form. From: organisation.
SELECT record_id, fold(name) AS folded, organisation_key(name) AS key, false AS former
FROM organisation
UNION
SELECT record_id, fold(former_name) AS folded, organisation_key(former_name) AS key, true AS former
FROM (SELECT record_id, unnest(previous_names) AS former_name FROM organisation)
WHERE former_name IS NOT NULL
