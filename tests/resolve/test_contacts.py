"""A contact meets the register person of his name in the company he works at, and a namesake elsewhere doesn't."""

from __future__ import annotations

import pytest


def _firm(case, name="Kronwald Fördertechnik GmbH & Co. KG", record="o", **more):
    return case.company(record, name, identifier=f"X{record}", **more)


@pytest.mark.parametrize(
    "written",
    [
        "Kronwald Fördertechnik GmbH & Co. KG",
        "Kronwald Fördertechnik",
        "KRONWALD FOERDERTECHNIK",
        "kronwald fördertechnik gmbh",
        "Kronwald-Fördertechnik",
        "Kronwald Gruppe Fördertechnik",
        "Kronwald Fördertechnik Group",
        "Kronwald Fördertechnik Deutschland",
        "Kronwald",
        "Kronwald Fördertechnik Ulm",
        "Seeberg Stahlbau",
        "Seeberg Stahlbau AG",
    ],
)
def test_the_company_is_found_as_people_write_it(case, written):
    firm = _firm(case, previous_names=["Seeberg Stahlbau Gesellschaft mit beschränkter Haftung"], city="Ulm")
    officer, contact = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.contact("2", "Jürgen Vredenau", written)
    assert case.resolve().one(officer, contact)


@pytest.mark.parametrize(
    "written",
    [
        "Fördertechnik",
        "Fördertechnik GmbH",
        "Kronwald Immobilien",
        "Kronwalder Fördertechnik",
        "Nordlicht Consulting GmbH",
        "Seeberg",
        "Kronwald Fördertechnik Bauelemente Handel",
    ],
)
def test_another_company_is_not_met_by_a_word_in_common(case, written):
    firm = _firm(case)
    officer, contact = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.contact("2", "Jürgen Vredenau", written)
    assert not case.resolve().one(officer, contact)


@pytest.mark.parametrize(
    ("registered", "written"),
    [
        ({"name": "Hans-Jürgen Vredenau"}, "Hans Juergen Vredenau"),
        ({"name": "Hans-Jürgen Vredenau"}, "Hansjürgen Vredenau"),
        ({"name": "Hans-Jürgen Vredenau"}, "Jürgen Vredenau"),
        ({"name": "Jürgen Karl Vredenau"}, "Jurgen Vredenau"),
        ({"name": "Jürgen Karl Vredenau"}, "Jürgen K. Vredenau"),
        ({"name": "Jürgen Karl Vredenau"}, "Karl Vredenau"),
        ({"name": "Jürgen Vredenau"}, "J. Vredenau"),
        ({"name": "Jürgen Vredenau"}, "Dr. Jürgen Vredenau"),
        ({"name": "Christoph Vredenau"}, "Christof Vredenau"),
        ({"name": "Sabine Vredenau-Tilsen"}, "Sabine Tilsen"),
        ({"name": "Sabine Vredenau-Tilsen"}, "Sabine Tilsen-Vredenau"),
        ({"name": "Sabine Vredenau-Tilsen"}, "Sabine Vredenautilsen"),
        ({"name": "Sabine Groß"}, "SABINE GROSS"),
        ({"name": "Sabine Tilsen", "birth_name": "Vredenau"}, "Sabine Vredenau"),
        ({"name": "Jürgen von Vredenau", "given_name": "Jürgen", "family_name": "von Vredenau"}, "Jürgen Vredenau"),
        ({"name": "Jürgen Vredenau"}, "Vredenau Jürgen"),
    ],
)
def test_the_person_is_found_as_people_write_themselves(case, registered, written):
    firm = _firm(case)
    officer = case.officer("1", registered.pop("name"), "Ulm", firm, **registered)
    contact = case.contact("2", written, "Kronwald Fördertechnik")
    assert case.resolve().one(officer, contact)


@pytest.mark.parametrize(
    "written",
    [
        "Jan Vredenau",
        "Jana Vredenau",
        "Karla Vredenau",
        "Jürgen Tilsen",
        "Jürgen M. Vredenau",
        "K. Tilsen",
        "Andreas Vredenau",
        "Vredenau",
    ],
)
def test_a_relative_or_colleague_is_not_met(case, written):
    firm = _firm(case)
    officer = case.officer("1", "Jürgen Karl Vredenau", "Ulm", firm)
    case.officer("3", "Andrea Vredenau", "Ulm", firm)
    contact = case.contact("2", written, "Kronwald Fördertechnik")
    found = case.resolve()
    assert not found.one(officer, contact)
    assert not found.one("3", contact)


