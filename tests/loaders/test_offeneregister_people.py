"""The people of the German register dump: their roles, their names, and who is none."""

from __future__ import annotations

from tests.loaders.register_dump import company, in_order, person

# --- roles -----------------------------------------------------------------------------------------------------------


POSITIONS = [
    ("Geschäftsführer", "managing_director"), ("Prokurist", "authorised_signatory"), ("Inhaber", "sole_proprietor"),
    ("Persönlich haftender Gesellschafter", "general_partner"), ("Liquidator", "liquidator"),
    ("Vorstand", "executive_board"), ("GESCHÄFTSFÜHRERIN ", "managing_director"),
]


def test_german_roles_become_words_of_the_vocabulary(register):
    found = register(*(company(str(at), officers=[person("Hanna", "Vogt", "2010-05-01", position=position)])
                       for at, (position, _) in enumerate(POSITIONS)))
    assert [(row["role_as_written"], row["role"]) for row in in_order(found["mandate"])] == POSITIONS


def test_an_unknown_role_is_kept_as_written_and_counted(people):
    found = people(person("Hanna", "Vogt", "2010-05-01", position="Ständiger Vertreter"),
                   person("Jan", "Ilg", "2010-05-01", position="Ständiger Vertreter"),
                   {"name": "Uta Prem", "start_date": "2011-01-01", "type": "person"})
    assert [row["role"] for row in found["mandate"]] == ["other"] * 3
    assert {row["role_as_written"] for row in found["mandate"]} == {"Ständiger Vertreter", None}
    assert found.sink.unknown_words == {"Ständiger Vertreter": 2, "(no role)": 1}


# --- names of people -------------------------------------------------------------------------------------------------


NAMES = [
    ("Hans-Werner", "Doctor Jahn", {}, {"name": "Hans-Werner Jahn", "title": "Dr."}),
    ("Hanna Professor", "Doctor med. Vogt", {}, {"name": "Hanna Vogt", "title": "Prof. Dr. med."}),
    ("Jan", "Doctor Doctor Ilg", {}, {"name": "Jan Ilg", "title": "Dr. Dr."}),
    ("Jan", "Diplomingenieur (FH) Ilg", {}, {"name": "Jan Ilg", "family_name": "Ilg", "title": "Diplomingenieur"}),
    ("Jan", "Freiherr von Ilg", {}, {"name": "Jan Freiherr von Ilg", "title": None}),
    ("Susan geborene Kugler", "Meier", {}, {"name": "Susan Meier", "birth_name": "Kugler"}),
    ("Susan geborene Kugler", "Doctor Meier", {}, {"name": "Susan Meier", "birth_name": "Kugler", "title": "Dr."}),
    ("Susan geborene14.12.1951", "Meier", {}, {"name": "Susan Meier", "birth_name": None}),
    ("Susan", "Meier geb. Kugler", {}, {"name": "Susan Meier", "birth_name": "Kugler"}),
    ("Susan", "Meier", {"maidenname": "Kugler"}, {"name": "Susan Meier", "birth_name": "Kugler"}),
    ("Jan Piet - genannt Pit -", "van Dorn", {}, {"name": "Jan Piet van Dorn", "other_names": ["Pit"],
                                                  "birth_name": None}),
    ("1) Anna", "Vogt", {}, {"name": "Anna Vogt"}),
    ("Inhaber: Anna", "Vogt", {}, {"name": "Anna Vogt"}),
    ("Anna Persönlich haftender Gesellschafter:", "Vogt", {}, {"family_name": "Vogt"}),
    ("Anna", "Persönlich haftender Gesellschafter: Vogt", {}, {"name": "Anna Vogt"}),
    ("Anna", "Vogt", {"title": "Kauffrau"}, {"occupation": "Kauffrau"}),
    ("Anna", "Vogt", {"title": "mit der Befugnis"}, {"occupation": None}),
    ("Anna", "Vogt", {"title": "Kirchplatz 5"}, {"occupation": None}),
    # ASCII word boundaries would find "se" (a legal form) and "gen" (a nickname follows) inside these
    ("Jörg", "Häse", {}, {"name": "Jörg Häse"}),
    ("Hägen", "Böse", {}, {"name": "Hägen Böse", "other_names": []}),
    ("Łukasz", "O'Nøñé-Ünal", {}, {"name": "Łukasz O'Nøñé-Ünal"}),
    ('Anna "Anni"', "<b>Vogt</b>", {}, {"name": 'Anna "Anni" <b>Vogt</b>'}),
    ("=HYPERLINK", "Vogt", {}, {"name": "=HYPERLINK Vogt"}),
]


