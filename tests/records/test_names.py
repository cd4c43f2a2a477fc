"""Folding of names: SQL and Python say the same, and a company is found as people write it."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from referralgraph.records.names import create_name_macros, fold, name_key, organisation_key

LATIN = "aeiouäöüßáàâãåçčćďđéèêëěğıİíîïłľñňńøœæóôõřšśşťúůûýžźżÆØŁĐẞ"
ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", LATIN, LATIN.upper(), " .,-&/()'\"+_:;|",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяЁЙІЇ", "αβγδεζηθικλμνξοπρσςτυφχψωΆΈΉΊΣ", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىء",
    "בגדהוזחט", "한국어김이박", "李王张田中鈴木さくら", "हिन्दीकुमार", "🚀🎉👩‍💻€½²№", "́̈̃̀",
]
WORDS = ["GmbH", "& Co.", "KG", "AG", "e.K.", "mbH", "Gesellschaft", "PT", "Tbk", "Ltd.", "i.L.", "Co", "SE", "und Co"]
SCRIPTS = [st.text(alphabet, min_size=1, max_size=8) for alphabet in ALPHABETS]
NAMES = st.lists(st.one_of(*SCRIPTS, st.sampled_from(WORDS), st.just(" ")), max_size=8).map("".join)
NAMES |= st.lists(st.sampled_from([*WORDS, "Müller", "Birkner"]), max_size=6).map(" ".join)


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect()
    create_name_macros(connection)
    yield connection
    connection.close()


@settings(max_examples=300, deadline=None)
@example(["ΟΔΟΣ", "İstanbul", "Straße", "Löẞ", "हिन्दी", "e\u0301", "½ Meter", "ﬁn", "x\u20dd", "Ǆ"])
@given(names=st.lists(NAMES, min_size=1, max_size=12))
def test_sql_and_python_fold_alike(connection, names):
    rows = connection.execute(
        "SELECT fold(name), name_key(name), organisation_key(name) FROM (SELECT unnest($1::VARCHAR[]) AS name)", [names]
    ).fetchall()
    assert rows == [(fold(name), name_key(name), organisation_key(name)) for name in names]


@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_folding_twice_changes_nothing_and_a_name_keeps_something(name):
    assert fold(fold(name)) == fold(name)
    assert fold(name) == fold(f"  {name}\t")
    if fold(name):
        assert name_key(name)
        assert organisation_key(name)


@pytest.mark.parametrize("written", [
    ["Müller", "Mueller", "Muller", "MÜLLER", "mu\u0308ller"],
    ["Hans-Jürgen", "Hans Jürgen", "Hansjürgen", "Hans Juergen"],
    ["Łoś", "Los"], ["Søren Ærø", "Soeren Aeroe", "Soren Aro"], ["Đorđević", "Dordevic"], ["Groß", "Gross"],
    ["O'Neill", "O Neill", "ONeill"], ["Öztürk", "Oztürk"],
    ["Смирнов Игорьевич", "Smirnov Igorevich"], ["Γιώργος", "Giorgos"], ["김민수", "Gim Min-su"], ["李明", "Li Ming"],
])
def test_common_spellings_of_a_name_have_one_key(written):
    assert len({name_key(each) for each in written}) == 1


def test_different_names_keep_different_keys():
    names = ["Müller", "Möller", "Miller", "Moller-Ilg", "Иванов", "Иванова", "李", "王"]
    assert len({name_key(name) for name in names}) == len(names)


# What people call the company, worked out by hand; ae, oe, ue become a, o, u and blanks go.
KEYS = {
    "Wössner GmbH": "wossner",
    "Wössner Beteiligungen GmbH & Co. KG": "wossnerbeteiligungen",
    "Wössner GmbH & Co KG": "wossner",
    "Wössner GmbH u. Co. KG": "wossner",
    "Wössner GmbH und Co. Kommanditgesellschaft": "wossner",
    "Wössner Gesellschaft mit beschränkter Haftung": "wossner",
    "Wössner Gesellschaft mbH": "wossner",
    "Wössner Ges. m. b. H.": "wossner",
    "Wössner Verwaltungsgesellschaft mbH": "wossnerverwaltungsgesellschaft",
    "Wössner Verwaltungsgesellschaft mit beschränkter Haftung": "wossnerverwaltungsgesellschaft",
    "Wössner gGmbH": "wossner",
    "Wössner UG (haftungsbeschränkt)": "wossner",
    "Wössner Unternehmergesellschaft (haftungsbeschränkt)": "wossner",
    "Wössner UG (haftungsbeschränkt) & Co. KG": "wossner",
    "Wössner AG": "wossner",
    "Wössner Aktiengesellschaft": "wossner",
    "Wössner AG & Co. KGaA": "wossner",
    "Wössner SE": "wossner",
    "Wössner SE & Co. KGaA": "wossner",
    "Wössner KG": "wossner",
    "Wössner & Co. KG": "wossner",
    "Wössner & Co.": "wossner",
    "Wössner & Söhne KG": "wossnersohne",
    "Wössner oHG": "wossner",
    "Wössner offene Handelsgesellschaft": "wossner",
    "Wössner GbR": "wossner",
    "Wössner e.K.": "wossner",
    "Wössner e. Kfr.": "wossner",
    "Wössner eingetragener Kaufmann": "wossner",
    "Firma Wössner e.Kfm.": "wossner",
    "Ruderverein Werra e.V.": "rudervereinwerra",
    "Ruderverein Werra eingetragener Verein": "rudervereinwerra",
    "Milchwerk Werra eG": "milchwerkwerra",
    "Milchwerk Werra eingetragene Genossenschaft": "milchwerkwerra",
    "Wössner Anwälte PartG mbB": "wossneranwalte",
    "Wössner Anwälte Partnerschaftsgesellschaft mbB": "wossneranwalte",
    "Wössner GmbH i.L.": "wossner",
    "Wössner GmbH in Liquidation": "wossner",
    "Wössner GmbH i. I.": "wossner",
    "Wössner KG in Abwicklung": "wossner",
    "Wössner GmbH & Co. KG Spedition": "wossnerspedition",
    "Wössner GmbH Zweigniederlassung Ulm": "wossnerzweigniederlassungulm",
    # what is a legal form elsewhere is a word of the name here
    "SE Mühlenbau GmbH": "semuhlenbau",
    "AG Weser": "agweser",
    "Co Working Space GmbH": "coworkingspace",
    "Company Bikes GmbH": "companybikes",
    "Gesellschaft für Mühlenbau mbH": "gesellschaftfurmuhlenbau",
    "K.G. Maier": "kgmaier",
    "Limited Edition GmbH": "limitededition",
    "CO2 Handel GmbH": "co2handel",
    "Agathe Segler": "agathesegler",
    # Indonesia
    "PT Maju Jaya": "majujaya",
    "PT. Maju Jaya": "majujaya",
    "Maju Jaya, PT": "majujaya",
    "PT Maju Jaya Tbk": "majujaya",
    "PT Maju Jaya (Persero) Tbk.": "majujaya",
    "CV Maju Jaya": "majujaya",
    "UD Maju Jaya": "majujaya",
    "Apotek Maju": "apotekmaju",
    # English and elsewhere
    "Ploom Ltd": "ploom",
    "Ploom Limited": "ploom",
    "Ploom Trading Co., Ltd.": "ploomtrading",
    "Ploom Pte. Ltd.": "ploom",
    "Ploom Pty Ltd": "ploom",
    "Ploom Inc.": "ploom",
    "Ploom Incorporated": "ploom",
    "Ploom Corp.": "ploom",
    "Ploom Corporation": "ploom",
    "Ploom Company": "ploom",
    "Ploom LLC": "ploom",
    "Ploom LLP": "ploom",
    "Ploom plc": "ploom",
    "Ploom B.V.": "ploom",
    "Ploom N.V.": "ploom",
    "Ploom S.A.": "ploom",
    "Ploom S.à r.l.": "ploom",
    "Ploom S.p.A.": "ploom",
    "Ploom A/S": "ploom",
    "Ploom ApS": "ploom",
    "Ploom s.r.o.": "ploom",
    # nothing but a legal form keeps its letters
    "GmbH & Co. KG": "gmbhcokg",
    "AG": "ag",
    "Limited": "limited",
    "PT": "pt",
    "Aktiengesellschaft": "aktiengesellschaft",
    "e.V.": "ev",
}


def test_a_company_is_known_without_its_legal_form(connection):
    assert {name: organisation_key(name) for name in KEYS} == KEYS
    rows = connection.execute("SELECT organisation_key(name) FROM (SELECT unnest($1) AS name)", [list(KEYS)]).fetchall()
    assert [key for (key,) in rows] == list(KEYS.values())


@pytest.mark.parametrize(("written", "key"), [
    ("Amtsgericht Freiburg im Breisgau", "freiburg"), ("Freiburg", "freiburg"), ("AG Freiburg i. Br.", "freiburg"),
    ("Frankfurt am Main", "frankfurt"), ("Amtsgericht Frankfurt (Oder)", "frankfurt oder"),
    ("Berlin (Charlottenburg)", "charlottenburg"), ("Amtsgericht Charlottenburg", "charlottenburg"),
    ("Mühlheim", "muehlheim"),
])
def test_a_court_has_one_key_however_it_is_written(connection, written, key):
    assert connection.execute("SELECT court_key($1)", [written]).fetchone() == (key,)


@pytest.mark.parametrize(("written", "key"), [
    ("HRB 008177", "HRB 8177"), ("hrb  8177", "HRB 8177"), ("HRB 77 KI", "HRB 77 KI"), ("No. 05831649", "NO. 5831649"),
    ("", None), ("GnR 0", "GNR 0"),
])
def test_a_register_number_has_one_key_without_leading_zeros(connection, written, key):
    assert connection.execute("SELECT register_key($1)", [written]).fetchone() == (key,)


@pytest.mark.parametrize(("written", "title", "rest"), [
    ("Hans Doctor Jahn", "Dr.", "Hans Jahn"), ("Prof. Dr. med. Hanna Vogt", "Prof. Dr. med.", "Hanna Vogt"),
    ("Jan Dipl.-Ing. Ilg", "Dipl.-Ing.", "Jan Ilg"),
    ("Jan Diplomingenieur (FH) Ilg", "Diplomingenieur (FH)", "Jan Ilg"),
    ("Jan Freiherr von Ilg", None, "Jan Freiherr von Ilg"), ("Andrea Drews", None, "Andrea Drews"),
])
def test_titles_are_told_from_the_name(connection, written, title, rest):
    assert connection.execute("SELECT titles($1), without_titles($1)", [written]).fetchone() == (title, rest)
