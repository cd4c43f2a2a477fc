-- Organisations that control organisations: more than half of the shares at least, a profit-transfer agreement, or the general
-- partner. Those of itself are for the reader to leave out: an inequality here would make the database join by it.
-- From: shareholding, mandate, organisation_link.
WITH held AS (
    SELECT holder_organisation, organisation, since, until, retrieved_at
    FROM shareholding
    WHERE holder_organisation IS NOT NULL AND (share_minimum > 50 OR kind = 'profit_transfer')
    UNION ALL
    SELECT holder_organisation, organisation, since, until, retrieved_at
    FROM mandate
    WHERE holder_organisation IS NOT NULL AND role = 'general_partner'
)
SELECT DISTINCT
    'o-' || substr(holder_link.root, 2) AS holder,
    'o-' || substr(organisation_link.root, 2) AS organisation,
    day_number(coalesce(first_day(since), last_day(until), CAST(retrieved_at AS DATE))) AS known_day,
    day_number(CASE WHEN last_day(until) <= CAST(retrieved_at AS DATE) THEN last_day(until) END) AS left_day
FROM held
JOIN organisation_link AS holder_link ON holder_link.record_id = held.holder_organisation
JOIN organisation_link ON organisation_link.record_id = held.organisation
ORDER BY holder, organisation, known_day, left_day NULLS LAST