def test_a_persons_name_is_taken_apart_and_kept_as_written(register):
    found = register(*(company(str(at), officers=[person(first, last, "2010-05-01", **other)])
                       for at, (first, last, other, _) in enumerate(NAMES)))
    for row, (first, last, _, expected) in zip(in_order(found["person"]), NAMES, strict=True):
        assert {key: row[key] for key in expected} == expected
        assert row["name_as_written"] == f"{first} {last}"


PLACES = [
    ("37213 Witzenhausen", "Witzenhausen", "37213"), ("Frankfurt (Oder)", "Frankfurt (Oder)", None),
    ("Klipphausen (früh", "Klipphausen", None), ("Leonau)", "Leonau", None),
    ("Leonau.Die Firma ist erloschen", "Leonau", None), ("St.Gallen / Schweiz", "St.Gallen / Schweiz", None),
    ("im Namen der Gesellschaft mit sich im eigenen Namen", None, None), ("kaufm", None, None), ("72275", None, None),
    ("'s-Hertogenbosch", "'s-Hertogenbosch", None), ("Company No", None, None),
]


def test_a_place_is_freed_of_what_does_not_belong_to_it(register):
    found = register(*(company(str(at), officers=[person("Anna", "Vogt", "2010-05-01", city=city)])
                       for at, (city, _, _) in enumerate(PLACES)))
    assert [(written, row["city"], row["postcode"])
            for row, (written, _, _) in zip(in_order(found["person"]), PLACES, strict=True)] == PLACES


SHIFTED = [
    ("Leonau", "Friedemann Beer", "71229 Leonau", "Friedemann Beer", "Leonau"),
    ("71229 Leonau", "Friedemann Beer e.K", "71229 Leonau", "Friedemann Beer", "Leonau"),
    ("Leonau", "Friedemann Beer e. K", "Leonau.Die Firma ist erloschen", "Friedemann Beer", "Leonau"),
    ("Leonau (Schlosserstr", "Manfred Lohr", None, "Manfred Lohr", "Leonau"),
    ("Leonau", "Monika Streng", "(Uhlbergstr", "Monika Streng", "Leonau"),
    ("Roseggerweg 18", "Walter Weiden", "Leonau)", "Walter Weiden", "Leonau"),
    # the seat of the company stands as first name, no place at all
    ("Witzenhausen", "Andrea Kümmel", None, "Andrea Kümmel", "Witzenhausen"),
]


def test_a_row_shifted_by_one_column_is_put_right(register):
    found = register(*(company(str(at), officers=[person(first, last, "2010-05-01", city=city, position="Inhaber")])
                       for at, (first, last, city, _, _) in enumerate(SHIFTED)))
    assert [(row["name"], row["city"]) for row in in_order(found["person"])] == [case[3:] for case in SHIFTED]


def test_two_given_names_of_a_person_are_no_shifted_row(people):
    row = people(person("Paris", "von der Leonau", "2010-05-01")).one("person")
    assert (row["given_name"], row["family_name"]) == ("Paris", "von der Leonau")


def test_a_sole_proprietor_typed_as_a_company_is_a_person(people):
    told = {"name": "Christa Jannis, Kirchau, Im Tal 27, 73230 Kirchau.Mit dem Vermögen der Inhaberin ist die "
                    '"Hobel & Mai GmbH", Ulm (Amtsgericht Ulm HRB 5545) verschmolzen.',
            "position": "Inhaber", "start_date": "2015-08-10", "type": "company"}
    plain = {**told, "name": "Christa Jannis (Amtsgericht Ulm HRA 77), ist ausgeschieden."}
    assert people(plain).names("person") == ["Christa Jannis"]
    # with another company's form inside nobody can tell; it stays what the publisher says
    assert people(told)["person"] == []
