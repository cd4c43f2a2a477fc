"""What else tells who a contact is: the domain of his mailbox; and who else is as near, so that he waits."""

from __future__ import annotations

import pytest


def _firm(case, name="Kronwald Fördertechnik GmbH & Co. KG", record="o", **more):
    return case.company(record, name, identifier=f"X{record}", **more)


@pytest.mark.parametrize(
    ("mailbox", "met"),
    [
        ("mara.tilsen@kronwald-foerdertechnik.example", True),
        ("Mara Tilsen <M.Tilsen@Post.KronwaldFoerdertechnik.co.id>", True),
        ("info@kronwald.example", True),
        ("info@kronwaldfoerdertechnikgroup.example", True),
        ("mara.tilsen@foerdertechnik.example", False),
        ("mara.tilsen@tilsen.example", False),
        ("mara.tilsen@kronwalder.example", False),
        ("mara.tilsen@gmx.de", False),
        ("mara.tilsen@example", False),
    ],
)
def test_the_domain_of_a_mailbox_tells_the_employer(case, mailbox, met):
    officer = case.officer("1", "Mara Tilsen", "Ulm", _firm(case))
    case.officer("3", "Mara Tilsen", "Kiel", _firm(case, "GMX Hafenbau GmbH", "g"))
    contact = case.contact("2", "Mara Tilsen", None, source="vcard", emails=[mailbox])
    found = case.resolve()
    assert found.one(officer, contact) is met
    assert not met or found.links["r2"][1] == "same name and mail domain" or found.links["r1"][1] == "same name and mail domain"
    assert not found.one("3", contact)


def test_the_companys_town_may_be_a_part_of_the_domain(case):
    """Without a hyphen, whole or its first word; the town of another firm says nothing, nor does a trade with its town."""
    told = (
        ("Kronwald Torantriebe GmbH", "Rotthal am Bühl", "kronwaldtorantrieberotthalambuehl", True),
        ("Seeberg Stahlbau GmbH", "Rotthal am Bühl", "seebergstahlbaurotthal", True),
        ("Nordlicht Hafenbau GmbH", "Lindhaven", "nordlichthafenbaurotthal", False),
        ("Ostersiel Druckguss GmbH", "Lindhaven", "druckgusslindhaven", False),
    )
    names = ("Tilsen", "Vredenau", "Moorkamp", "Zirbel")
    for family, (firm, city, domain, _met) in zip(names, told, strict=True):
        case.officer(f"a{family}", f"Mara {family}", "Ulm", _firm(case, firm, f"f{family}", city=city))
        case.contact(f"c{family}", f"Mara {family}", None, source="vcard", emails=[f"mara@{domain}.example"])
    found = case.resolve()
    assert [found.one(f"a{family}", f"c{family}") for family in names] == [met for *_firm, met in told]


def test_the_website_of_a_company_tells_whose_the_mailbox_is(case):
    """Of each firm (website, mailbox) the officer is met or not; a namesake sits in another firm, and a sister has the mailbox too."""
    told = (
        ("https://www.KFT-Ulm.example/de?a=1", "mara@kft-ulm.example", True),
        ("hst.co.id:443", "Mara <mara@Post.HST.co.id>", True),
        ("http://shop.ndg-kiel.example", "mara@ndg-kiel.example", True),
        ("www.seeberg.example", "mara@seeberg.example", True),  # and another firm is called so
        (None, "mara@sba.example", False),
        ("www.obl.example", "mara@obl-kiel.example", False),
        ("https://www.gmx.de/kft", "mara@gmx.de", False),
        ("kft", "mara@kft", False),
    )
    names = ("Tilsen", "Vredenau", "Moorkamp", "Zirbel", "Quandahl", "Ostersiel", "Wimmergrund", "Lindhaven")
    _firm(case, "Seeberg Stahlbau GmbH", "seeberg")
    for family, (website, mailbox, _met) in zip(names, told, strict=True):
        case.officer(
            f"a{family}", f"Mara {family}", "Ulm", _firm(case, f"Ortsnetz {family[::-1]} GmbH", f"f{family}", website=website)
        )
        case.officer(f"b{family}", f"Mara {family}", "Kiel", "seeberg")
        case.contact(f"c{family}", f"Mara {family}", None, source="vcard", emails=[mailbox])
        case.contact(f"d{family}", f"Jonas {family}", None, source="vcard", emails=[mailbox])
    found = case.resolve()
    assert [found.one(f"a{family}", f"c{family}") for family in names] == [met for _website, _mailbox, met in told]
    assert not any(found.one(f"b{family}", f"c{family}") or found.one(f"a{family}", f"d{family}") for family in names)


