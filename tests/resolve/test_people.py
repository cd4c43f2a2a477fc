"""Who is one person by proof, or by name and place; each case is small enough to be decided by hand."""

from __future__ import annotations

import pytest


def test_same_name_in_the_same_town_is_one_person(case):
    a, b = case.person("1", "Jürgen Vredenau", "Ulm"), case.person("2", "Juergen Vredenau", "ULM")
    assert case.resolve().one(a, b)


def test_same_name_in_another_town_is_another_person(case):
    a, b = case.person("1", "Jürgen Vredenau", "Ulm"), case.person("2", "Jürgen Vredenau", "Kiel")
    assert not case.resolve().one(a, b)


def test_a_record_without_a_town_meets_nobody_by_its_name(case):
    a, b = case.person("1", "Jürgen Vredenau"), case.person("2", "Jürgen Vredenau")
    assert not case.resolve().one(a, b)


def test_two_birth_dates_are_two_people(case):
    a = case.person("1", "Jürgen Vredenau", "Ulm", birth_date="1960-01-02")
    b = case.person("2", "Jürgen Vredenau", "Ulm", birth_date="1988-05-06")
    assert not case.resolve().one(a, b)


def test_whoever_has_no_birth_date_is_neither_of_two(case):
    a = case.person("1", "Jürgen Vredenau", "Ulm", birth_date="1960-01-02")
    b = case.person("2", "Jürgen Vredenau", "Ulm", birth_date="1988-05-06")
    c = case.person("3", "Jürgen Vredenau", "Ulm")
    found = case.resolve()
    assert not found.one(a, c)
    assert not found.one(b, c)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1960-01-02", "1960-01", True),
        ("1960-01-02", "1960", True),
        ("1960-01", "1960-02", False),
        ("1960", "1961", False),
    ],
)
def test_a_shorter_birth_date_contradicts_only_another_month_or_year(case, one, other, same):
    """The e-mail says they are one; a birth date that can't be true for both says they are not."""
    a = case.person("1", "Jürgen Vredenau", birth_date=one, emails=["j@vredenau.example"])
    b = case.person("2", "Jürgen Vredenau", birth_date=other, emails=["J@Vredenau.example "])
    assert case.resolve().one(a, b) is same


def test_name_and_birth_date_are_one_person_wherever_he_lives(case):
    a = case.person("1", "Jürgen Vredenau", "Ulm", birth_date="1960-01-02")
    b = case.person("2", "Jürgen Vredenau", "Kiel", birth_date="1960-01-02")
    assert case.resolve().one(a, b)


def test_one_profile_is_one_person_under_two_names(case):
    a = case.person("1", "Annegret Tilsen", profile_url="https://www.linkedin.com/in/annegret-t/")
    b = case.person("2", "Annegret Vossen", profile_url="http://de.linkedin.com/in/Annegret-T?trk=1")
    assert case.resolve().one(a, b)


def test_an_e_mail_address_counts_only_with_the_name(case):
    a = case.person("1", "Jürgen Vredenau", emails=["info@vredenau.example"])
    b = case.person("2", "Jürgen Vredenau", emails=["info@vredenau.example"])
    c = case.person("3", "Sabine Vredenau", emails=["info@vredenau.example"])
    found = case.resolve()
    assert found.one(a, b)
    assert not found.one(a, c)


def _city_of_müllers(case):
    """Add a city of 2,000 people, 80 of them called Thomas and 50 Müller."""
    for number in range(2000):
        given = "Thomas" if number < 80 else f"Vorname{number % 180}"
        family = "Müller" if number >= 1950 else f"Familie{number}"
        case.person(f"x{number:04}", f"{given} {family}", "Hamburg")


def test_a_common_name_in_a_large_city_waits_and_a_rare_one_is_one_person(case):
    """Others of the name to be expected: about 2,000 x ((82 + 30) / 3,000) x ((52 + 8) / 3,000) = 1.5, so a chance of 0.35 < 0.8.

    What ships about common names counts as 1,000 people: of these 3 % are called Thomas and 0.8 % Müller.
    """
    _city_of_müllers(case)
    a, b = case.person("1", "Thomas Müller", "Hamburg"), case.person("2", "Thomas Müller", "Hamburg")
    c, d = case.person("3", "Ottokar Vredenau", "Hamburg"), case.person("4", "Ottokar Vredenau", "Hamburg")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.waits(a, b) == "same_name_and_place"
    assert found.one(c, d)


