-- The domain of an organisation's website, with the words of all its names. From: organisation, organisation_entity, organisation_name,
-- organisation_total.
-- Nobody's is a domain that three organisations or more have whose names have nothing in common with it (anybody may have a site there),
-- and one that more have than may answer to a name cut short. Those of mail providers are left out with the mailboxes.
WITH site AS (
    SELECT DISTINCT organisation_entity.entity, own_domain(regexp_replace(web_host(organisation.website), '(:[0-9]*|\.)+$', '')) AS domain
    FROM organisation
    JOIN organisation_entity USING (record_id)
    WHERE web_host(organisation.website) LIKE '%_.__%'
),
called AS (
    SELECT site.entity, site.domain, list_sort(list_distinct(flatten(list(organisation_name.words)))) AS words,
        bool_or(list_has_any(organisation_name.words, domain_words(site.domain)) OR starts_with(array_to_string(domain_words(site.domain), ''), organisation_name.proper_key)
            OR starts_with(organisation_name.proper_key, array_to_string(domain_words(site.domain), ''))) AS alike
    FROM site
    JOIN organisation_entity USING (entity)
    JOIN organisation_name USING (record_id)
    GROUP BY site.entity, site.domain
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY domain) AS organisations, count(*) FILTER (WHERE NOT alike) OVER (PARTITION BY domain) AS strange
    FROM called
)
SELECT domain, entity, words
FROM counted, organisation_total
WHERE strange < 3 AND counted.organisations <= organisation_total.few