def test_several_firms_with_one_website(case):
    """A group's firms share theirs: two officers of one name wait. Firms of three other names make it a site that anybody may have."""
    names = (
        "Kronwald Fördertechnik GmbH",
        "Kronwald Service GmbH",
        "Nordlicht Hafenbau GmbH",
        "Seeberg Stahlbau GmbH",
        "Ortsnetz Druckguss GmbH",
    )
    for number, name in enumerate(names):
        _firm(case, name, f"f{number}", website="www.kftgruppe.example" if number < 2 else "www.baukasten.example")
    met = case.officer("1", "Mara Tilsen", "Ulm", "f0")
    waits = [case.officer(f"2{number}", "Jonas Vredenau", ("Ulm", "Kiel")[number], f"f{number}") for number in range(2)]
    stranger = case.officer("3", "Helene Moorkamp", "Kiel", "f3")
    for record, name, domain in (
        ("4", "Mara Tilsen", "kftgruppe"),
        ("5", "Jonas Vredenau", "kftgruppe"),
        ("6", "Helene Moorkamp", "baukasten"),
    ):
        case.contact(record, name, None, source="vcard", emails=[f"mail@{domain}.example"])
    found = case.resolve()
    assert found.one(met, "4")
    assert not any(found.one(each, "5") for each in waits)
    assert found.waits(waits[0], "5") == "several_candidates"
    assert not found.one(stranger, "6")


def test_a_mailbox_at_one_firm_and_an_employer_of_another_name(case):
    """Who writes from one and names the other waits between two officers; whoever names the firm is no stranger to its domain."""
    case.officer("1", "Mara Tilsen", "Ulm", _firm(case, website="kft-ulm.example"))
    case.officer("2", "Mara Tilsen", "Kiel", _firm(case, "Nordlicht Hafenbau GmbH", "g"))
    case.officer("3", "Jonas Vredenau", "Ulm", "o")
    case.contact("4", "Mara Tilsen", "Nordlicht Hafenbau GmbH", source="vcard", emails=["mara@kft-ulm.example"])
    case.contact("5", "Jonas Vredenau", None, source="vcard", emails=["jonas@kft-ulm.example"])
    for number, employer in enumerate(("Kronwald", "Kronwald Fördertechnik", "Kronwald Stapler & Fördertechnik")):
        case.contact(f"c{number}", f"Vor{number} Nach{number}", employer, source="vcard", emails=[f"n{number}@kft-ulm.example"])
    found = case.resolve()
    assert not found.one("1", "4")
    assert not found.one("2", "4")
    assert found.one("3", "5")


def test_the_mailbox_tells_which_of_the_familys_firms_is_meant(case):
    officer = case.officer("1", "Mara Tilsen", "Ulm", _firm(case, "Tilsen Hafenlogistik GmbH"))
    without = case.contact("2", "Mara Tilsen", "Tilsen")
    assert case.resolve().waits(officer, without) == "employer_alike"
    case.contact("3", "Mara Tilsen", "Tilsen", owner="Jonas", source="vcard", emails=["mt@tilsen-hafenlogistik.example"])
    assert case.resolve().one(officer, "3")


def test_a_domain_of_people_with_other_employers_is_a_providers(case):
    """Two might have changed their employer; of three it is nobody's."""
    firm = _firm(case, "Ortsnetz Hafenbau GmbH")
    officer = case.officer("1", "Mara Tilsen", "Ulm", firm)
    contact = case.contact("2", "Mara Tilsen", None, source="vcard", emails=["mara@ortsnetz.example"])
    employers = ("Ortsnetz Hafenbau", "Nordlicht Stapler", "Seeberg Stahlbau", "Kronwald Druckguss")
    for number, employer in enumerate(employers[:3]):
        case.contact(f"c{number}", f"Vor{number} Nach{number}", employer, source="vcard", emails=[f"n{number}@ortsnetz.example"])
    assert case.resolve().one(officer, contact)
    case.contact("c3", "Vor3 Nach3", employers[3], source="vcard", emails=["n3@ortsnetz.example"])
    assert not case.resolve().one(officer, contact)


