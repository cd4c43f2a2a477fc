-- Folding of names. The same functions stand in names.py for single texts; a test holds them equal.

-- fold('Jürgen Łoś-Groß') = 'juergen los gross': lower case, German digraphs, no accents, words parted by one blank.
CREATE OR REPLACE MACRO fold(text) AS
    trim(regexp_replace(strip_accents(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(nfc_normalize(text)),
            'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'ø', 'oe'), 'æ', 'ae'), 'œ', 'oe'), 'ł', 'l'), 'đ', 'd'), 'ı', 'i')
    ), '[^\p{L}\p{N}]+', ' ', 'g'));

-- name_key: equal for Müller, Mueller and Muller, for Hans-Jürgen, Hans Jürgen and Hansjürgen.
CREATE OR REPLACE MACRO name_key(text) AS
    replace(replace(replace(replace(fold(text), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' ', '');

-- Legal forms as they stand at the end of a folded name, longest first; taken off one after the other.
CREATE OR REPLACE MACRO without_legal_form(folded) AS
    trim(regexp_replace(regexp_replace(
        regexp_replace(folded, ' (in|i) (liquidation|abwicklung|insolvenz|l|i|ins)$', ''),
        '\b(gesellschaft (mit beschraenkter haftung|mbh|m b h)|(mit beschraenkter haftung)|haftungsbeschraenkt|beschraenkt haftend|partnerschaftsgesellschaft|kommanditgesellschaft( auf aktien)?|offene handelsgesellschaft|aktiengesellschaft|eingetragene[rn]? (verein|genossenschaft|kauf(mann|frau))|unternehmergesellschaft|genossenschaft|g?gmbh|gesmbh|ges m b h|m b h|mbh|mbb|ug|ag|se|kgaa|kg|k g|ohg|o h g|gbr|eg|e g|ev|e v|ek|e k|e kfm|e kfr|e kffr|partg|part gmbb|ltd|limited|llc|llp|inc|corp|plc|pte|pt|cv|tbk|bv|b v|nv|n v|sa|s a|sarl|s a r l|s a s|srl|s r l|spa|s p a|sp z o o|gesellschaft|und co|u co|co|company)\b', ' ', 'g'),
        '\s+', ' ', 'g'));

-- organisation_key: a company's name as people write it, without legal form: 'Wössner Beteiligungen'.
CREATE OR REPLACE MACRO organisation_key(text) AS
    coalesce(nullif(replace(replace(replace(replace(without_legal_form(fold(text)), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' ', ''), ''),
             name_key(text));

-- The short legal form that a name ends in, NULL if none is told.
CREATE OR REPLACE MACRO legal_form(text) AS
    CASE
        WHEN regexp_matches(text, '(?i)\b(ges(ellschaft)?\.? ?mbh|gmbh|gesellschaft mit beschränkter haftung|mbh) ?(&|und|u\.) ?co\.? ?(kgaa)') THEN 'GmbH & Co. KGaA'
        WHEN regexp_matches(text, '(?i)(gmbh|haftung|mbh) ?(&|und|u\.) ?(co|comp|cie)(\.|\b).*(kg|kommanditgesellschaft)') THEN 'GmbH & Co. KG'
        WHEN regexp_matches(text, '(?i)\bug\b.*(haftungsbeschränkt)|unternehmergesellschaft') THEN 'UG'
        WHEN regexp_matches(text, '(?i)\bgmbh\b|mbh\b|m\. ?b\. ?h\b|mit beschränkter haftung') THEN 'GmbH'
        WHEN regexp_matches(text, '(?i)\bkgaa\b|kommanditgesellschaft auf aktien') THEN 'KGaA'
        WHEN regexp_matches(text, '(?i)\b(kg|kommanditgesellschaft)\b') THEN 'KG'
        WHEN regexp_matches(text, '(?i)\b(ohg|offene handelsgesellschaft)\b') THEN 'OHG'
        WHEN regexp_matches(text, '\b(AG|Aktiengesellschaft)\b') THEN 'AG'
        WHEN regexp_matches(text, '\bSE\b') THEN 'SE'
        WHEN regexp_matches(text, '(?i)\be\. ?g\b|\beG\b|genossenschaft') THEN 'eG'
        WHEN regexp_matches(text, '(?i)\be\. ?v\b|\beV\b|eingetragener verein') THEN 'e.V.'
        WHEN regexp_matches(text, '(?i)\be\. ?k(fm|fr|ffr)?\b|\beK\b|eingetragene[r]? kauf') THEN 'e.K.'
        WHEN regexp_matches(text, '(?i)\bpartg|partnerschaft') THEN 'PartG'
        WHEN regexp_matches(text, '(?i)\b(ltd|limited)\b') THEN 'Ltd'
        WHEN regexp_matches(text, '(?i)\b(b\.? ?v)\b') THEN 'B.V.'
    END;

-- court_key: 'Amtsgericht Freiburg im Breisgau' = 'Freiburg', but Frankfurt am Main isn't Frankfurt (Oder).
CREATE OR REPLACE MACRO court_key(text) AS
    CASE
        WHEN fold(text) LIKE '%charlottenburg%' OR fold(text) = 'berlin' THEN 'charlottenburg'
        WHEN fold(text) LIKE '%frankfurt%oder%' THEN 'frankfurt oder'
        ELSE trim(regexp_replace(
            regexp_replace(fold(regexp_replace(text, '\(.*', '')), '^(amtsgericht|ag|registergericht) ', ''),
            ' (a|am|an|i|im|in|d|der|ob|zweigstelle)( .*)?$', ''))
    END;

-- register_key: section and number without leading zeros, 'HRB 8177'; NULL if there is no number.
CREATE OR REPLACE MACRO register_key(number) AS
    nullif(trim(regexp_replace(regexp_replace(upper(number), '\s+', ' ', 'g'), '\b0+(\d)', '\1')), '');

-- Academic titles and trade degrees wherever they stand in a name; nobility ('von', 'Freiherr') belongs to the name.
CREATE OR REPLACE MACRO title_pattern() AS
    '(?i)\b(doktoringenieur(in)?|diplom-?[a-zäöüß]+( \(fh\))?|dipl\.? ?-? ?[a-zäöüß]+\.?( \(fh\))?|(doctor|dres\.|dr\.|prof\.|professor)( ?(med|jur|iur|phil|rer|ing|oec|pol|nat|dent|vet|theol|agr|h\. ?c|hc)\b\.?)*)(\s+|$)';

CREATE OR REPLACE MACRO titles(text) AS
    nullif(array_to_string(list_transform(regexp_extract_all(text, title_pattern(), 1),
        lambda each: replace(replace(trim(each), 'Doctor', 'Dr.'), 'Professor', 'Prof.')), ' '), '');

CREATE OR REPLACE MACRO without_titles(text) AS
    trim(regexp_replace(regexp_replace(text, title_pattern(), ' ', 'g'), '\s+', ' ', 'g'));
