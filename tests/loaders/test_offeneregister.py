"""The German register dump: its companies, and officers whose starts and ends become mandates."""

from __future__ import annotations

from datetime import datetime

from tests.loaders.register_dump import NOW, company, firm, in_order, periods, person

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
    ("Birkner GmbH & Co.", "GmbH & Co."),
    ("Birkner Gesellschaft m.b.H. + Co Mühlenbau", "GmbH & Co."),
    ("Birkner GmbH &. Co. K.G.", "GmbH & Co. KG"),
    ("Birkner Handelsgesellschaft mbH & Co. KG", "GmbH & Co. KG"),
    ("Birkner & Co. Handelsgesellschaft mbH", "GmbH"),
    ("Birkner AG & Co. offene Handelsgesellschaft", "AG & Co. OHG"),
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
    ("Unterstützungsverein der Birkner GmbH. & Co. K.G. e.V.", "e.V."),
    ("Birkner GmbH. & Co. Reparatur KG.", "GmbH & Co. KG"),
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
