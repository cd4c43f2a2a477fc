-- Where a contact works by the domain of his mailbox: mara@weisshaar-logistik.example. From: person, person_key, employer,
-- organisation_name, organisation_domain, mail_provider.
-- A domain that ships as a provider's is nobody's employer, and neither is one under which people of three employers or more
-- write whose names have nothing in common with it, nor with whose website it is.
WITH domain AS (
    SELECT DISTINCT record_id, own_domain(split_part(mail_address(email), '@', 2)) AS domain
    FROM (SELECT record_id, unnest(emails) AS email FROM person)
    SEMI JOIN (SELECT record_id FROM person_key WHERE is_contact OR is_employee) AS acquaintance USING (record_id)
    WHERE mail_address(email) LIKE '%_@_%.__%'
),
worded AS (
    SELECT domain, all_words, list_filter(CASE
        -- kronwaldgroup is Kronwald
        WHEN len(all_words) = 1 THEN [regexp_replace(all_words[1], '(.{3})(firmengruppe|unternehmensgruppe|gruppe|group|holding|deutschland|germany|gmbh)$', '\1')]
        ELSE all_words END, lambda each: NOT is_group_word(each)) AS proper_words
    FROM (SELECT DISTINCT domain, domain_words(domain) AS all_words FROM domain)
),
named AS (
    SELECT domain, array_to_string(all_words, '') AS key, list_distinct(CASE WHEN len(proper_words) = 0 THEN all_words ELSE proper_words END) AS words,
        array_to_string(CASE WHEN len(proper_words) = 0 THEN all_words ELSE proper_words END, '') AS proper_key
    FROM worded
    WHERE len(all_words) > 0
),
shared AS (
    SELECT domain
    FROM domain
    JOIN named USING (domain)
    JOIN employer USING (record_id)
    LEFT JOIN (SELECT domain, flatten(list(words)) AS words FROM organisation_domain GROUP BY domain) AS site USING (domain)
    WHERE NOT (list_has_any(named.words || coalesce(site.words, []), employer.words) OR starts_with(named.proper_key, employer.proper_key) OR starts_with(employer.proper_key, named.proper_key))
    GROUP BY domain
    HAVING count(DISTINCT employer.proper_key) >= 3
)
SELECT domain.record_id, '@' || domain AS folded, named.key, named.proper_key, list_sort(named.words) AS words
FROM domain
JOIN named USING (domain)
WHERE domain NOT IN (FROM mail_provider) AND domain NOT IN (FROM shared)
