"""The German register dump as its publisher writes it, with the warts of the original; all names are invented."""

from __future__ import annotations

import bz2
import gzip
import json
from datetime import datetime

import pytest

from referralgraph.errors import SourceError

RETRIEVED = "2018-06-29T17:08:09Z"
POWERS = ("mit der Befugnis, im Namen der Gesellschaft mit sich im eigenen Namen oder als Vertreter eines Dritten "
          "Rechtsgeschäfte abzuschließen")


def company(
    number: str = "12", *, name: str = "Birkner Mühlenbau GmbH", court: str = "Eschwege", code: str = "M1405",
    section: str = "HRB", suffix: str = "", officers: list[dict[str, object]] | None = None,
    status: str = "currently registered", **more: object,
) -> str:
    """Return one company as the publisher writes it: keys in alphabetical order, empty ones left out."""
    attributes: dict[str, object] = {"_registerArt": section, "_registerNummer": number}
    if suffix:
        attributes["_registerNummerSuffix"] = suffix
    attributes |= {
        "additional_data": {"AD": False, "CD": False, "DK": True, "HD": True, "SI": False, "UT": True, "VÖ": True},
        "federal_state": "Hessen", "native_company_number": f"{court} {section} {number}",
        "registered_office": "Witzenhausen", "registrar": court,
    }
    row: dict[str, object] = {
        "all_attributes": attributes, "company_number": f"{code}_{section}{number}{suffix}", "current_status": status,
        "jurisdiction_code": "de", "name": name, "retrieved_at": RETRIEVED, **more,
    }
    if officers is not None:
        row["officers"] = officers
    return json.dumps(dict(sorted(row.items())), ensure_ascii=False)


def person(
    first: str, last: str, start: str | None = None, end: str | None = None, *, position: str = "Geschäftsführer",
    city: str | None = "Kassel", **other: object,
) -> dict[str, object]:
    about: dict[str, object] = {"firstname": first, "lastname": last, **other}
    if city:
        about["city"] = city
    if end:
        about["dismissed"] = True
    dates = {key: day for key, day in (("start_date", start), ("end_date", end)) if day}
    return {**dates, "name": f"{first} {last}", "other_attributes": about, "position": position, "type": "person"}


def firm(text: str, start: str | None = "2010-05-01", end: str | None = None) -> dict[str, object]:
    dates = {key: day for key, day in (("start_date", start), ("end_date", end)) if day}
    return {**dates, "name": text, "position": "Persönlich haftender Gesellschafter", "type": "company"}


def in_order(rows):
    """Return records in the order of their lines."""
    return sorted(rows, key=lambda row: row["line"])


@pytest.fixture
def register(load):
    """Read a register dump given by its lines."""
    return lambda *lines, name="dump.jsonl": load("offeneregister", name, "".join(line + "\n" for line in lines))


@pytest.fixture
def people(register):
    """Read the officers of one company."""
    return lambda *officers, **more: register(company(officers=list(officers), **more))


# --- the company -----------------------------------------------------------------------------------------------------


def test_a_company_is_an_organisation_with_number_court_address_and_former_names(register):
    line = company("8956", previous_names=[{"company_name": "Birkner Mühlen GmbH"}, {"company_name": "Birkner KG"},
                                           {"company_name": "Birkner Mühlenbau GmbH"}],
                   registered_address="Mühlgraben 61, 37213 Witzenhausen.")
    found = register(line).one("organisation")
    assert found["name"] == "Birkner Mühlenbau GmbH"
    assert found["previous_names"] == ["Birkner KG", "Birkner Mühlen GmbH"]
    assert (found["register_court"], found["register_number"]) == ("Eschwege", "HRB 8956")
    assert (found["identifier"], found["source_key"]) == ("M1405_HRB8956", "M1405_HRB8956")
    assert (found["kind"], found["legal_form"], found["status"]) == ("company", "GmbH", "active")
    assert (found["address"], found["postcode"], found["city"], found["country"]) == (
        "Mühlgraben 61, 37213 Witzenhausen.", "37213", "Witzenhausen", "DE")
    assert (found["file"], found["line"], found["source"], found["licence"]) == (
        "dump.jsonl", 1, "offeneregister", "CC BY 4.0")
    assert found["retrieved_at"] == datetime(2018, 6, 29, 17, 8, 9)


