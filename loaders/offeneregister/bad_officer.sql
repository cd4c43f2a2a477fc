-- Officers that can't be used, with the reason. From: officer.
SELECT line, 'officer without name' AS reason, concat_ws(' | ', company_number, role_as_written) AS text
FROM officer WHERE coalesce(name_as_written, '') = ''
UNION ALL
SELECT line, 'officer with a start_date that is no date: ' || start_date, concat_ws(' | ', company_number, role_as_written, name_as_written)
FROM officer WHERE start_date IS NOT NULL AND TRY_CAST(start_date AS DATE) IS NULL
UNION ALL
SELECT line, 'officer with an end_date that is no date: ' || end_date, concat_ws(' | ', company_number, role_as_written, name_as_written)
FROM officer WHERE end_date IS NOT NULL AND TRY_CAST(end_date AS DATE) IS NULL
ORDER BY line, reason, text