def test_the_chance_of_name_and_place_is_that_of_no_other_of_the_name(case):
    """11 people in Ulm, a given and a family name that only he bears: 10 x 12 / 1,011 x 0.2 / 1,011 others, and 0.002 relatives.

    1.2 % are called Jürgen, by what ships. But so few records don't show how small their world is: 5,000 people are taken for a place,
    and 1 in 50,000 for a family name that isn't among the common ones, so 5,000 x 0.012 x 0.00002 others, which is more.

    Before anything was learned, people have 1, 2, 3, ... records as 1 : 1/4 : 1/9, of 60 at most: 1 / 1.62884 have one. Two records
    of two people, as an unordered pair, against two of one: (1 / 2) x p(1) p(1) / p(2) = (1 / 2) x 4 / 1.62884.
    """
    for number in range(10):
        case.person(f"x{number}", f"Vorname{number} Familie{number}", "Ulm")
    case.person("1", "Jürgen Vredenau", "Ulm")
    case.person("2", "Jürgen Vredenau", "Ulm")
    others = 0.002 + max(10 * (12 / 1011) * (0.2 / 1011), 5000 * 0.012 * 0.00002)
    assert case.resolve().links["r2"] == ("r1", "same name and place", pytest.approx(1 / (1 + 2 / 1.62884 * others), rel=1e-5))


def test_two_of_a_common_name_wait_however_few_records_there_are(case):
    """Two Thomas Müller of one city are not one because nothing else was loaded: 5,000 x 0.03 x 0.008 others are to be expected."""
    a, b = case.person("1", "Thomas Müller", "München"), case.person("2", "Dr. Thomas Mueller", "München")
    c, d = case.person("3", "Michael Wagner", "Ulm"), case.person("4", "Michael Wagner", "Ulm")
    e, f = case.person("5", "Thomas Vredenau", "Ulm"), case.person("6", "Thomas Vredenau", "Ulm")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(c, d)
    assert found.waits(c, d) == "same_name_and_place"
    assert found.one(e, f)


def test_a_name_in_another_script_is_the_same_name(case):
    a = case.person("1", "Александр Петрович Вреденау", "Riga", birth_date="1970-01-01")
    b = case.person("2", "Aleksandr Petrovich Vredenau", "Riga", birth_date="1970-01-01")
    assert case.resolve().one(a, b)


def test_an_only_name_and_a_city_are_too_little(case):
    """5,000 x 0.0002 others where names are so short, while given and family name are rare together."""
    a, b = case.person("1", "Wiryodinoto", "Solo"), case.person("2", "Wiryodinoto", "Solo")
    assert case.resolve().waits(a, b) == "same_name_and_place"


def test_two_given_names_are_rarer_than_the_first_of_them_and_a_relative_seldom_bears_both(case):
    """Eleven of twelve in Ulm are a Jürgen, two show Peter too: 0.0004 relatives, and others of both given names.

    By the data 10 x 0.02 / 1,011 x 0.2 / 1,011; by what ships, of 5,000 people 0.0005 have two given names like these, 1 in 50,000 his
    family name, which is more.
    """
    for number in range(10):
        case.person(f"x{number}", f"Jürgen Familie{number}", "Ulm")
    case.person("1", "Jürgen Peter Vredenau", "Ulm")
    case.person("2", "Jürgen Peter Vredenau", "Ulm")
    others = 0.0004 + max(10 * (0.02 / 1011) * (0.2 / 1011), 5000 * 0.0005 * 0.00002)
    assert case.resolve().links["r2"] == ("r1", "same name and place", pytest.approx(1 / (1 + 2 / 1.62884 * others), rel=1e-5))


