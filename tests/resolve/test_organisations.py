"""Which organisation records are one organisation."""

from __future__ import annotations


def test_court_and_number_are_one_company_with_or_without_leading_zeros(case):
    a = case.company("1", "Nordkai Umschlag GmbH", identifier="X1", register_court="Ulm", register_number="HRB 817")
    b = case.company("2", "Nordkai Umschlag GmbH, Ulm", register_court="Amtsgericht Ulm", register_number="HRB 000817")
    assert case.resolve().one(a, b)


def test_one_number_at_two_courts_is_two_companies(case):
    a = case.company("1", "Nordkai Umschlag", identifier="X1", register_court="Ulm", register_number="HRB 817")
    b = case.company("2", "Nordkai Umschlag", register_court="Kiel", register_number="HRB 817")
    c = case.company("3", "Nordkai Umschlag", register_court="Ulm", register_number="HRA 817")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(a, c)


def test_a_number_in_a_section_where_the_company_cannot_stand_is_none(case):
    """A partnership's partner is told with the partnership's own number, or with HRA where HRB is meant, as registers do."""
    kg = case.company("1", "Drehwerk Tilsen KG", identifier="X1", register_court="Ulm", register_number="HRA 4711", city="Ulm")
    partner = case.company("2", "Drehwerk Tilsen Verwaltungs-GmbH", register_court="Ulm", register_number="HRA 4711", city="Ulm")
    other = case.company("3", "Altvogt GmbH & Co. KG", identifier="X3", register_court="Ulm", register_number="HRB 12", city="Kiel")
    told = case.company("4", "Altvogt GmbH & Co. KG", register_court="Ulm", register_number="HRB 12", city="Kiel")
    short = case.company("5", "Nordkai GmbH & Co.", register_court="Ulm", register_number="HRA 77", city="Ulm")
    long = case.company("6", "Nordkai Kai GmbH & Co. KG", identifier="X6", register_court="Ulm", register_number="HRA 77", city="Ulm")
    found = case.resolve()
    assert not found.one(kg, partner)
    assert found.one(other, told)
    assert found.one(short, long)


def test_one_lei_is_one_company_under_two_names(case):
    a = case.company("1", "Nordkai GmbH", source="gleif", lei="5299000J2N45DDNE4Y28")
    b = case.company("2", "Nordkai Holding GmbH", lei="5299000j2n45ddne4y28 ")
    assert case.resolve().one(a, b)


def test_two_leis_are_two_companies_whatever_else_agrees(case):
    a = case.company("1", "Nordkai GmbH", city="Ulm", source="gleif", lei="5299000J2N45DDNE4Y28")
    b = case.company("2", "Nordkai GmbH", city="Ulm", source="gleif", lei="529900LN3S50JPU47S06")
    assert not case.resolve().one(a, b)


def test_two_numbers_of_one_publisher_are_two_companies_though_a_third_source_joins_them(case):
    a = case.company(
        "1", "Nordkai GmbH", identifier="X1", register_court="Ulm", register_number="HRB 1", lei="5299000J2N45DDNE4Y28"
    )
    b = case.company("2", "Nordkai AG", identifier="X2", register_court="Ulm", register_number="HRB 2")
    c = case.company(
        "3", "Nordkai", source="gleif", lei="5299000J2N45DDNE4Y28", register_court="Ulm", register_number="HRB 2"
    )
    found = case.resolve()
    assert not found.one(a, b)
    assert found.one(a, c)


def test_a_name_without_number_is_the_only_company_of_that_name(case):
    a = case.company("1", "Nordkai Umschlag GmbH", identifier="X1", city="Ulm")
    b = case.company("2", "NORDKAI UMSCHLAG GmbH", source="list")
    assert case.resolve().one(a, b)


def test_a_name_that_two_companies_bear_stays_apart_unless_the_town_tells(case):
    a = case.company("1", "Nordkai Umschlag GmbH", identifier="X1", city="Ulm")
    b = case.company("2", "Nordkai Umschlag GmbH", identifier="X2", city="Kiel")
    c = case.company("3", "Nordkai Umschlag GmbH", source="list")
    d = case.company("4", "Nordkai Umschlag GmbH", source="list", city="Kiel")
    found = case.resolve()
    assert not found.one(a, b)
    assert not found.one(a, c)
    assert not found.one(b, c)
    assert found.one(b, d)


def test_a_company_with_a_number_is_not_merged_by_name_and_town(case):
    a = case.company("1", "Nordkai Umschlag GmbH", identifier="X1", city="Ulm")
    b = case.company("2", "Nordkai Umschlag GmbH", identifier="X2", city="Ulm")
    assert not case.resolve().one(a, b)


def test_committees_are_one_only_within_one_association(case):
    a = case.company("1", "Arbeitskreis Lager", kind="committee", part_of="Verband A", source="list")
    b = case.company("2", "Arbeitskreis Lager", kind="committee", part_of="Verband B", source="list2")
    c = case.company("3", "Arbeitskreis Lager", kind="committee", part_of="Verband A", source="list3")
    found = case.resolve()
    assert not found.one(a, b)
    assert found.one(a, c)


def test_a_company_and_an_association_of_one_name_are_two(case):
    a = case.company("1", "Nordkai", identifier="X1")
    b = case.company("2", "Nordkai", kind="association", source="list")
    assert not case.resolve().one(a, b)
