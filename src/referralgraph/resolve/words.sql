-- Words of names, as the rules of identity compare them.

-- name_words('von Hohenstein-Müller') = [hohenstein, muller]: folded as name_key does, particles left out.
CREATE OR REPLACE MACRO name_words(text) AS
    list_filter(
        string_split(replace(replace(replace(fold(coalesce(text, '')), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' '),
        lambda each: each NOT IN ('', 'von', 'vom', 'van', 'zu', 'zum', 'zur', 'der', 'den', 'de', 'di', 'da', 'del', 'dos', 'el', 'al',
            'bin', 'binti', 'und', 'graf', 'grafin', 'freiherr', 'freifrau', 'baron', 'baronin'));

-- sound('Christoph') = sound('Kristof'): spellings of one given name, nothing more (Jan is not Jana).
CREATE OR REPLACE MACRO sound(word) AS
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(word,
        'ph', 'f'), 'th', 't'), 'ck', 'k'), 'ch', 'h'), 'c', 'k'), 'y', 'i'), 'dt', 't'),
        'll', 'l'), 'mm', 'm'), 'nn', 'n'), 'tt', 't'), 'ff', 'f'), 'ss', 's'), 'rr', 'r');

-- with_legal_forms('alber k g holding') = 'alber kg holding': forms that are written with dots.
CREATE OR REPLACE MACRO with_legal_forms(folded) AS
    regexp_replace(regexp_replace(regexp_replace(folded, '\bg m b h\b', 'gmbh', 'g'), '\bk g\b', 'kg', 'g'), '\bo h g\b', 'ohg', 'g');

-- A register's entry behind the name: 'Alber Lager (Amtsgericht Ulm HRB 4711)'.
CREATE OR REPLACE MACRO without_register_entry(folded) AS
    regexp_replace(folded, ' ((amtsgericht|ag|registergericht|handelsregister)( [a-z]+){0,5} )?(hra|hrb|gnr|pr|vr) ?\d+( [a-z])?$', '');

-- misfiled('GmbH', 'HRA 4711'): a company of this form can't stand in this section of the register. So says a company's own partner,
-- where a typing error or the partnership's own number stands in its entry.
CREATE OR REPLACE MACRO misfiled(form, number) AS
    coalesce(CASE regexp_extract(upper(number), '^\s*(HRA|HRB)\b', 1)
        WHEN 'HRA' THEN form IN ('GmbH', 'UG', 'AG', 'SE', 'KGaA')
        WHEN 'HRB' THEN form IN ('KG', 'OHG', 'e.K.') OR regexp_matches(form, ' Co\.( KG| OHG)?$')
    END, false);