@pytest.mark.parametrize(
    ("city", "others", "same"), [("Ulm", [], True), ("Kiel", [], False), ("Ulm", ["Jürgen Otto Vredenau"], False)]
)
def test_in_one_company_and_place_a_second_given_name_may_be_left_out_unless_two_have_one(case, city, others, same):
    firm = case.company("o", "Kronwald GmbH", identifier="X1")
    a, b = case.officer("1", "Jürgen Vredenau", "Ulm", firm), case.officer("2", "Jürgen Peter Vredenau", city, firm)
    for name in others:
        case.officer("3", name, "Ulm", firm)
    assert case.resolve().one(a, b) is same


def _mandates(case, record, city, role="managing_director", **more):
    case.person(record, "Jürgen Vredenau", city, birth_date="1960-01-02")
    told = {"person": f"r{record}", "organisation": "ro", "role": role, "last_seen": "2020-01-01", **more}
    case.add("mandate", f"{record}o", "register", told)
    return record


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"since": "2010-01-01"}, {"since": "2012-01-01"}, False),  # both open until they were last seen
        ({"since": "2010-01-01", "until": "2012-01-01"}, {"since": "2012-01-01"}, True),  # he moved: one ends where the other begins
        ({"until": "2012-01-01"}, {"since": "2012-01-01"}, True),
        ({"until": "2012-01-01"}, {"since": "2010-01-01"}, False),  # the last day of one lies within the other
        ({"since": "2010"}, {"since": "2010-05-01", "until": "2010-07-01"}, True),  # of the year 2010 only the end is sure
        ({"since": "2010-01-01", "role": "sole_proprietor"}, {"since": "2012-01-01", "role": "sole_proprietor"}, True),
    ],
)
def test_one_name_on_one_board_at_one_time_with_two_places_is_two_people_whatever_speaks_for_one(case, one, other, same):
    """Name and birth date are equal, which alone would be enough."""
    case.company("o", "Kronwald GmbH", identifier="X1")
    a, b = _mandates(case, "1", "Ulm", **one), _mandates(case, "2", "Kiel", **other)
    found = case.resolve()
    assert found.one(a, b) is same
    assert same or found.waits(a, b) == "contradiction"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"since": "2010-01-01", "until": "2012-01-01"}, {"since": "2012-01-01"}, True),
        ({"until": "2012-01-01"}, {"since": "2012-01-01", "role": "liquidator"}, True),
        ({"since": "2010-01-01", "until": "2012-01-01"}, {"since": "2012-01-02"}, False),
        ({"since": "2010", "until": "2012"}, {"since": "2012"}, False),  # the same year isn't the same day
        ({"until": "2012-01-01"}, {"since": "2010-01-01"}, False),  # the last day of one lies within the other
    ],
)
def test_an_officer_whose_mandate_goes_on_from_another_place_on_the_same_day_has_moved(case, one, other, same):
    case.company("o", "Kronwald GmbH", identifier="X1")
    for record, city, told in (("1", "Ulm", one), ("2", "Kiel", other)):
        case.person(record, "Jürgen Vredenau", city)
        case.add("mandate", f"{record}o", "register",
                 {"person": f"r{record}", "organisation": "ro", "role": "managing_director", "last_seen": "2020-01-01", **told})
    assert case.resolve().one("1", "2") is same


def test_on_one_board_a_place_cut_short_or_another_source_is_no_second_place(case):
    case.company("o", "Kronwald GmbH", identifier="X1")
    a, b = _mandates(case, "1", "Esslingen", since="2010-01-01"), _mandates(case, "2", "Esslingen am Neckar", since="2012-01-01")
    case.person("3", "Jürgen Vredenau", "Kiel", source="list", birth_date="1960-01-02")
    told = {"person": "r3", "organisation": "ro", "role": "member", "since": "2010-01-01", "last_seen": "2020-01-01"}
    case.add("mandate", "3o", "list", told)
    assert case.resolve().one(a, b, "3")


def test_a_chain_over_a_third_record_doesnt_join_two_places_of_one_board(case):
    case.company("o", "Kronwald GmbH", identifier="X1")
    a, b = _mandates(case, "1", "Ulm", since="2010-01-01"), _mandates(case, "2", "Kiel", since="2012-01-01")
    case.person("3", "Jürgen Vredenau", "Aalen", birth_date="1960-01-02")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(a, "3")
    assert not found.one(b, "3")