def test_suffix_struck_off_and_association(register):
    kiel, club, unknown = register(
        company("77", suffix="KI", status="removed"), company("5", section="VR", name="Ruderverein Werra e. V."),
        company("6", status="liquidating"))["organisation"]
    assert (kiel["register_number"], kiel["identifier"], kiel["status"]) == ("HRB 77 KI", "M1405_HRB77KI", "removed")
    assert (club["kind"], club["register_number"], club["legal_form"]) == ("association", "VR 5", "e.V.")
    assert unknown["status"] is None


def test_the_same_number_at_two_courts_stays_two_companies(register):
    one, other = register(company("12", court="Eschwege", code="M1405"), company("12", court="Kassel", code="M1607"))[
        "organisation"]
    assert one["record_id"] != other["record_id"]
    assert (one["register_court"], other["register_court"]) == ("Eschwege", "Kassel")
    assert one["register_number"] == other["register_number"] == "HRB 12"


LEGAL_FORMS = [
    ("Birkner Mühlenbau GmbH & Co. KG", "GmbH & Co. KG"),
    ("Birkner Gesellschaft mit beschränkter Haftung & Co. Kommanditgesellschaft", "GmbH & Co. KG"),
    ("Birkner UG (haftungsbeschränkt)", "UG"),
    ("Birkner UG (haftungsbeschränkt) & Co. KG", "UG & Co. KG"),
    ("Birkner AG & Co. KGaA", "AG & Co. KGaA"),
    ("Birkner GmbH & Co. OHG", "GmbH & Co. OHG"),
    ("Birkner Verwaltungsgesellschaft mbH", "GmbH"),
    ("Birkner Bau-Gesellschaft m. b. H.", "GmbH"),
    ("Birkner gGmbH", "GmbH"),
    ("Birkner & Söhne KG", "KG"),
    ("Birkner & Co. KG", "KG"),
    ("Birkner oHG", "OHG"),
    ("Birkner AG", "AG"),
    ("Birkner Aktiengesellschaft", "AG"),
    ("Birkner SE", "SE"),
    ("Milchwerk Birkner eG", "eG"),
    ("Birkner e.K.", "e.K."),
    ("Apotheke Birkner e. Kfr.", "e.K."),
    ("Ruderverein Werra e.V.", "e.V."),
    ("Birkner Anwälte Partnerschaftsgesellschaft mbB", "PartG"),
    ("Birkner Trading Limited", "Ltd"),
    ("Thomas Birkner", None),
]


def test_the_legal_form_is_told_by_the_name(register):
    found = register(*(company(str(at), name=name) for at, (name, _) in enumerate(LEGAL_FORMS)))
    assert [(row["name"], row["legal_form"]) for row in in_order(found["organisation"])] == LEGAL_FORMS


ENDED = [
    ("Birkner GmbH i.L.", "liquidation"), ("Birkner GmbH i. L.", "liquidation"), ("Birkner GmbH iL", "liquidation"),
    ("Birkner GmbH in Liquidation", "liquidation"), ("Birkner GmbH (i. L.)", "liquidation"),
    ("Birkner KG in Abwicklung", "liquidation"), ("Birkner GmbH i. I.", "insolvency"),
    ("Birkner GmbH in Insolvenz", "insolvency"),
]


def test_what_the_name_says_of_its_end_is_an_event_without_a_date(register):
    found = register(*(company(str(at), name=name) for at, (name, _) in enumerate(ENDED)))
    assert [(row["text"], row["kind"]) for row in in_order(found["event"])] == ENDED
    assert {row["date"] for row in found["event"]} == {None}


def test_initials_at_the_end_of_a_name_are_no_liquidation(register):
    assert register(company(name="Phil L."), company("2", name="Kfz Möbil"))["event"] == []


