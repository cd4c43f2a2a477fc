-- Records of people who are linked to organisations, with the record by which each was recognised. From: person_link.
SELECT record_id, link_to, probability, proof
FROM person_link
WHERE root IN (SELECT root FROM person_link JOIN seat_record ON seat_record.record = person_link.record_id)
ORDER BY record_id
