-- Pairs of which one record is the other with a slip of the pen, in lists that hold names and places alone and showed how their
-- duplicates look: of nearly the same name in nearly the same place, and nobody else is written so. From: person_weight,
-- person_feature, known_source, common_name.
-- `bits`: more that speaks against relatives, who are mostly written as others are too where they are nearly called alike: one in ten
-- isn't, a guess. `against`: what that leaves of the chance of the pair being two people.
WITH listed AS (
    -- a common name is a name of its own also where hardly anybody bears it
    SELECT record_id, given, givens, given_words, family, place,
        count(*) OVER (PARTITION BY given) + CASE WHEN usual_given.word IS NULL THEN 0 ELSE 100 END AS of_given,
        count(*) OVER (PARTITION BY family) + CASE WHEN usual_family.word IS NULL THEN 0 ELSE 100 END AS of_family,
        count(*) OVER (PARTITION BY place) AS of_place
    FROM person_feature
    SEMI JOIN (FROM known_source WHERE by_names) AS by_names USING (source)
    LEFT JOIN common_name AS usual_given ON usual_given.part = 'given' AND usual_given.word = given
    LEFT JOIN common_name AS usual_family ON usual_family.part = 'family' AND usual_family.word = family
)
SELECT record_id, other, bits, 1.0E0 - (1.0E0 - pow(2.0E0, -bits)) / (1.0E0 + pow(2.0E0, least(900.0E0, relative - weight))) AS against
FROM (
    SELECT pair.record_id, pair.other, weight, relative, CASE WHEN l.given = r.given THEN 0.0E0 ELSE 3.32E0 END AS bits
    FROM person_weight AS pair
    JOIN listed AS l ON l.record_id = pair.record_id
    JOIN listed AS r ON r.record_id = pair.other
    WHERE gamma_given > 0 AND gamma_place > 0 AND (gamma_family > 0 OR l.given = r.family AND l.family = r.given)
        AND (l.givens <> r.givens OR l.family <> r.family OR l.place <> r.place)
        AND CASE WHEN l.given = r.given THEN list_has_all(l.given_words, r.given_words) OR list_has_all(r.given_words, l.given_words)
            ELSE slips(l.of_given, r.of_given) END
        AND (l.family = r.family OR slips(l.of_family, r.of_family))
        AND (l.place = r.place OR slips(l.of_place, r.of_place))
)