def test_a_liquidator_dates_the_liquidation_by_the_first_start(people):
    found = people(person("Udo", "Prem", "2014-03-01", position="Liquidator"),
                   person("Ida", "Prem", "2013-09-01", position="Liquidator"))
    event = found.one("event")
    assert (event["kind"], event["date"]) == ("liquidation", "2013-09-01")
    assert event["organisation"] == found.one("organisation")["record_id"]
    assert {row["role"] for row in found["mandate"]} == {"liquidator"}


def test_a_liquidator_of_whom_only_the_end_is_known_does_not_date_the_liquidation(people):
    udo = person("Udo", "Prem", end="2014-03-01", position="Liquidator")
    event = people(udo, name="Birkner GmbH i.L.").one("event")
    assert (event["kind"], event["date"]) == ("liquidation", None)


# --- events become mandates ------------------------------------------------------------------------------------------

NOW = "2018-06-29"  # when the dump was made


def periods(found) -> list[tuple[object, object, object]]:
    rows = [(row["since"], row["until"], row["last_seen"]) for row in found["mandate"]]
    return sorted(rows, key=str)


PAIRED = [
    ("a start and an end are one mandate",
     [("2010-05-01", None), (None, "2015-02-03")],
     [("2010-05-01", "2015-02-03", "2015-02-03")]),
    ("in whatever order they stand",
     [(None, "2015-02-03"), ("2010-05-01", None)],
     [("2010-05-01", "2015-02-03", "2015-02-03")]),
    ("an end alone: start unknown", [(None, "2015-02-03")], [(None, "2015-02-03", "2015-02-03")]),
    ("a start alone: in office when retrieved", [("2010-05-01", None)], [("2010-05-01", None, NOW)]),
    ("a second start repeats the first",
     [("2010-05-01", None), ("2012-05-01", None), (None, "2015-02-03")],
     [("2010-05-01", "2015-02-03", "2015-02-03")]),
    ("two starts are one open mandate", [("2010-05-01", None), ("2012-05-01", None)], [("2010-05-01", None, NOW)]),
    ("an end, then a start: twice",
     [(None, "2009-01-01"), ("2010-05-01", None)],
     [("2010-05-01", None, NOW), (None, "2009-01-01", "2009-01-01")]),
    ("away and back again",
     [("2005-01-01", None), (None, "2009-01-01"), ("2010-05-01", None), (None, "2011-01-01")],
     [("2005-01-01", "2009-01-01", "2009-01-01"), ("2010-05-01", "2011-01-01", "2011-01-01")]),
    ("ended and given anew on one day",
     [("2005-01-01", None), (None, "2010-05-01"), ("2010-05-01", None)],
     [("2005-01-01", "2010-05-01", "2010-05-01"), ("2010-05-01", None, NOW)]),
    ("a row with both", [("2005-01-01", "2010-05-01")], [("2005-01-01", "2010-05-01", "2010-05-01")]),
    ("a row with both on one day", [("2010-05-01", "2010-05-01")], [("2010-05-01", "2010-05-01", "2010-05-01")]),
    ("an end told twice",
     [("2005-01-01", None), (None, "2010-05-01"), (None, "2010-05-01")],
     [("2005-01-01", "2010-05-01", "2010-05-01")]),
    ("no date at all", [(None, None)], [(None, None, NOW)]),
    ("an undated row and its start", [(None, None), ("2010-05-01", None)], [("2010-05-01", None, NOW)]),
    ("the end of all days is no end", [("2010-05-01", None), (None, "9999-12-31")], [("2010-05-01", None, NOW)]),
    ("appointed ahead", [("2019-01-01", None)], [("2019-01-01", None, "2019-01-01")]),
]


def test_officer_events_are_paired(register):
    found = register(*(company(str(at), officers=[person("Hanna", "Vogt", start, end) for start, end in events])
                       for at, (_, events, _) in enumerate(PAIRED)))
    for line, (meaning, _, expected) in enumerate(PAIRED, start=1):
        rows = [(row["since"], row["until"], row["last_seen"]) for row in found["mandate"] if row["line"] == line]
        assert (meaning, sorted(rows, key=str)) == (meaning, sorted(expected, key=str))
    assert found.names("person") == ["Hanna Vogt"] * len(PAIRED)