def test_a_married_name_waits(case):
    a = case.person("1", "Annegret Tilsen", "Ulm")
    b = case.person("2", "Annegret Vossen", "Ulm", birth_name="Tilsen")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.waits(a, b) == "birth_name"


def test_a_missing_middle_name_waits(case):
    a, b = case.person("1", "Jürgen Vredenau", "Ulm"), case.person("2", "Jürgen Peter Vredenau", "Ulm")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.waits(a, b) == "middle_name_missing"


def test_a_nominee_with_a_middle_name_waits_once_and_not_for_each_of_his_seats(case):
    for number in range(40):
        case.person(f"a{number:02}", "Jürgen Peter Vredenau", "Ulm")
        case.person(f"b{number:02}", "Jürgen Vredenau", "Ulm")
    assert len(case.resolve().waiting) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Esslingen", "Esslingen am Neckar", True),
        (None, "Ulm", True),
        ("Ulm", "Neu-Ulm", False),
        ("Essling", "Esslingen", False),
    ],
)
def test_in_one_company_a_place_cut_short_is_the_same_place(case, one, other, same):
    firm = case.company("o", "Kronwald GmbH", identifier="X1")
    a = case.officer("1", "Jürgen Vredenau", one, firm)
    b = case.officer("2", "Jürgen Vredenau", other, firm)
    assert case.resolve().one(a, b) is same


def test_kirchheim_is_neither_of_two_kirchheims(case):
    firm = case.company("o", "Kronwald GmbH", identifier="X1")
    records = [
        case.officer(str(number), "Jürgen Vredenau", city, firm)
        for number, city in enumerate(("Kirchheim", "Kirchheim am Neckar", "Kirchheim unter Teck"))
    ]
    found = case.resolve()
    assert not any(found.one(a, b) for a in records for b in records if a < b)


def test_a_cluster_falls_apart_where_its_ends_contradict(case):
    """1 and 2 share an e-mail, 2 and 3 a place; 1 and 3 have other birth dates: the weaker pair falls, and waits."""
    a = case.person("1", "Jürgen Vredenau", emails=["j@vredenau.example"], birth_date="1960-01-02")
    b = case.person("2", "Jürgen Vredenau", "Ulm", emails=["j@vredenau.example"])
    c = case.person("3", "Jürgen Vredenau", "Ulm", birth_date="1988-05-06")
    found = case.resolve()
    assert found.one(a, b)
    assert not found.one(b, c)
    assert found.waits(b, c) == "contradiction"


def test_of_two_equal_reasons_that_contradict_neither_stands(case):
    """2 shares an address with 1 and another with 3, who have other birth dates: nobody knows whose he is."""
    a = case.person("1", "Jürgen Vredenau", emails=["a@v.example"], birth_date="1960-01-02")
    b = case.person("2", "Jürgen Vredenau", emails=["a@v.example", "b@v.example"])
    c = case.person("3", "Jürgen Vredenau", emails=["b@v.example"], birth_date="1988-05-06")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(b, c)
    assert found.waits(a, b) == "contradiction"


def test_senior_and_junior_of_one_town_are_two(case):
    a = case.person("1", "Ottokar Vredenau", "Ulm", title="sen.")
    b = case.person("2", "Ottokar Vredenau", "Ulm", title="jun.")
    c, d = case.person("3", "Kunibert Vredenau", "Kiel"), case.person("4", "Kunibert Vredenau", "Kiel")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.waits(a, b) == "contradiction"
    assert found.one(c, d)


