-- Officers that can't be used, with the reason. From: officer.
SELECT line, problem AS reason,
    concat_ws(' | ', company_number, role_as_written, name_as_written, 'start ' || start_as_written, 'end ' || end_as_written) AS text
FROM officer
WHERE problem IS NOT NULL
ORDER BY line, nth