def test_a_struck_off_company_keeps_nobody_in_office_beyond_its_last_announcement(people):
    found = people(person("Hanna", "Vogt", "2010-05-01"), person("Jan", "Ilg", end="2012-07-31"), status="removed")
    assert periods(found) == [("2010-05-01", None, "2012-07-31"), (None, "2012-07-31", "2012-07-31")]


def test_roles_are_paired_apart(people):
    found = people(person("Hanna", "Vogt", "2010-05-01", position="Prokurist"), person("Hanna", "Vogt", "2014-01-01"),
                   person("Hanna", "Vogt", end="2014-01-01", position="Prokurist"))
    assert {(row["role"], row["since"], row["until"]) for row in found["mandate"]} == {
        ("authorised_signatory", "2010-05-01", "2014-01-01"), ("managing_director", "2014-01-01", None)}


def test_an_end_without_a_place_belongs_to_the_only_namesake_of_the_company(people):
    found = people(person("Hanna", "Vogt", "2010-05-01"), person("Hanna", "Vogt", end="2014-01-01", city=None))
    assert periods(found) == [("2010-05-01", "2014-01-01", "2014-01-01")]
    assert found.one("person")["city"] == "Kassel"


def test_an_end_without_a_place_closes_nothing_if_there_are_two_namesakes(people):
    found = people(person("Hanna", "Vogt", "2010-05-01"), person("Hanna", "Vogt", "2011-05-01", city="Fulda"),
                   person("Hanna", "Vogt", end="2014-01-01", city=None))
    assert periods(found) == [("2010-05-01", None, NOW), ("2011-05-01", None, NOW), (None, "2014-01-01", "2014-01-01")]
    assert sorted(str(row["city"]) for row in found["person"]) == ["Fulda", "Kassel", "None"]


def test_a_title_earned_or_a_birth_name_told_in_between_does_not_part_start_and_end(people):
    found = people(person("Hanna", "Vogt", "2010-05-01"), person("Hanna geborene Ilg", "Doctor Vogt", end="2014-01-01"))
    assert periods(found) == [("2010-05-01", "2014-01-01", "2014-01-01")]
    hanna = found.one("person")
    assert (hanna["name"], hanna["title"], hanna["birth_name"]) == ("Hanna Vogt", "Dr.", "Ilg")


def test_mandates_of_two_companies_never_meet(register):
    found = register(company("1", officers=[person("Hanna", "Vogt", "2010-05-01")]),
                     company("2", officers=[person("Hanna", "Vogt", end="2014-01-01")]))
    assert periods(found) == [("2010-05-01", None, NOW), (None, "2014-01-01", "2014-01-01")]
    assert len({row["record_id"] for row in found["person"]}) == 2


def test_every_mandate_refers_to_records_that_are_there(people):
    found = people(person("Hanna", "Vogt", "2010-05-01"), firm("Roth GmbH, Ulm (Amtsgericht Ulm HRB 3)."))
    people_ids = {row["record_id"] for row in found["person"]}
    organisations = {row["record_id"] for row in found["organisation"]}
    for row in found["mandate"]:
        assert row["organisation"] in organisations
        assert (row["person"] in people_ids) != (row["holder_organisation"] in organisations)


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


# --- officers that are companies -------------------------------------------------------------------------------------