def test_who_is_marked_is_another_of_that_name_unless_more_than_name_and_place_says_otherwise(case):
    """Nobody is called jun. for nothing: the one without the word is his father as well as he himself."""
    a = case.person("1", "Ottokar Vredenau", "Ulm", given_name="Ottokar", family_name="Vredenau", title="Dr.")
    b = case.person("2", "Ottokar Vredenau", "Ulm", given_name="Ottokar", family_name="Vredenau", title="jun.")
    c = case.person("3", "Kunibert Tilsheim", "Kiel", birth_date="1961-07-29", emails=["k@tilsheim.example"])
    d = case.person("4", "Kunibert Tilsheim", "Kiel", birth_date="1961-07-29", emails=["k@tilsheim.example"], title="jun.")
    e = case.person("5", "Wendelin Goldau", "Bonn", given_name="Wendelin", family_name="Goldau")
    f = case.person("6", "Wendelin Goldau", "Bonn", given_name="Wendelin", family_name="Goldau", title="Dr.")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.waits(a, b)
    assert found.waits(a, b) != "contradiction"
    assert found.one(c, d)
    assert found.one(e, f)


def test_a_junior_behind_the_family_name_is_still_of_that_name(case):
    a = case.person("1", "Ottokar Vredenau", "Ulm", given_name="Ottokar", family_name="Vredenau Jr")
    b = case.person("2", "Ottokar Vredenau", "Ulm", title="Jr.")
    assert case.resolve().one(a, b)


def test_the_german_register_puts_the_mark_behind_the_given_names(case):
    """`Robert sen`, `Klotz`: of one firm and town he isn't the unmarked one by these; Min Jun and Mehmet Sen are names."""
    a = case.person("1", "Robert sen Vredenau", "Ulm", given_name="Robert sen", family_name="Vredenau")
    b = case.person("2", "Robert Vredenau", "Ulm")
    c = case.person("3", "Robert jun Vredenau", "Ulm", given_name="Robert jun", family_name="Vredenau")
    d = case.person("4", "Robert Vredenau jun.", "Ulm", given_name="Robert", family_name="Vredenau jun.")
    e = case.person("5", "Min Jun Tilsheim", "Kiel", given_name="Min Jun", family_name="Tilsheim")
    f = case.person("6", "Minjun Tilsheim", "Kiel", given_name="Minjun", family_name="Tilsheim")
    for number, partners in (("7", (a, b)), ("8", (c, d))):
        firm = case.company(number, f"Robert Vredenau OHG {number}")
        for person in partners:
            case.seat(person, firm, "general_partner")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(b, c)
    assert found.waits(a, c) == "contradiction"
    assert found.one(c, d)
    assert found.one(e, f)


def test_a_hyphened_name_is_one_name_and_its_half_another(case):
    """Karl and Karl-Heinz of one firm and town are father and son as well as one; Karl Otto left his second name out."""
    people = [
        case.person(str(at), f"{given} {family}", "Ulm", given_name=given, family_name=family)
        for at, (given, family) in enumerate((
            ("Karl", "Vredenau"), ("Karl-Heinz", "Vredenau"), ("Jost", "Tilsheim"), ("Jost Otto", "Tilsheim"),
            ("Hans-Peter", "Goldau"), ("Hans Peter", "Goldau"), ("Eva-Lore", "Mattwitz"), ("Eva-Lore Ida", "Mattwitz"),
        ))
    ]  # fmt: skip
    firm = case.company("8", "Vredenau & Tilsheim GmbH")
    for person in people:
        case.seat(person, firm)
    found = case.resolve()
    assert [found.one(*people[at : at + 2]) for at in (0, 2, 4, 6)] == [False, True, True, True]
    assert found.waits(*people[:2]) == "middle_name_missing"


def test_a_household_with_one_mailbox_and_twins_are_not_one_person(case):
    home = {"city": "Ulm", "address": "Lindenweg 7", "emails": ["vredenau@mail.example"]}
    anna, bert = case.person("1", "Anna Vredenau", **home), case.person("2", "Bert Vredenau", **home)
    twins = [
        case.person(f"t{each}", f"{each} Kolbinger", birth_date="1970-10-10", address="Birkenweg 3", city="Kiel")
        for each in ("Johann", "Patrizius")
    ]
    found = case.resolve()
    assert not found.one(anna, bert)
    assert not found.one(*twins)


def test_an_address_with_a_name_in_front_is_that_address(case):
    a = case.person("1", "Anna Vredenau", None, emails=["Anna Vredenau <Anna@Vredenau.example>"])
    b = case.person("2", "Anna Vredenau", None, emails=["anna@vredenau.example"])
    assert case.resolve().one(a, b)
