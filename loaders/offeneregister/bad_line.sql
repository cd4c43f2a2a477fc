-- Lines that can't be used or not as a whole, with the reason. From: company, before the unusable ones are taken out.
SELECT
    line,
    CASE
        WHEN NOT readable THEN 'broken JSON line'
        WHEN company_number IS NULL THEN 'company without company_number'
        WHEN name IS NULL THEN 'company without name'
        ELSE 'officers are no list of objects (a later format?); the company itself is taken'
    END AS reason
FROM company
WHERE NOT readable OR company_number IS NULL OR name IS NULL OR other_officers
ORDER BY line