FIRMS = [
    ("Roth Verwaltungs GmbH, Ulm (Amtsgericht Ulm HRB 3232).", "Roth Verwaltungs GmbH", "Ulm", "Ulm", "HRB 3232"),
    (f"Roth Verwaltungs GmbH, Ulm (Amtsgericht Ulm HRB 3232), {POWERS}.", "Roth Verwaltungs GmbH", "Ulm", "Ulm",
     "HRB 3232"),
    ("Roth Verwaltungs GmbH, Ulm (Ulm HRB 3232)", "Roth Verwaltungs GmbH", "Ulm", "Ulm", "HRB 3232"),
    ("Roth AG, Ulm (AG Ulm, HRB 003232).", "Roth AG", "Ulm", "Ulm", "HRB 3232"),
    ("Roth AG, Ulm (Registergericht Ulm HR B Nr. 32 32).", "Roth AG", "Ulm", "Ulm", "HRB 3232"),
    ("Roth AG, Ulm (Amtsgericht Ulm: HRB: 3232).", "Roth AG", "Ulm", "Ulm", "HRB 3232"),
    ("Roth GmbH, Kiel (Amtsgericht Kiel HRB 3232 KI).", "Roth GmbH", "Kiel", "Kiel", "HRB 3232 KI"),
    ("Roth GmbH, Frankfurt (Oder) (Amtsgericht Frankfurt (Oder) HRB 3232 FF).", "Roth GmbH", "Frankfurt (Oder)",
     "Frankfurt (Oder)", "HRB 3232 FF"),
    ("Roth & Söhne KG, Ulm (Amtsgericht Ulm HRA 5), von der Vertretung ausgeschlossen.", "Roth & Söhne KG", "Ulm",
     "Ulm", "HRA 5"),
    ("Roth UG (haftungsbeschränkt), Ulm (Amtsgericht Ulm HRB 9).", "Roth UG (haftungsbeschränkt)", "Ulm", "Ulm",
     "HRB 9"),
    # commas inside the name
    ("Roth Technik, Bau und Handel m.b.H., Ulm (Ulm HRB 9).", "Roth Technik, Bau und Handel m.b.H.", "Ulm", "Ulm",
     "HRB 9"),
    ("Roth, Gesellschaft mit beschränkter Haftung, Ulm (Ulm HRB 9).", "Roth, Gesellschaft mit beschränkter Haftung",
     "Ulm", "Ulm", "HRB 9"),
    ("Landesbank Werra, Ulm (Amtsgericht Ulm HRA 12).", "Landesbank Werra", "Ulm", "Ulm", "HRA 12"),
    ("Roth Beteiligungs-UG (haftungsbeschränkt), (Amtsgericht Ulm HRB 9), mit der Befugnis",
     "Roth Beteiligungs-UG (haftungsbeschränkt)", None, "Ulm", "HRB 9"),
    # the section is left out: the legal form tells it
    ("Roth GmbH, Ulm (Amtsgericht Ulm 212896).", "Roth GmbH", "Ulm", "Ulm", "HRB 212896"),
    ("Roth GmbH, Ulm (Ulm B723148).", "Roth GmbH", "Ulm", "Ulm", "HRB 723148"),
    ("Roth OHG, Ulm (Amtsgericht Ulm 212896).", "Roth OHG", "Ulm", "Ulm", "HRA 212896"),
    # a number without its court tells no company
    ("Roth GmbH, Ulm (HRB 4184).", "Roth GmbH", "Ulm", None, "HRB 4184"),
    # a number of the general file is no number of a register
    ("Roth GmbH, Ulm (Amtsgericht Ulm 00 AR 8346/11).", "Roth GmbH", "Ulm", None, None),
    ("Roth GmbH, Ulm.", "Roth GmbH", "Ulm", None, None),
    (f"Roth GmbH, Ulm, {POWERS}.", "Roth GmbH", "Ulm", None, None),
    # cut off: so may be the number
    ("Roth GmbH, Ulm (Amtsgericht Ulm HRB 32", "Roth GmbH", "Ulm", None, None),
    ("Roth Stahl GmbH, Linz, Österreich (Landesgericht Linz FN 258989 t).", "Roth Stahl GmbH", "Linz", "Linz",
     "FN 258989t"),
    ("Solar (2010) GmbH, Ulm (Amtsgericht Ulm HRB 9).", "Solar (2010) GmbH", "Ulm", "Ulm", "HRB 9"),
]


def test_court_and_number_of_a_company_officer_come_out_of_its_name(register):
    found = register(*(company(str(at), officers=[firm(case[0])]) for at, case in enumerate(FIRMS)))
    rows = in_order(row for row in found["organisation"] if row["identifier"] is None)
    assert [(text, *(row[key] for key in ("name", "city", "register_court", "register_number")))
            for row, (text, *_) in zip(rows, FIRMS, strict=True)] == FIRMS
    assert [row["holder_organisation"] for row in in_order(found["mandate"])] == [row["record_id"] for row in rows]
    assert found["person"] == []


