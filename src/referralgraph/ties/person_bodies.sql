-- In how many bodies each person was, counting those too large for ties. From: spell.
SELECT person, count(DISTINCT organisation) AS bodies FROM spell GROUP BY person
