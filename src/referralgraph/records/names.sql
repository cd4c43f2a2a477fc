-- Folding of names. The same functions stand in names.py for single texts; a test holds them equal.

-- Letters from Greek on, without the further Latin ones and what isn't letters.
CREATE OR REPLACE MACRO other_scripts() AS '[\x{0370}-\x{1DFF}\x{1F00}-\x{1FFF}\x{2C80}-\x{A71F}\x{A800}-\x{AB2F}\x{AB70}-\x{FAFF}\x{FB13}-\x{FDFF}\x{10000}-\x{1CFFF}\x{1E000}-\x{1EFFF}\x{20000}-\x{3FFFF}]';

-- latin('Смирнов') = 'Smirnov': letters of other scripts spelt out; spelt_out is the function of names.py.
CREATE OR REPLACE MACRO latin(text) AS
    CASE WHEN strlen(text) = length(text) OR NOT regexp_matches(text, other_scripts()) THEN text ELSE spelt_out(text) END;

-- fold('Jürgen Łoś-Groß') = 'juergen los gross': lower case, German digraphs, no accents, words parted by one blank.
CREATE OR REPLACE MACRO fold(text) AS
    trim(regexp_replace(strip_accents(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(nfc_normalize(latin(text))),
            'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'ø', 'oe'), 'æ', 'ae'), 'œ', 'oe'), 'ł', 'l'), 'đ', 'd'), 'ı', 'i'), 'ς', 'σ')
    ), '[^\p{L}\p{N}]+', ' ', 'g'));