TYPED_AS_PEOPLE = [
    ("London/Großbritannien (Companies House Cardiff Nr. 07052821)", "Ploom Germany Ltd", None, "London",
     "Companies House", "No. 07052821"),
    ("Birmingham (Großbritannien) (companies house of Cardiff 5831649)", "Doctor Ploom Limited", POWERS,
     "Birmingham (Großbritannien)", "Companies House", "No. 05831649"),
    ("Birmingham (Companies House", "PLOOM LIMITED", "Cardiff Nr. 5831649)", "Birmingham", "Companies House",
     "No. 05831649"),
    ("Birmingham (Companies House of Cardiff No", "Ploom Limited", "Company No", "Birmingham", None, None),
    ("Esbjerg/Dänemark (Handelsregister Kopenhagen CVR-Nr. 29780951)", "PLOOM KOMPLEMENTÄR ApS", None, "Esbjerg",
     "Erhvervsstyrelsen", "CVR 29780951"),
    ("Basel (Schweiz) / Schweiz", "ploom service AG", None, "Basel (Schweiz)", None, None),
    ("Leonau", "Ploom-Verwaltungsgesellschaft mit beschränkter Haftung", "im Namen der Gesellschaft", "Leonau", None,
     None),
    ("Dresden (Landesdirektion Sachsen DD 21-2245/347)", "Epsilon-Stiftung", None, "Dresden", None, None),
]


def test_a_company_typed_as_a_person_is_an_organisation(register):
    partner = "Persönlich haftender Gesellschafter"
    found = register(*(company(str(at), officers=[person(first, last, "2010-05-01", city=city, position=partner)])
                       for at, (first, last, city, *_) in enumerate(TYPED_AS_PEOPLE)))
    assert found["person"] == []
    rows = in_order(row for row in found["organisation"] if row["identifier"] is None)
    assert [tuple(row[key] for key in ("name", "city", "register_court", "register_number")) for row in rows] == [
        (last, place, court, number) for _, last, _, place, court, number in TYPED_AS_PEOPLE]


def test_a_company_officer_is_paired_by_its_number_however_its_name_is_written(people):
    found = people(
        firm("Roth GmbH, Ulm (Amtsgericht Ulm HRB 3232).", "2005-01-01"),
        firm(f"Roth Verwaltungs-GmbH, Ulm (Ulm HRB 003232), {POWERS}.", "2008-01-01"),
        firm("Roth Verwaltungs-GmbH, Neu-Ulm (Amtsgericht Ulm, HRB 3232).", None, "2012-01-01"),
    )
    assert periods(found) == [("2005-01-01", "2012-01-01", "2012-01-01")]
    (row,) = [each for each in found["organisation"] if each["identifier"] is None]
    assert (row["name"], row["previous_names"]) == ("Roth Verwaltungs-GmbH", ["Roth GmbH"])


def test_an_end_without_the_number_belongs_to_the_only_namesake(people):
    found = people(firm("Roth GmbH, Ulm (Amtsgericht Ulm HRB 3232).", "2005-01-01"),
                   firm("Roth GmbH, Ulm.", None, "2012-01-01"))
    assert periods(found) == [("2005-01-01", "2012-01-01", "2012-01-01")]


def test_the_same_number_at_two_courts_is_two_partners(people):
    found = people(firm("Roth GmbH, Ulm (Amtsgericht Ulm HRB 3232).", "2005-01-01"),
                   firm("Roth GmbH, Ulm (Amtsgericht Kassel HRB 3232).", None, "2012-01-01"))
    assert periods(found) == [("2005-01-01", None, NOW), (None, "2012-01-01", "2012-01-01")]
    assert len(found["organisation"]) == 3


# --- compression and blocks ------------------------------------------------------------------------------------------

MANY = "".join(company(str(at), officers=[person("Hanna", "Vogt", "2010-05-01"), firm(f"Roth {at} GmbH, Ulm.")]) + "\n"
               for at in range(1, 400)).encode()


