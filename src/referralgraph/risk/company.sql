-- What a company is, as far as it was so from the beginning: form, state, place, name; the first day on which a dated row
-- shows it, and the last on which somebody looked whether anything had happened to it. Status and liquidators are left out: they
-- would tell what is to be foreseen. From: organisation (entities), organisation_record, mandate, shareholding, event,
-- organisation_link.
WITH shown AS (
    SELECT organisation, since, until FROM mandate WHERE role <> 'liquidator'
    UNION ALL
    SELECT organisation, since, until FROM shareholding
),
first_shown AS (
    SELECT 'o-' || substr(organisation_link.root, 2) AS id,
        min(day_number(coalesce(first_day(since), last_day(until)))) AS known_day
    FROM shown
    JOIN organisation_link ON organisation_link.record_id = shown.organisation
    WHERE since IS NOT NULL OR until IS NOT NULL
    GROUP BY ALL
),
-- A register tells of each company what had happened to it by the day on which its entry was fetched, and entries are fetched
-- years apart. A list of events, by a source that knows nobody's seats, tells of all companies up to its last day. Of both the earlier
-- day counts: after it one of them may have missed something.
register AS (
    SELECT source FROM event
    INTERSECT
    SELECT source FROM (SELECT source FROM mandate UNION ALL SELECT source FROM shareholding)
),
list AS (
    SELECT max(event.retrieved_at) AS retrieved_at FROM event ANTI JOIN register USING (source)
),
looked AS (
    SELECT 'o-' || substr(organisation_link.root, 2) AS id, max(organisation_record.retrieved_at) AS retrieved_at
    FROM organisation_record
    JOIN organisation_link ON organisation_link.record_id = organisation_record.record_id
    WHERE organisation_record.source IN (SELECT source FROM register)
    GROUP BY ALL
),
named AS (
    SELECT
        id, kind, legal_form, identifier, register_number,
        upper(coalesce(regexp_extract(register_number, '^([A-Za-z]+)', 1), '')) AS section,
        fold(name) AS folded,
        CASE WHEN address IS NOT NULL THEN fold(address) END AS address_key
    FROM organisation
)
SELECT
    named.id,
    coalesce(legal_form, CASE WHEN section IN ('HRA', 'HRB') THEN section END, '') AS form,
    -- the first letter of a German court's number is its state (XJustiz)
    CASE WHEN regexp_matches(identifier, '^[A-Z]\d{4}[A-Z]?_') THEN left(identifier, 1) ELSE '' END AS state,
    -- these name officers only when they are wound up, or aren't companies
    kind <> 'company' OR section IN ('VR', 'PR', 'GNR') OR coalesce(legal_form IN ('PartG', 'eG', 'e.V.'), false) AS excluded,
    nullif(regexp_extract(folded, '^([^ ]{4,})', 1), '') AS stem,
    nullif(address_key, '') AS address,
    first_shown.known_day,
    -- least() of DuckDB leaves out what is NULL
    day_number(CAST(least(looked.retrieved_at, list.retrieved_at) AS DATE)) AS seen_day
FROM named
CROSS JOIN list
LEFT JOIN looked ON looked.id = named.id
LEFT JOIN first_shown ON first_shown.id = named.id
ORDER BY named.id