-- without_digraphs: ae, oe, ue as people write them who leave the dots out.
CREATE OR REPLACE MACRO without_digraphs(folded) AS
    replace(replace(replace(replace(folded, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' ', '');

-- name_key: equal for Müller, Mueller and Muller, for Hans-Jürgen, Hans Jürgen and Hansjürgen.
CREATE OR REPLACE MACRO name_key(text) AS without_digraphs(fold(text));

-- What stands behind the name of a company that is being wound up.
CREATE OR REPLACE MACRO winding_up() AS ' (in|i) (liquidation|abwicklung|insolvenz|liqu|abw|ins|l|i)$';

-- Legal forms that are nothing else wherever they stand in a folded name: 'Müller GmbH & Co. KG Spedition'.
CREATE OR REPLACE MACRO legal_form_anywhere() AS '\b(gesellschaft mit beschraenkter haftung|mit beschraenkter haftung|gesellschaft mbh|haftungsbeschraenkt|beschraenkt haftend|partnerschaftsgesellschaft|kommanditgesellschaft( auf aktien)?|offene handelsgesellschaft|aktiengesellschaft|eingetragene[rn]? (verein|genossenschaft|kauf(mann|frau))|unternehmergesellschaft|(g?gmbh|gesmbh|ges m b h|m b h|mbh)( (und |u )?co (kgaa|kg|ohg))?|kgaa|kg|ohg|gbr|partg|part gmbb)\b';

-- Forms that are words or initials elsewhere ('SE Tylose', 'Co Working Space') and count only in front or at the end.
CREATE OR REPLACE MACRO legal_form_in_front() AS '^(pt|cv|ud|firma|fa) ';
CREATE OR REPLACE MACRO legal_form_at_end() AS '( (gesellschaft|genossenschaft|mbb|ug|ag|se|eg|e g|ev|e v|ek|e k|e kfm|e kfr|e kffr|k g|o h g|ltd|limited|llc|llp|lp|inc|incorporated|corp|corporation|plc|pte|pty|pt|persero|tbk|cv|bv|b v|nv|n v|sa|s a|ab|oy|a s|asa|aps|sas|s a s|sarl|s a r l|srl|s r l|s r o|spa|s p a|sp z o o|as|oyj|sdn bhd|bhd|k s|kft|zrt|nyrt|doo|d o o|s l|sa de cv|s a de c v|ltda|lda|kk|k k|private ltd|private limited|pvt ltd|l l c|l l p|oue|uab|sia|eurl|snc|s n c|vof|v o f|sca|s c a|und co|u co|co|company))+$';

CREATE OR REPLACE MACRO without_legal_form(folded) AS
    trim(regexp_replace(regexp_replace(trim(regexp_replace(regexp_replace(
        regexp_replace(folded, winding_up(), ''), legal_form_anywhere(), ' ', 'g'), ' +', ' ', 'g')),
        legal_form_in_front(), ''), legal_form_at_end(), ''));

-- organisation_key: a company's name as people write it, without legal form: 'Wössner Beteiligungen'.
CREATE OR REPLACE MACRO organisation_key(text) AS
    coalesce(nullif(without_digraphs(without_legal_form(fold(text))), ''), name_key(text));

-- The short legal form that a name tells, NULL if it tells none. A partnership with a company as its partner comes first:
-- 'Roth UG (haftungsbeschränkt) & Co. KG' is a KG, and 'Roth GmbH & Co.' a partnership that doesn't say which.
CREATE OR REPLACE MACRO legal_form(text) AS
    CASE
        WHEN regexp_matches(text, '(?i)\be\. ?v\.?$') THEN 'e.V.'
        WHEN regexp_matches(text, '(?i)(&|\+|\bund|\bu)[. ]*(co|comp|cie|compagnie)\b.*(kg|k\. ?g|ohg|o\. ?h\. ?g|kgaa|kommanditgesellschaft|offene handelsgesellschaft)\b')
            OR regexp_matches(text, '(?i)(mbh\.?|m\. ?b\. ?h\.?|\bhaftung|haftungsbeschränkt\)?|\b(ug|ag|se|ltd\.?)) ?(&|\+|und|u)[. ]*(co|comp|cie|compagnie)\b') THEN
            nullif(trim(CASE
                WHEN regexp_matches(text, '(?i)(mbh\.?|m\. ?b\. ?h\.?|\bhaftung) ?(&|\+|und|u\.)') THEN 'GmbH & Co. '
                WHEN regexp_matches(text, '(?i)\bug\b|haftungsbeschränkt') THEN 'UG & Co. '
                WHEN regexp_matches(text, '\b(AG|Aktiengesellschaft) ?(&|\+|und|u\.)') THEN 'AG & Co. '
                WHEN regexp_matches(text, '\bSE ?(&|\+|und|u\.)') THEN 'SE & Co. '
                WHEN regexp_matches(text, '(?i)\b(ltd|limited)\.? ?(&|\+|und|u\.)') THEN 'Ltd & Co. '
                ELSE ''
            END || CASE WHEN regexp_matches(text, '(?i)kgaa|auf aktien') THEN 'KGaA'
                WHEN regexp_matches(text, '(?i)ohg|o\. ?h\. ?g|offene handelsgesellschaft') THEN 'OHG'
                WHEN regexp_matches(text, '(?i)kg\b|k\. ?g\b|kommanditgesellschaft') THEN 'KG' ELSE '' END), '')
        WHEN regexp_matches(text, '(?i)mbh|haftung|m\. ?b\. ?h|\bug\b|unternehmergesellschaft') THEN
            CASE
                WHEN regexp_matches(text, '(?i)haftungsbeschränkt|unternehmergesellschaft')
                    OR NOT regexp_matches(text, '(?i)mbh|haftung|m\. ?b\. ?h') AND regexp_matches(text, '\bUG\b') THEN 'UG'
                WHEN regexp_matches(text, '(?i)mbh\b|m\. ?b\. ?h\b|mit beschränkter haftung') THEN 'GmbH'
            END
        WHEN regexp_matches(text, '(?i)\bkgaa\b|kommanditgesellschaft auf aktien') THEN 'KGaA'
        WHEN regexp_matches(text, '(?i)\bkg\b|kommanditgesellschaft\b') THEN 'KG'
        WHEN regexp_matches(text, '(?i)\b(ohg|offene handelsgesellschaft)\b') THEN 'OHG'
        WHEN regexp_matches(text, '\bAG\b|[Aa]ktiengesellschaft\b') THEN 'AG'
        WHEN regexp_matches(text, '\bSE\b') THEN 'SE'
        WHEN regexp_matches(text, '\be\. ?G\b|\beG\b|[Gg]enossenschaft\b') THEN 'eG'
        WHEN regexp_matches(text, '(?i)\be\. ?v\b|eingetragener verein') OR text LIKE '% eV' THEN 'e.V.'
        WHEN regexp_matches(text, '\be\. ?K(fm|fr|ffr)?\b|\beK\b|(?i:eingetragene[r]? kauf)') THEN 'e.K.'
        WHEN regexp_matches(text, '(?i)\bpartg|partnerschaft') THEN 'PartG'
        WHEN regexp_matches(text, '(?i)\b(ltd|limited)\b') THEN 'Ltd'
        WHEN regexp_matches(text, '(?i)\bb\.? ?v\b\.?$') THEN 'B.V.'
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