@pytest.mark.parametrize(("name", "data"), [
    ("dump.jsonl.gz", gzip.compress(MANY, mtime=0)), ("dump.jsonl.bz2", bz2.compress(MANY)),
    ("dump.jsonl.bz2", bz2.compress(MANY[:100_000]) + bz2.compress(MANY[100_000:])),
], ids=["gz", "bz2", "bz2 of two streams"])
def test_a_compressed_dump_gives_the_records_of_the_plain_one(load, name, data):
    plain, packed = load("offeneregister", "dump.jsonl", MANY), load("offeneregister", name, data)
    for table in ("organisation", "person", "mandate"):
        rows = [{**row, "file": ""} for row in plain[table]]
        assert sorted(map(str, rows)) == sorted(str({**row, "file": ""}) for row in packed[table])
    assert len(plain["mandate"]) == 798


def test_records_do_not_depend_on_the_size_of_a_block(load, monkeypatch):
    import referralgraph.loaders.offeneregister as loader
    from referralgraph.records.lines import line_blocks

    doubled = MANY + MANY[:60_000].rpartition(b"\n")[0] + b"\n"  # the first companies once more at the end
    whole = load("offeneregister", "dump.jsonl", doubled)
    monkeypatch.setattr(loader, "line_blocks", lambda path: line_blocks(path, 40_000))
    blocks = load("offeneregister", "dump.jsonl", doubled)
    for table in ("organisation", "person", "mandate"):
        assert sorted(map(str, whole[table])) == sorted(map(str, blocks[table]))


# --- bad input -------------------------------------------------------------------------------------------------------


def test_a_broken_line_goes_to_quarantine_with_line_and_text_and_the_others_arrive(register):
    found = register(company("1"), '{"company_number": "M1405_HRB2", "name": "Birk', company("3"), "", "[1, 2]", "null")
    assert sorted(str(row["identifier"]) for row in found["organisation"]) == ["M1405_HRB1", "M1405_HRB3"]
    assert [(row["line"], row["reason"], row["text"]) for row in found.quarantine] == [
        (2, "broken JSON line", '{"company_number": "M1405_HRB2", "name": "Birk'),
        (5, "company without company_number", "[1, 2]"), (6, "broken JSON line", "null")]


def test_a_company_without_number_or_name_goes_to_quarantine_with_its_line(register):
    nameless = company("2").replace('"Birkner Mühlenbau GmbH"', '" "')
    numberless = company("3").replace('"company_number": "M1405_HRB3"', '"company_number": null')
    found = register(company("1"), nameless, numberless)
    assert found.one("organisation")["identifier"] == "M1405_HRB1"
    assert [(row["line"], row["reason"]) for row in found.quarantine] == [
        (2, "company without name"), (3, "company without company_number")]
    assert found.quarantine[0]["text"] == nameless


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2010-02-30", None, "start_date that is no date: 2010-02-30"), ("01.05.2010", None, "no date: 01.05.2010"),
    (None, "2010-13-01", "end_date that is no date: 2010-13-01"), ("epoch", None, "no date: epoch"),
    ("2015-01-01", "2010-01-01", "end_date is before his start_date"),
])
def test_an_officer_with_impossible_dates_goes_to_quarantine_and_the_company_stays(register, start, end, said):
    found = register(company("1"), company("2", officers=[person("Hanna", "Vogt", start, end),
                                                          person("Jan", "Ilg", "2010-05-01")]))
    assert len(found["organisation"]) == 2
    assert found.names("person") == ["Jan Ilg"]
    (row,) = found.quarantine
    assert row["line"] == 2
    assert said in str(row["reason"])
    assert "M1405_HRB2 | Geschäftsführer | Hanna Vogt" in str(row["text"])


def test_an_officer_without_a_name_and_half_a_sentence_as_officer_go_to_quarantine(people):
    found = people({"position": "Geschäftsführer", "type": "person"},
                   firm("im eigenen Namen oder als Vertreter eines Dritten Rechtsgeschäfte abzuschließen."))
    assert found["mandate"] == []
    assert [row["reason"] for row in found.quarantine] == [
        "officer without name", "officer without name: the row starts inside a sentence"]


