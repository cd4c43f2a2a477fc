-- Lines that can't be used, with the reason. From: raw_line, company.
SELECT line, 'broken JSON line' AS reason FROM raw_line WHERE NOT coalesce(valid, false)
UNION ALL
SELECT line, 'company without company_number' FROM company WHERE company_number IS NULL
UNION ALL
SELECT line, 'company without name' FROM company WHERE company_number IS NOT NULL AND coalesce(name, '') = ''
ORDER BY line, reason