-- company_words('Kai Schnitzler & Söhne e.K., Inhaberin Sarah Brandt') = [kai, schnitzler, sohne]: without legal form,
-- owner's note and joining words; Verwaltungsgesellschaft mbH is Verwaltungs-GmbH.
CREATE OR REPLACE MACRO company_words_of(folded) AS
    list_filter(
        string_split(replace(replace(replace(
            regexp_replace(without_legal_form(with_legal_forms(regexp_replace(without_register_entry(folded), ' (inh|inhaber|inhaberin)( .*)?$', ''))), '(\w)gesellschaft\b', '\1', 'g'),
            'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' '),
        lambda each: each NOT IN ('', 'und', 'u', 'and', 'the', 'der', 'die', 'das', 'co', 'cie', 'kfm', 'kauffrau', 'kaufmann', 'partnerschaft',
            'mbb', 'haftungsbeschrankt', 'gmbh', 'mbh', 'ag', 'kg', 'kgaa', 'ohg', 'ug', 'gbr', 'ltd', 'limited', 'partg', 'gesellschaft', 'company', 'fur',
            'bv', 'nv', 'sarl', 'srl', 'aps', 'asa', 'llc', 'llp', 'inc', 'plc', 'pte', 'pty', 'tbk', 'corp', 'oyj'));

CREATE OR REPLACE MACRO company_words(text) AS company_words_of(fold(text));

-- What people add to the name of a company, or leave out, without meaning another one.
CREATE OR REPLACE MACRO is_group_word(word) AS
    word IN ('gruppe', 'group', 'firmengruppe', 'unternehmensgruppe', 'holding', 'deutschland', 'germany', 'international', 'europe', 'europa', 'dach');

-- Words for trades, legal matters and regions that say nothing about which company is meant, however few of them are loaded.
CREATE OR REPLACE MACRO is_trade_word(word) AS
    word IN ('agentur', 'akademie', 'anlagenbau', 'apotheke', 'architekten', 'auto', 'autohaus', 'automobile', 'automotive', 'backerei', 'bank', 'bau',
        'bauunternehmen', 'bauunternehmung', 'beratung', 'beteiligung', 'beteiligungs', 'beteiligungen', 'bauelemente', 'baustoffe', 'buro', 'capital',
        'center', 'club', 'consult', 'consulting', 'data', 'design', 'dienstleistung', 'dienstleistungen', 'digital', 'druck', 'edv', 'einzelhandel',
        'elektro', 'elektrotechnik', 'elektronik', 'energie', 'engineering', 'entwicklung', 'export', 'fabrik', 'fahrzeugbau', 'film', 'finanz', 'finance',
        'fordertechnik', 'garten', 'gartenbau', 'gastronomie', 'gebaudetechnik', 'getranke', 'global', 'grosshandel', 'grundbesitz', 'grundstucks',
        'gastehaus', 'gmbh', 'handel', 'handels', 'handelsgesellschaft', 'haus', 'hausverwaltung', 'haustechnik', 'heizung', 'hotel', 'immobilien', 'import',
        'industrie', 'information', 'ingenieurburo', 'ingenieure', 'institut', 'invest', 'investment', 'it', 'kanzlei', 'kunststoff', 'kunststofftechnik',
        'lager', 'lagertechnik', 'landtechnik', 'leasing', 'logistik', 'logistics', 'management', 'marketing', 'maschinen', 'maschinenbau', 'maschinenfabrik',
        'media', 'medien', 'medizintechnik', 'metall', 'metallbau', 'metallverarbeitung', 'mobel', 'mobelhaus', 'mode', 'montage', 'motor', 'mode',
        'nord', 'ost', 'sud', 'west', 'online', 'partner', 'personal', 'pharma', 'planung', 'produktion', 'projekt', 'prufung', 'rechtsanwalte', 'reisen',
        'reiseburo', 'restaurant', 'sanitar', 'service', 'services', 'shop', 'sohn', 'sohne', 'software', 'solar', 'solutions', 'spedition', 'sport', 'stadt',
        'stadtwerke', 'stahlbau', 'stiftung', 'steuerberater', 'steuerberatung', 'steuerberatungsgesellschaft', 'studio', 'system', 'systeme', 'systems',
        'tech', 'technik', 'technologie', 'technologies', 'technology', 'textil', 'tiefbau', 'touristik', 'trading', 'transport', 'transporte', 'treuhand',
        'umwelttechnik', 'unternehmensberatung', 'verein', 'verlag', 'vermittlung', 'vermogensverwaltung', 'vermogensverwaltungs', 'versicherungen',
        'vertrieb', 'vertriebs', 'vertriebsgesellschaft', 'verwaltung', 'verwaltungs', 'verwaltungsgesellschaft', 'volksbank', 'raiffeisenbank', 'sparkasse',
        'web', 'werbeagentur', 'werbung', 'werk', 'werke', 'werkzeugbau', 'werkzeuge', 'windpark', 'wirtschaft', 'wohnbau', 'wohnungsbau', 'zentrum');

-- generation('Dobbins Jr.') = 'junior', generation('Robert sen') = 'senior': what tells a son from his father, behind a family
-- name, behind given names or among the titles. Without a point Sen and Jun are names, in Turkey and in Korea.
CREATE OR REPLACE MACRO generation_mark() AS '\s((?i:jr|jnr|junior|sr|snr|senior|jun\.|sen\.)|jun|sen)\.?$';
CREATE OR REPLACE MACRO generation(text) AS
    CASE left(lower(regexp_extract(text, generation_mark(), 1)), 1) WHEN 'j' THEN 'junior' WHEN 's' THEN 'senior' END;
CREATE OR REPLACE MACRO without_generation(text) AS regexp_replace(text, generation_mark(), '');

-- mail_address('Anna Kronwald <Anna@kronwald.example>') = 'anna@kronwald.example'.
CREATE OR REPLACE MACRO mail_address(text) AS
    lower(trim(coalesce(nullif(regexp_extract(text, '<([^<>]*@[^<>]*)>', 1), ''), text)));

-- web_host('https://www.Kronwald.example/de') = 'kronwald.example'.
CREATE OR REPLACE MACRO web_host(text) AS
    regexp_replace(regexp_replace(lower(trim(text)), '^(https?://)?(www\.)?', ''), '[/?#].*$', '');

-- own_domain('mail.weisshaar.co.id') = 'weisshaar.co.id': from what stands before the country's own second level.
CREATE OR REPLACE MACRO own_domain(host) AS regexp_extract(host,
    '([^.]+\.((co|com|org|net|ac|edu|gov|or|go|gv|web|my|sch|biz|ne|ltd|plc)\.)?[^.]+)$', 1);
CREATE OR REPLACE MACRO domain_words(domain) AS company_words(split_part(domain, '.', 1));

-- slips: whether of two spellings, borne by so many records, one is a slip of the other: a slip is hardly ever made twice, and
-- a spelling that is borne often, as Andreas beside Andrea, is a name of its own.
CREATE OR REPLACE MACRO slips(ones, others) AS least(ones, others) <= greatest(2, 0.02E0 * greatest(ones, others));