def test_who_is_nearer_by_the_company_and_farther_by_the_name_isnt_nearer(case):
    case.officer("1", "Bettina Vredenau", "Ulm", _firm(case, "Otto Vredenau e.K.", "a"))
    case.officer("2", "Bettina Vredenau-Tilsen", "Kiel", _firm(case, "Otto Vredenau Hafenlogistik GmbH", "b"))
    contact = case.contact("3", "Bettina Vredenau-Tilsen", "Otto Vredenau e.K.")
    found = case.resolve()
    assert not found.one("1", contact)
    assert not found.one("2", contact)
    assert found.waits(contact, "1") == "several_candidates"


@pytest.mark.parametrize(("other_firm", "met"), [("Kronwald Fördertechnik e.K.", False), ("Kronwald Fördertechnik Süd GmbH", True)])
def test_a_second_given_name_left_out_competes_where_another_firm_is_called_so(case, other_firm, met):
    case.officer("1", "Jürgen Vredenau", "Ulm", _firm(case, "Kronwald Fördertechnik e.K.", "a"))
    case.officer("2", "Jürgen Karl Vredenau", "Kiel", _firm(case, other_firm, "b"))
    contact = case.contact("3", "Jürgen Vredenau", "Kronwald Fördertechnik")
    found = case.resolve()
    assert found.one("1", contact) is met
    assert not found.one("2", contact)


def test_rare_words_of_a_town_lead_to_the_company_as_its_own_do(case):
    firm = _firm(case, "Kronwald Fördertechnik GmbH", city="Lindhaven-Ostersiel")
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    others = ("Lindhaven Ostersiel Hafenbau", "Kronwald Stahlbau", "Kronwald Stapler", "Seeberg Fördertechnik", "Nord Fördertechnik")
    for number, name in enumerate(others):
        _firm(case, f"{name} GmbH", f"f{number}")
    contact = case.contact("2", "Jürgen Vredenau", "Kronwald Fördertechnik Lindhaven-Ostersiel")
    assert case.resolve().one(officer, contact)


@pytest.mark.parametrize(("city", "met"), [(None, False), ("Ulm", True)])
def test_a_left_out_second_name_competes_in_the_familys_own_firm(case, city, met):
    firm = _firm(case, "Vredenau Fördertechnik GmbH")
    case.officer("1", "Karl Vredenau", "Ulm", firm)
    case.officer("2", "Helmut Karl Vredenau", "Kiel", firm)
    contact = case.contact("3", "Karl Vredenau", "Vredenau Fördertechnik", source="vcard", city=city)
    assert case.resolve().one("1", contact) is met


def test_a_groups_holding_and_its_other_firm_are_as_near(case):
    case.officer("1", "Mara Tilsen", "Ulm", _firm(case, "Kronwald Holding GmbH", "a"))
    case.officer("2", "Mara Tilsen", "Kiel", _firm(case, "Kronwald Hafenlogistik GmbH", "b"))
    contact = case.contact("3", "Mara Tilsen", "Kronwald")
    found = case.resolve()
    assert not found.one("1", contact)
    assert not found.one("2", contact)


def test_a_misspelt_given_name_makes_nobody_rare(case):
    """The first name alone is of the two; columns the wrong way round don't make a common name rare either."""
    for number in range(5000):
        case.person(f"p{number:04}", f"Thomas{' Karl' * (number % 2)} Krämer{number % 25:02}", f"Ort{number:04}")
    pairs = (("Thomsa Krämer01", "Thomsa Krämer01"), ("Thomas Krämer02", "Krämer02 Thomas"))
    for number, (officer, contact) in enumerate(pairs):
        case.officer(f"o{number}", officer, "Ulm", _firm(case, f"Krämer0{number + 1} GmbH", f"f{number}"))
        case.contact(f"c{number}", contact, f"Krämer0{number + 1}")
    found = case.resolve()
    assert [found.one(f"o{number}", f"c{number}") for number in range(2)] == [False, False]