def test_a_cut_off_bzip2_gives_the_good_rows_and_quarantines_the_break_with_its_line(load):
    packed = b"".join(bz2.compress(MANY[at:at + 50_000]) for at in range(0, len(MANY), 50_000))
    found = load("offeneregister", "dump.jsonl.bz2", packed[: len(packed) // 2])
    arrived = len([row for row in found["organisation"] if row["identifier"]])
    assert 100 < arrived < 399
    (row,) = found.quarantine
    assert row["line"] == arrived + 1
    assert "cut off here; fetch it again" in str(row["reason"])
    assert MANY.decode().splitlines()[arrived].startswith(str(row["text"]))


def test_a_cut_off_gzip_gives_the_good_rows_and_quarantines_the_break_with_its_line(load):
    packed = gzip.compress(MANY, mtime=0)
    found = load("offeneregister", "dump.jsonl.gz", packed[: len(packed) // 2])
    arrived = len([row for row in found["organisation"] if row["identifier"]])
    assert 100 < arrived < 399
    (row,) = found.quarantine
    assert row["line"] == arrived + 1
    assert "cut off here; fetch it again" in str(row["reason"])


def test_cp1252_bytes_are_read_line_by_line(load):
    data = company("1", name="Jäger GmbH").encode("cp1252") + b"\n" + company("2", name="Łoś GmbH").encode() + b"\n"
    found = load("offeneregister", "dump.jsonl", data)
    assert [row["name"] for row in in_order(found["organisation"])] == ["Jäger GmbH", "Łoś GmbH"]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("dump.jsonl", "company_number,name\nM1405_HRB1,Birkner GmbH\n", "it begins with 'company_number,name'"),
    ("dump.jsonl", '{"statementID": "x", "statementType": "ownership"}\n', "hold statementID, statementType"),
    ("dump.jsonl", "[" + company("1") + "," + company("2") + "]\n", "a JSON array. Make one line of each company: jq"),
    ("dump.jsonl", json.dumps([json.loads(company("1"))], indent=1), "Make one line of each company: jq"),
    ("dump.jsonl", company("1").replace("all_attributes", "attributes"), "hold attributes, company_number"),
    ("dump.jsonl", "", "the file is empty"),
    ("dump.jsonl.bz2", bz2.compress(b""), "the file is empty"),
    ("dump.jsonl.gz", gzip.compress(MANY, mtime=0)[:20], "cut off here"),
    ("dump.jsonl", '{"company_number": "x", "name": "", "all_attributes": {}}\n', "not one company can be read"),
])
def test_a_file_that_is_no_register_dump_is_refused_with_file_reason_and_mend(load, name, content, said):
    with pytest.raises(SourceError) as refused:
        load("offeneregister", name, content)
    message = str(refused.value)
    assert f"{name}" in message
    assert said in message
    assert refused.value.mend
    assert refused.value.exit_code == 4


def test_a_later_format_with_more_keys_and_other_officers_still_gives_its_companies(register):
    richer = json.loads(company("1", officers=[person("Hanna", "Vogt", "2010-05-01", gender="f")], lei="X", version=3))
    richer["all_attributes"]["euid"] = "DEM1405.HRB1"
    found = register(json.dumps(richer), company("2", officers={"chair": {"name": "Jan Ilg"}}),
                     company("3", officers="-"))
    assert len(found["organisation"]) == 3
    assert found.names("person") == ["Hanna Vogt"]
    assert [(row["line"], row["reason"]) for row in found.quarantine] == [
        (line, "officers are no list of objects (a later format?); the company itself is taken") for line in (2, 3)]


def test_missing_keys_leave_their_fields_unknown(register):
    row = register('{"all_attributes": {}, "company_number": "M1405_HRB1", "name": "Birkner GmbH"}').one("organisation")
    assert (row["city"], row["register_court"], row["status"], row["previous_names"]) == (None, None, None, [])
    assert row["retrieved_at"] == datetime(2025, 6, 30)


def test_names_that_are_code_or_very_long_stay_names(register):
    names = ["=HYPERLINK(\"http://x\") GmbH", "'); MATCH (n) DETACH DELETE n; // KG", "<script>alert(1)</script> AG",
             "شركة النور GmbH", "🚀 Raketen UG", "X" * 10_000]
    found = register(*(company(str(at), name=name) for at, name in enumerate(names)))
    assert sorted(map(str, found.names("organisation"))) == sorted(names)