def test_a_cut_name_that_many_companies_answer_to_meets_nobody(case):
    """Ten companies are called Kronwald something; at most three may answer in so small a register."""
    firm = _firm(case)
    for number in range(9):
        case.company(f"x{number}", f"Kronwald Vorrat{number} GmbH", identifier=f"K{number}")
    officer, contact = (
        case.officer("1", "Jürgen Vredenau", "Ulm", firm),
        case.contact("2", "Jürgen Vredenau", "Kronwald"),
    )
    found = case.resolve()
    assert not found.one(officer, contact)
    assert found.waits(officer, contact) == "employer_alike"


def test_a_cut_name_that_is_only_his_own_waits(case):
    """Whoever is called Vredenau and works at "Vredenau" tells nothing but his name twice."""
    firm = _firm(case, "Vredenau Hafenlogistik GmbH")
    officer, contact = (
        case.officer("1", "Jürgen Vredenau", "Ulm", firm),
        case.contact("2", "Jürgen Vredenau", "Vredenau"),
    )
    found = case.resolve()
    assert not found.one(officer, contact)
    assert found.waits(officer, contact) == "employer_alike"


def test_two_namesakes_in_the_company_leave_the_contact_waiting(case):
    firm = _firm(case)
    a, b = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.officer("2", "Jürgen Vredenau", "Kiel", firm)
    contact = case.contact("3", "Jürgen Vredenau", "Kronwald Fördertechnik")
    found = case.resolve()
    assert not found.one(a, contact)
    assert not found.one(b, contact)
    assert found.waits(a, contact) == "several_candidates"


def test_the_town_of_the_contact_tells_two_namesakes_apart(case):
    firm = _firm(case)
    a, b = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.officer("2", "Jürgen Vredenau", "Kiel", firm)
    contact = case.contact("3", "Jürgen Vredenau", "Kronwald Fördertechnik", city="Kiel", source="vcard")
    found = case.resolve()
    assert found.one(b, contact)
    assert not found.one(a, contact)


def test_the_whole_name_goes_before_a_shortened_one(case):
    firm = _firm(case)
    a, b = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.officer("2", "Jürgen Karl Vredenau", "Kiel", firm)
    contact = case.contact("3", "Jürgen Vredenau", "Kronwald Fördertechnik")
    found = case.resolve()
    assert found.one(a, contact)
    assert not found.one(b, contact)


def test_a_shortened_name_that_fits_two_waits(case):
    firm = _firm(case)
    case.officer("1", "Jürgen Peter Vredenau", "Ulm", firm)
    case.officer("2", "Jürgen Karl Vredenau", "Kiel", firm)
    contact = case.contact("3", "Jürgen Vredenau", "Kronwald Fördertechnik")
    found = case.resolve()
    assert not found.one("1", contact)
    assert not found.one("2", contact)
    assert found.waits("1", contact) == "several_candidates"


def test_a_common_name_at_a_company_name_that_hundreds_bear_waits(case):
    """200 companies are called Brunnthal; about 200 x 50 x (52 / 1,200) x (50 / 1,200) = 18 others may be meant."""
    for number in range(200):
        case.company(
            f"x{number:03}",
            f"Brunnthal {('GmbH', 'KG', 'AG', 'OHG')[number % 4]}",
            identifier=f"K{number}",
            city=f"Ort{number}",
        )
        case.person(
            f"y{number:03}",
            f"{'Thomas' if number < 50 else f'V{number}'} {'Müller' if number >= 150 else f'F{number}'}",
            f"Ort{number}",
        )
    officer = case.officer("1", "Thomas Müller", "Ulm", "x003")
    contact = case.contact("2", "Thomas Müller", "Brunnthal")
    found = case.resolve()
    assert not found.one(officer, contact)
    assert found.waits(officer, contact) == "same_name_and_employer"


def test_a_namesake_of_the_same_town_who_works_elsewhere_stays_another(case):
    firm = _firm(case)
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    contact = case.contact("2", "Jürgen Vredenau", "Nordlicht Consulting", source="vcard", city="Ulm")
    found = case.resolve()
    assert not found.one(officer, contact)
    assert found.waits(officer, contact) == "same_name_and_place"


def test_an_entry_with_nothing_but_name_and_town_is_the_register_person_of_a_rare_name(case):
    firm = _firm(case)
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    contact = case.contact("2", "Jürgen Vredenau", None, source="vcard", city="Ulm")
    assert case.resolve().one(officer, contact)


def test_two_profiles_of_one_name_and_company_stay_two_and_neither_is_the_officer(case):
    firm = _firm(case)
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    a = case.contact(
        "2", "Jürgen Vredenau", "Kronwald Fördertechnik", profile_url="https://www.linkedin.com/in/vredenau-1"
    )
    b = case.contact(
        "3", "Jürgen Vredenau", "Kronwald Fördertechnik", profile_url="https://www.linkedin.com/in/vredenau-2"
    )
    found = case.resolve()
    assert not found.one(officer, a)
    assert not found.one(officer, b)
    assert not found.one(a, b)
    assert found.waits(officer, a) == found.waits(officer, b) == "contradiction"


