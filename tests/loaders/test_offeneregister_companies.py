"""Officers of the German register dump that are companies."""

from __future__ import annotations

from tests.loaders.register_dump import NOW, POWERS, company, firm, in_order, periods, person

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
