-- What two person records must have in common to be compared at all: a key, and how many records at most may share it (most).
-- From: person_blocked, person_size. A key is kept as its hash: two that are one by chance only make a pair more to compare.
-- Keys of several attributes are narrow; one attribute alone counts only where it is rare.
WITH keyed AS (
    SELECT ordinal, unnest([
        -- whichever of both names stands first
        ['narrow', 'name, place', least(given, family) || '|' || greatest(given, family) || '|' || place],
        ['narrow', 'name, birth date', least(given, family) || '|' || greatest(given, family) || '|' || birth_date],
        ['narrow', 'given name, birth date', given || '|' || birth_date],
        ['narrow', 'family name, birth date', family || '|' || birth_date],
        ['narrow', 'place, birth date', place || '|' || birth_date],
        ['narrow', 'postcode, birth date', postcode || '|' || birth_date],
        ['narrow', 'initials, place, year', given_initial || '|' || left(family, 3) || '|' || place || '|' || left(birth_date, 4)],
        ['narrow', 'family name, place, short form', family || '|' || place || '|' || nickname],
        ['narrow', 'family name, place, initial', family || '|' || place || '|' || given_initial],
        ['narrow', 'given name, beginning, place', given || '|' || left(family, 3) || '|' || place],
        ['narrow', 'birth name', given || '|' || birth_family || '|' || place],
        ['narrow', 'postcode, given name', postcode || '|' || given],
        ['narrow', 'postcode, family name', postcode || '|' || family],
        ['narrow', 'street address', address || '|' || coalesce(postcode, place, '')],
        ['narrow', 'e-mail', email],
        ['narrow', 'mailbox', mailbox],
        ['narrow', 'telephone', phone],
        ['narrow', 'personal number', identifier],
        ['narrow', 'profile', profile],
        ['wide', 'name', CASE WHEN birth_date IS NOT NULL OR identifier IS NOT NULL OR email IS NOT NULL THEN given || '|' || family END],
        ['wide', 'birth date', CASE WHEN length(birth_date) = 10 THEN birth_date END],
        ['wide', 'given name', given],
        ['wide', 'family name', family],
        ['wide', 'postcode', postcode],
        ['wide', 'place', place],
        ['wide', 'beginnings', left(family, 4) || '|' || left(given, 2)],
        ['wide', 'beginnings swapped', left(given, 4) || '|' || left(family, 2)]
    ]) AS told
    FROM person_blocked
)
SELECT ordinal, hash(told[2], told[3]) AS key, CAST(CASE WHEN told[1] = 'narrow' THEN 200 ELSE person_size.wide END AS USMALLINT) AS most
FROM keyed, person_size
WHERE told[3] IS NOT NULL
