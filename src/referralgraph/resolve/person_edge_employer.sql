-- Somebody meets the person of his name who has a seat in the company he works at.
-- From: person_key, employer, mail_employer, employer_answer, colleague, name_share, organisation_total, person_cluster, namesake_group, nickname,
-- organisation, organisation_entity.
--
-- Chance that they are one person: 1 / (1 + expected others). Others who fit: in each of the companies that answer to
-- the employer's name 50 people who might be called so, and, if the company bears the family's name, three relatives
-- who might have the given name. On top a fixed doubt for each liberty taken with name or company.
--
-- Where the employer's name alone doesn't tell which company is meant, a rare name does: of the adults who bear it (thirty times the
-- register's people x share of the given x share of the family name, each as common as it may still be after what was seen), so many
-- are expected at a company that answers by chance. At most one in twenty: then it is told all the same.
-- Two given names together are as common as they are, but not rarer than a fifth of the first: sons get their father's names.
WITH asked AS (
    SELECT
        person_key.*, employer.folded, employer.by_mail, employer_answer.entity, employer_answer.level, employer_answer.answering, employer_answer.containing,
        employer_answer.matched, employer_answer.bearing,
        list_filter(employer_answer.matched, lambda each: NOT list_contains(
            person_key.given_words || person_key.family_words || person_key.birth_words || [person_key.family_key, person_key.name_key], each)) AS telling,
        list_has_any(employer_answer.matched, person_key.given_words) AS own_given,
        list_has_any(employer_answer.matched, person_key.family_words || person_key.birth_words || [person_key.name_key]) AS own_firm
    FROM (SELECT record_id, folded, false AS by_mail FROM employer UNION ALL SELECT record_id, folded, true FROM mail_employer) AS employer
    JOIN person_key USING (record_id)
    JOIN employer_answer USING (folded)
),
towns AS (
    SELECT organisation_entity.entity, list_distinct(list(fold(organisation.city))) AS places
    FROM organisation
    JOIN organisation_entity USING (record_id)
    WHERE organisation.city IS NOT NULL AND organisation_entity.entity IN (SELECT entity FROM employer_answer)
    GROUP BY organisation_entity.entity
),
-- family and given name are sometimes filled in the wrong way round
worded AS (
    SELECT *, unnest(list_distinct(family_words || given_words || birth_words || [family_key])) AS word FROM asked
),
pair AS (
    SELECT DISTINCT
        worded.record_id, worded.folded, worded.by_mail, worded.entity, worded.level, worded.answering, worded.containing, worded.matched, worded.bearing, worded.telling, worded.own_given, worded.own_firm,
        worded.name_key, worded.first_given, worded.given_words, worded.family_words, worded.family_key, worded.birth_words, worded.place,
        officer.record_id AS other, person_cluster.cluster,
        officer.name_key AS their_name_key, officer.given_words AS their_given, officer.family_words AS their_family,
        officer.family_key AS their_family_key, officer.birth_words AS their_birth, officer.place AS their_place
    FROM worded
    JOIN colleague ON colleague.entity = worded.entity AND colleague.word = worded.word AND colleague.record_id <> worded.record_id
    JOIN person_key AS officer ON officer.record_id = colleague.record_id AND NOT officer.is_team
    JOIN person_cluster ON person_cluster.record_id = officer.record_id
),
compared AS (
    SELECT *,
        list_transform(given_words || CASE WHEN len(given_words) > 1 THEN [given_words[1] || given_words[2]] ELSE [] END, lambda each: sound(each)) AS given_sounds,
        list_transform(their_given || CASE WHEN len(their_given) > 1 THEN [their_given[1] || their_given[2]] ELSE [] END, lambda each: sound(each)) AS their_sounds,
        -- 'Monika K.' is Monika Katarzyna, but not Monika Anna
        list_transform(list_filter(given_words, lambda each: length(each) > 1), lambda each: sound(each)) AS plain_sounds,
        list_transform(list_filter(their_given, lambda each: length(each) > 1), lambda each: sound(each)) AS their_plain,
        (len(their_given) <= 1 OR list_has_all(list_transform(their_given, lambda each: each[1]), list_filter(given_words, lambda each: length(each) = 1)))
            AND (len(given_words) <= 1 OR list_has_all(list_transform(given_words, lambda each: each[1]), list_filter(their_given, lambda each: length(each) = 1)))
            AS initials_fit
    FROM pair
),
-- a form is also a name: Josef is Josef and Sepp
short_form AS (
    SELECT form, name FROM nickname UNION SELECT name, name FROM nickname WHERE name NOT IN (SELECT form FROM nickname)
),
judged AS (
    SELECT compared.*,
        name_key = their_name_key OR list_sort(given_words || family_words) = list_sort(their_given || their_family) AS whole,
        family_key = their_family_key OR (len(family_words) > 1 AND list_sort(family_words) = list_sort(their_family)) AS same_family,
        len(family_words) > 0 AND len(their_family) > 0
            AND (list_has_all(their_family, family_words) OR list_has_all(family_words, their_family)) AS part_of_family,
        (len(their_birth) > 0 AND list_has_any(family_words, their_birth)) OR (len(birth_words) > 0 AND list_has_any(birth_words, their_family)) AS born_so,
        len(plain_sounds) > 0 AND len(their_plain) > 0 AND initials_fit
            AND (list_has_all(their_sounds, plain_sounds) OR list_has_all(given_sounds, their_plain)) AS same_given,
        -- 'H.-J.' or 'T' for a given name, never against a different full one
        len(given_words) > 0 AND len(their_given) > 0 AND (length(given_words[1]) = 1 OR length(their_given[1]) = 1)
            AND given_words[1][1] = their_given[1][1] AS same_initial,
        list_has_any(matched, their_given) AND list_has_any(matched, their_family) AS named_so,
        initials_fit AND first_given <> their_given[1] AND mine.name = theirs.name AS same_short_form
    FROM compared
    LEFT JOIN short_form AS mine ON mine.form = compared.first_given
    LEFT JOIN short_form AS theirs ON theirs.form = compared.their_given[1]
),
levelled AS (
    SELECT *,
        CASE
            WHEN whole THEN 1
            WHEN same_family AND same_given THEN 2
            WHEN part_of_family AND same_given THEN 3
            WHEN born_so AND same_given THEN 4
            WHEN same_family AND same_initial THEN 5
            WHEN same_family AND same_short_form THEN 6
        END AS name_level
    FROM judged
),
-- A name is as common as the commoner of its two spellings; where the columns are swapped, or half of it is left out, the other says it.
counted AS (
    SELECT
        levelled.*, population.people, written.people AS individuals,
        coalesce(greatest(given.share, their_given_share.share), 0.002E0)
            * CASE WHEN givens.share IS NULL THEN 1.0E0 ELSE least(1.0E0, greatest(0.2E0, givens.share / given.share)) END AS named_share,
        coalesce(greatest(family.share, their_family_share.share), 0.0002E0) AS family_share
    FROM levelled
    LEFT JOIN name_share AS given ON given.part = 'given' AND given.word = levelled.first_given
    LEFT JOIN name_share AS their_given_share ON their_given_share.part = 'given' AND their_given_share.word = levelled.their_given[1]
    LEFT JOIN name_share AS givens ON name_level = 1 AND len(given_words) > 1 AND given_words = their_given
        AND givens.part = 'givens' AND givens.word = array_to_string(given_words, ' ')
    LEFT JOIN name_share AS family ON family.part = 'family' AND family.word = levelled.family_key
    LEFT JOIN name_share AS their_family_share ON their_family_share.part = 'family' AND their_family_share.word = levelled.their_family_key,
    (SELECT count(*) AS people FROM namesake_group) AS population,
    (SELECT count(DISTINCT (name_key, first_given, given_words, family_key, place)) AS people FROM person_key WHERE NOT is_team) AS written
    WHERE name_level IS NOT NULL
),
shared AS (
    SELECT
        counted.*,
        CASE WHEN level IN (4, 6) THEN greatest(containing, CASE level WHEN 6 THEN bearing ELSE 0 END) ELSE answering END AS companies,
        CASE WHEN name_level = 5 THEN 0.1E0 ELSE named_share END AS given_share,
        CASE level WHEN 1 THEN 0.01E0 WHEN 2 THEN 0.02E0 WHEN 3 THEN 0.05E0 ELSE 0.08E0 END
            + CASE WHEN name_level = 1 THEN 0.01E0 WHEN name_level = 2 OR name_level = 5 AND named_so THEN 0.03E0 ELSE 0.08E0 END AS doubt,
        -- Others of the name: the officer is none, nor is the contact. Not seen, a family name may still be as common as one in all people;
        -- a given name that hardly anybody has may be a common one misspelt.
        30.0E0 * greatest(people, 100000)
            * (CASE WHEN name_level = 5 THEN 0.1E0 ELSE greatest(named_share, 0.001E0) END)
            * (greatest(0.2E0 / (individuals + 1000.0E0), family_share - CASE
                WHEN family_key = their_family_key AND (name_key <> their_name_key OR place IS DISTINCT FROM their_place)
                THEN 1.0E0 / (individuals + 1000.0E0) ELSE 0.0E0 END) + 1.0E0 / (people + 1)) AS bearers,
        len(list_filter(telling, lambda each: NOT is_trade_word(each))) > 0 AS telling_much
    FROM counted
),
-- One in how many writes an employer that this company answers to. Bearers of one name often work at a firm called so, but of 18,077
-- officers of a register 0.34 sit in one that bears their family's name and 0.027 in one that bears nothing else: who writes it means
-- that one sooner than a name he cut short. Families have domains without any firm. A trade is written for many companies that no
-- register has.
chanced AS (
    SELECT shared.*, organisation_total.few,
        bearers * CASE WHEN place = their_place OR list_contains(towns.places, place) THEN 0.05E0 ELSE 1.0E0 END * greatest(
            3.0E0 * CASE WHEN telling_much OR len(telling) = 0 THEN 1.0E0 ELSE 10.0E0 END * (bearing + 1.0E0) / (organisation_total.organisations + 1000.0E0),
            CASE
                WHEN own_firm AND len(telling) = 0 THEN CASE WHEN by_mail THEN 0.1E0 WHEN level <= 3 THEN 0.01E0 ELSE 0.06E0 END
                WHEN own_firm THEN 0.01E0
                WHEN len(telling) = 0 THEN 0.005E0
                ELSE 0.0E0
            END
        ) AS by_chance
    FROM shared
    LEFT JOIN towns USING (entity),
    organisation_total
),
weighed AS (
    SELECT *,
        -- The words in common must tell which company is meant by more than the family's name: half the firms of the
        -- Krämers are called Krämer. Of a name cut short that must be more than a trade, and few may answer to it. A firm called
        -- after one's own given and family name is one's own; and the company's town tells as well.
        CASE
            WHEN level = 1 THEN true
            WHEN level = 2 THEN len(telling) > 0 OR own_given
            WHEN level = 3 THEN (len(telling) > 0 OR own_given) AND answering <= few
            WHEN level = 4 THEN (telling_much OR own_given AND own_firm) AND containing <= few
            ELSE false
        END AS told_by_company
    FROM chanced
),
ranked AS (
    SELECT *,
        told_by_company OR (level <> 5 AND by_chance <= 0.05E0) AS told,
        1.0E0 / (1.0E0 + doubt + CASE WHEN told_by_company OR level = 5 OR by_chance > 0.05E0
            THEN greatest(companies, 1) * 50.0E0 * given_share * family_share + relatives ELSE by_chance + relatives END) AS chance
    FROM (SELECT *, CASE WHEN NOT own_firm THEN 0.0E0 WHEN name_level = 5 AND named_so THEN given_share ELSE 3.0E0 * greatest(companies, 1) * given_share END AS relatives FROM weighed)
),
placed AS (
    SELECT *,
        -- liberties taken add up, and a place in common tells namesakes apart; equal sums stay undecided
        CASE WHEN told THEN 0 ELSE 100 END
            + CASE level WHEN 1 THEN 0 WHEN 2 THEN 2 WHEN 3 THEN 3 WHEN 4 THEN 5 WHEN 6 THEN 5 ELSE 8 END
            + CASE name_level WHEN 1 THEN 0 WHEN 2 THEN 2 ELSE name_level + 1 END
            + CASE WHEN place = their_place THEN 0 ELSE 1 END AS liberties
    FROM ranked
),
first AS (
    SELECT record_id, min(liberties) AS fewest, bool_or(place = their_place) AS there,
        arg_min(name_level, (liberties, name_level, level, entity)) AS name_level,
        arg_min(level, (liberties, name_level, level, entity)) AS level,
        arg_min(entity, (liberties, name_level, level, entity)) AS entity
    FROM (SELECT *, min(liberties) OVER (PARTITION BY record_id) AS fewest FROM placed)
    WHERE liberties = fewest
    GROUP BY record_id
),
-- As near is who took fewer liberties with the name, if more with the company's. So is who is called so, or but for a second given name
-- left out, in another company that answers as well: by the employer's name nobody can tell a group's holding from its other firms. In a
-- family's firm sons have the second name that their father goes by. Of all these a place in common is nearer.
nearest AS (
    SELECT placed.*
    FROM placed
    JOIN first USING (record_id)
    WHERE placed.liberties = first.fewest OR placed.told AND (placed.place = placed.their_place OR NOT coalesce(first.there, false)) AND (
        placed.name_level < first.name_level
        OR placed.name_level <= 2 AND placed.level <= 4 AND least(placed.level, 3) <= least(first.level, 3)
            AND (placed.entity <> first.entity OR placed.own_firm))
)
SELECT
    record_id,
    arg_min(other, (liberties, other)) AS other,
    CASE WHEN arg_min(by_mail, (liberties, other)) THEN 'same name and mail domain' ELSE 'same name and employer' END AS because,
    CASE WHEN bool_and(told) THEN max(chance) / count(DISTINCT cluster) ELSE least(max(chance) / count(DISTINCT cluster), 0.5E0) END AS probability,
    'employer ' || record_id AS proof,
    count(DISTINCT cluster) AS candidates,
    bool_and(told) AS told,
    min(level) AS level,
    min(name_level) AS name_level
FROM nearest
GROUP BY record_id