def test_profiles_of_two_sites_are_no_contradiction(case):
    firm = _firm(case)
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    a = case.contact(
        "2", "Jürgen Vredenau", "Kronwald Fördertechnik", profile_url="https://www.linkedin.com/in/vredenau-1"
    )
    b = case.contact(
        "3", "Jürgen Vredenau", "Kronwald Fördertechnik", source="vcard", profile_url="https://www.xing.com/profile/J_V"
    )
    assert case.resolve().one(officer, a, b)


def test_the_entries_of_two_address_books_meet_without_any_register(case):
    a = case.contact(
        "1", "Jürgen Vredenau", "Nordlicht Consulting GmbH", profile_url="https://www.linkedin.com/in/vredenau-1"
    )
    b = case.contact("2", "Juergen Karl Vredenau", "Nordlicht Consulting", owner="Jonas", source="vcard")
    c = case.contact("3", "Jürgen Vredenau", "Südlicht Consulting", owner="Jonas", source="vcard")
    found = case.resolve()
    assert found.one(a, b)
    assert not found.one(a, c)


def test_a_short_name_beside_two_different_middle_names_belongs_to_neither(case):
    a = case.contact("1", "Jürgen Karl Vredenau", "Nordlicht Consulting")
    b = case.contact("2", "Jürgen Peter Vredenau", "Nordlicht Consulting", owner="Jonas")
    c = case.contact("3", "Jürgen Vredenau", "Nordlicht Consulting", owner="Sri", source="vcard")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(a, c)
    assert not found.one(b, c)


def test_a_member_of_a_list_who_names_his_company_is_its_officer(case):
    firm, circle = _firm(case), case.company("c", "Arbeitskreis Lager", kind="committee", part_of="Verband A")
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    case.person("2", "Jürgen Vredenau", source="list")
    case.seat("2", circle, "member")
    case.company("e", "Kronwald Fördertechnik", source="list")
    case.seat("2", "e", "employee")
    assert case.resolve().one(officer, "2")


def test_a_member_of_our_team_is_our_officer_and_his_entry_in_a_colleagues_book(case):
    ours = case.company("o", "Hubwerk Stapler GmbH", identifier="H1")
    officer = case.officer("1", "Mara Wiesen", "Ulm", ours)
    entry = case.contact("2", "Mara Wiesen", "Hubwerk Stapler", owner="Jonas")
    elsewhere = case.contact(
        "4", "Mara Wiesen", "Nordlicht Consulting", owner="Jonas", profile_url="https://www.linkedin.com/in/mw"
    )
    member = case.person("3", "Mara Wiesen", source="team")
    found = case.resolve(team_organisation="Hubwerk Stapler GmbH")
    assert found.one(member, officer, entry)
    assert not found.one(member, elsewhere)


def test_of_two_officers_of_our_company_with_the_members_name_neither_is_he(case):
    ours = case.company("o", "Hubwerk Stapler GmbH", identifier="H1")
    case.officer("1", "Mara Wiesen", "Ulm", ours)
    case.officer("2", "Mara Wiesen", "Kiel", ours)
    member = case.person("3", "Mara Wiesen", source="team")
    found = case.resolve(team_organisation="Hubwerk Stapler GmbH")
    assert not found.one(member, "1")
    assert not found.one(member, "2")
    assert found.waits(member, "1") == "several_candidates"


@pytest.mark.parametrize(
    ("registered", "written", "met"),
    [
        ("Vredenau GmbH", "Vredenau GmbH", True),
        ("Vredenau GmbH", "Vredenau", False),
        ("Vredenau GmbH", "Vredenau Gruppe", False),
        ("Vredenau GmbH", "Vredenau Ulm", True),  # the company's own town tells which Vredenau is meant
        ("Vredenau GmbH", "Vredenau Kiel", False),
        ("Jürgen Vredenau e.K.", "Jürgen Vredenau", True),
        ("Jürgen Vredenau Druckguss und Werkzeugbau e.K.", "Jürgen Vredenau", True),
        ("Jürgen Vredenau Druckguss und Werkzeugbau e.K.", "Vredenau", False),
        ("Jürgen Vredenau Druckguss und Werkzeugbau e.K.", "Jürgen", False),
        ("Jürgen Vredenau K.G.", "Jürgen Vredenau K.G. Holding", True),
        ("Vredenau Bau GmbH", "Vredenau Bau", True),
        ("Vredenau Bau GmbH", "Vredenau Bau Gruppe", True),
        ("Vredenau Bau Lindhaven GmbH", "Vredenau Bau", False),
    ],
)
def test_a_firm_that_bears_the_familys_name_needs_more_than_that_name(case, registered, written, met):
    firm = _firm(case, registered, city="Ulm")
    officer, contact = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.contact("2", "Jürgen Vredenau", written)
    found = case.resolve()
    assert found.one(officer, contact) is met
    assert met or found.waits(officer, contact) == "employer_alike"


