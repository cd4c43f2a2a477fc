-- Officer events with what tells one seat from another: a person by name and place, a company by court and number, or by
-- name and place. From: officer, firm.
WITH joined AS (
    SELECT
        officer.*,
        coalesce(firm.name, person_name) AS name,
        firm.legal_form AS legal_form,
        CASE WHEN is_organisation THEN firm.city ELSE officer.city END AS told_city,
        firm.register_court AS told_court,
        firm.register_number AS told_number
    FROM officer
    LEFT JOIN firm USING (line, nth)
    WHERE problem IS NULL
),
-- an end is often announced without the place or the number: then they are those of the only namesake in the company
completed AS (
    SELECT
        * EXCLUDE (city),
        coalesce(told_city, CASE WHEN count(DISTINCT told_city) OVER namesake = 1 THEN min(told_city) OVER namesake END) AS city,
        CASE WHEN told_number IS NOT NULL THEN told_court
            WHEN count(DISTINCT told_number) OVER namesake = 1 THEN min(told_court) OVER namesake END AS register_court,
        coalesce(told_number, CASE WHEN count(DISTINCT told_number) OVER namesake = 1 THEN min(told_number) OVER namesake END) AS register_number
    FROM joined
    WINDOW namesake AS (PARTITION BY line, is_organisation, name)
)
SELECT
    *,
    coalesce(register_court || ' ' || register_number, name) AS known_as,
    CASE WHEN register_court IS NULL OR register_number IS NULL THEN coalesce(city, '') ELSE '' END AS place
FROM completed
