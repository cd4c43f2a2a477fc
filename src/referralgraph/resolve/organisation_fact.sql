-- What of an organisation can only be so or otherwise. From: organisation.
SELECT record_id, 'identifier of ' || source AS topic, identifier AS value FROM organisation WHERE identifier IS NOT NULL
UNION ALL
SELECT record_id, 'LEI', upper(trim(lei)) FROM organisation WHERE lei IS NOT NULL