# Name of the officer, of his firm; how the contact writes himself and his employer; whether they meet.
_RARE = (
    ("Jorunn Vredenau", "Vredenau GmbH", "Jorunn Vredenau", "Vredenau", True),
    ("Aslak Tilsen", "Tilsen Hafenlogistik GmbH", "Aslak Tilsen", "Tilsen", True),
    # with so few companies nobody knows how many are called so and build
    ("Ragnvi Ostervald", "Ostervald Bau Lindhaven GmbH", "Ragnvi Ostervald", "Ostervald Bau", False),
    # some two adults of the name: a firm of the family's name alone, and one whose name he would have cut short
    ("Ingolf Sandvik", "Sandvik GmbH", "Ingolf Sandvik", "Sandvik", True),
    ("Ingolf Nordahl", "Nordahl Hafenlogistik GmbH", "Ingolf Nordahl", "Nordahl", False),
    # ten adults of the name, but of both given names fewer
    ("Vor00 Tveit", "Tveit GmbH", "Vor00 Tveit", "Tveit", False),
    ("Vor00 Karl Hellgren", "Hellgren GmbH", "Vor00 Karl Hellgren", "Hellgren", True),
    ("Sunniva Kaltmoor", "Sunniva Kaltmoor Druckguss e.K.", "Sunniva Kaltmoor", "Sunniva", True),
    ("Torbjorn Hagensee", "Torbjorn Hagensee e.K.", "T. Hagensee", "Torbjorn Hagensee", True),
    ("Eivind Brunnthal", "Brunnthal GmbH", "E. Brunnthal", "Brunnthal", False),
    # borne by ten in the register: some 20 adults of the name
    ("Vor00 Nach000", "Nach000 GmbH", "Vor00 Nach000", "Nach000", False),
    ("Gudrit Seewald", "Seewald GmbH", "Gudrit Seewald", "Seewald Consulting", False),
    ("Odvar Lindmark", "Kronwald Hafenlogistik GmbH", "Odvar Lindmark", "Nordlicht", False),
)


def test_in_a_large_register_a_rare_name_tells_which_company_is_meant(case):
    """Less than one more adult is expected to bear the rarest of these names, and to work at a firm called so is rare.

    Of 3 million adults 1 in 1,000 has the given name (none is taken to be rarer) and, officer and contact aside, 0.2 / 6,032 +
    1 / 5,021 the family name: 0.7. One in a hundred of them works at a firm with no other name, 0.06 at one that bears others too:
    0.007 and 0.04, less than one in twenty.
    """
    for number in range(12):
        case.person(f"i{number:02}", f"Ingolf Familie{number:02}", "Ulm")
    for number in range(5000):
        case.person(f"p{number:04}", f"Vor{number % 60:02} Nach{number // 10:03}", f"Ort{number % 40}")
    for number, (officer, firm, contact, employer, _) in enumerate(_RARE):
        case.officer(f"o{number}", officer, "Ulm", _firm(case, firm, f"f{number}"))
        case.contact(f"c{number}", contact, employer)
    found = case.resolve()
    assert [found.one(f"o{number}", f"c{number}") for number in range(len(_RARE))] == [each[-1] for each in _RARE]


@pytest.mark.parametrize(
    ("registered", "written", "met"),
    [
        ("Josef Vredenau", "Sepp Vredenau", True),
        ("Sepp Vredenau", "Josef Vredenau", True),
        ("Maximilian Vredenau", "Max Vredenau", True),
        ("Josef Karl Vredenau", "Sepp M. Vredenau", False),
        ("Josef Vredenau", "Sepp Tilsen", False),
        ("Josef Vredenau", "Johann Vredenau", False),
    ],
)
def test_a_short_form_of_the_given_name_is_the_name_where_the_company_agrees(case, registered, written, met):
    officer, contact = case.officer("1", registered, "Ulm", _firm(case)), case.contact("2", written, "Kronwald Fördertechnik")
    assert case.resolve().one(officer, contact) is met


def test_an_employer_with_a_registers_entry_or_a_foreign_form_in_the_middle_is_the_company(case):
    firm = _firm(case, "Kronwald Central BV & Co. KG")
    officer = case.officer("1", "Jürgen Vredenau", "Ulm", firm)
    a = case.contact("2", "Jürgen Vredenau", "Kronwald Central BV Unternehmensgruppe")
    b = case.contact("3", "Jürgen Vredenau", "Kronwald Central (Amtsgericht Ulm HRA 724716)", owner="Jonas", source="vcard")
    assert case.resolve().one(officer, a, b)
