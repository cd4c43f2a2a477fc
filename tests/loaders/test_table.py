"""Any table by a mapping: member lists, CRM exports, registers, Google and Outlook contacts."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from referralgraph.errors import SourceError, UsageError
from referralgraph.loaders.table.mapping import read_mapping, shipped

MEMBERS = """
[source]
name = "chamber_bremen"
licence = "members only"
retrieved_at = 2025-03-31
[dates]
formats = ["%d.%m.%Y", "%m/%Y", "%d. %B %Y"]
[person]
full_name = "Name"
city = "Ort"
[organisation]
name = "Gremium"
kind = {constant = "committee"}
[organisation.parent]
name = {constant = "Handelskammer Bremen"}
kind = {constant = "chamber"}
[mandate]
role = {column = "Amt", words = {"Vorsitz" = "chair"}, default = "member"}
since = "seit"
until = "bis"
[employer]
name = "Firma"
role_as_written = "Funktion"
"""
HEADER = "Name;Ort;Gremium;Amt;seit;bis;Firma;Funktion\n"
ANNA = "Dr. Anna Weber;Bremen;Präsidium;Vorsitz;01.05.2019;;Weber GmbH;Inhaberin\n"

PEOPLE = '[source]\nname = "people"\n[person]\nfull_name = "Name"\n'


def test_one_row_gives_person_body_mandate_employer_and_the_chamber_above(load):
    found = load("table", "list.csv", HEADER + ANNA, mapping=MEMBERS)
    person = found.one("person")
    body = {row["name"]: row for row in found["organisation"]}
    assert (person["name"], person["title"], person["city"]) == ("Anna Weber", "Dr.", "Bremen")
    assert {name: (row["kind"], row["part_of"]) for name, row in body.items()} == {
        "Präsidium": ("committee", "Handelskammer Bremen"), "Handelskammer Bremen": ("chamber", None),
        "Weber GmbH": ("company", None)}
    mandates = {row["role"]: row for row in found["mandate"]}
    chair, job = mandates["chair"], mandates["employee"]
    assert (chair["role_as_written"], chair["since"], chair["until"]) == ("Vorsitz", "2019-05-01", None)
    assert chair["organisation"] == body["Präsidium"]["record_id"]
    assert (job["role_as_written"], job["organisation"]) == ("Inhaberin", body["Weber GmbH"]["record_id"])
    assert chair["person"] == job["person"] == person["record_id"]
    for row in (person, chair):
        assert (row["source"], row["licence"], row["line"]) == ("chamber_bremen", "members only", 2)
        assert row["retrieved_at"] == datetime(2025, 3, 31)
    assert chair["last_seen"] == "2025-03-31"


def test_an_ended_mandate_was_last_seen_at_its_end_and_dates_keep_their_precision(load):
    text = HEADER + "Jonas Vogt;Kiel;Präsidium;;03/2010;12. März 2015;;\n"
    mandate = load("table", "list.csv", text, mapping=MEMBERS).one("mandate")
    assert (mandate["role"], mandate["since"], mandate["until"]) == ("member", "2010-03", "2015-03-12")
    assert mandate["last_seen"] == "2015-03-12"


def test_unknown_role_words_stay_as_written_and_are_counted(load):
    mapping = MEMBERS.replace(', default = "member"', "")
    rows = "".join(f"{name};Kiel;Präsidium;{role};;;;\n" for name, role in (
        ("Jonas Vogt", "Ehrensenator"), ("Mira Koch", "Ehrensenator"), ("Ida Senn", "Schatzmeisterin"),
        ("Tom Falk", "vorsitz")))
    found = load("table", "list.csv", HEADER + rows, mapping=mapping)
    roles = {row["role_as_written"]: row["role"] for row in found["mandate"]}
    assert roles["Ehrensenator"] == "other"
    assert roles["vorsitz"] == "chair"
    assert found.sink.unknown_words["Ehrensenator"] == 2


def test_a_wrong_value_sends_its_row_to_quarantine_with_column_value_and_mend(load):
    text = (HEADER + ANNA + "Jonas Vogt;Kiel;Präsidium;Vorsitz;31.02.2019;;;\n"
            + "Mira Koch;Kiel;Präsidium;;01.01.2020;01.01.2019;;\n"
            + "Ida Senn;Kiel;Präsidium;;;;;\n" + ";Kiel;;;;;;\n")
    found = load("table", "list.csv", text, mapping=MEMBERS)
    assert found.names("person") == ["Anna Weber", "Ida Senn"]
    assert found.lines() == [3, 4, 6]
    wrong_date, wrong_order, nameless = found.quarantine
    assert "column 'seit': not a date" in str(wrong_date["reason"])
    assert "add its format to formats in [dates]" in str(wrong_date["reason"])
    assert "seit = '31.02.2019'" in str(wrong_date["text"])
    assert "until is before since" in str(wrong_order["reason"])
    assert "no name" in str(nameless["reason"])


def test_a_value_may_be_left_out_instead_of_its_row(load):
    mapping = PEOPLE + 'birth_date = {column = "geb", unreadable = "leave_out"}\n'
    person = load("table", "list.csv", "Name,geb\nMira Koch,19551192\n", mapping=mapping).one("person")
    assert (person["name"], person["birth_date"]) == ("Mira Koch", None)


def test_of_a_date_that_no_calendar_has_what_can_be_stays(load):
    """A slip makes a 71st day or a 13th month of one: the year, and the month before it, are as they were."""
    mapping = PEOPLE + 'birth_date = {column = "geb", unreadable = "leave_out"}\n[dates]\nformats = ["%d.%m.%Y"]\n'
    people = load("table", "list.csv", "Name,geb\nMira Koch,71.11.1994\nUwe Koch,19.13.1939\nIda Koch,19.13.9939\n", mapping=mapping)
    assert {row["name"]: row["birth_date"] for row in people["person"]} == {
        "Mira Koch": "1994-11", "Uwe Koch": "1939", "Ida Koch": None}


def test_everything_wrong_with_a_mapping_is_said_at_once(load):
    mapping = """
[source]
nam = "x"
[persn]
name = "Name"
[person]
famly_name = "Name"
full_name = "Nmae"
city = {colum = "Ort"}
[mandate]
role = {constant = "chairman"}
[contact]
kind = {constant = "linkdin"}
owner = "Betreuer"
"""
    with pytest.raises(SourceError) as caught:
        load("table", "list.csv", HEADER + ANNA, mapping=mapping)
    text = str(caught.value)
    for said in ("mapping.toml", "list.csv", "no section [persn]; did you mean person?",
                 "'famly_name'; did you mean family_name?", "no setting 'colum'; did you mean column?",
                 "[mandate] role: 'chairman' is no role; did you mean chair?",
                 "'linkdin' is no kind; did you mean linkedin?",
                 "[source]: no setting 'nam'; did you mean name?",
                 "[source] name is missing", "[mandate] needs a section [organisation]",
                 "[person] full_name: no column 'Nmae'; did you mean 'Name'?", "[contact] owner: no column 'Betreuer'",
                 "the file's columns: 'Name', 'Ort', 'Gremium'"):
        assert said in text, said
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(("mapping", "said"), [
    ("[source]\nname = x\n", "not TOML.*line 2"),
    (PEOPLE + '[dates]\nformats = ["%d.%m."]\n', "has no year"),
    (PEOPLE + '[table]\ndelimiter = "; "\n', "one character"),
    (PEOPLE + '[shareholding]\nshare = "Name"\n', r"\[shareholding\] needs a section \[organisation\]"),
    ('[source]\nname = "x"\nretrieved_at = "2025-03-31"\n[person]\nname = "Name"\n', "without quotation marks"),
    ('[source]\nname = "x"\n[mandate]\nrole = "Amt"\n', r"neither \[person\] nor \[organisation\]"),
    (PEOPLE + 'birth_date = {constant = "yesterday"}\n', "'yesterday' is no partial date"),
])
def test_mistakes_in_the_mapping_alone(load, mapping, said):
    with pytest.raises(SourceError, match=f"(?s){said}"):
        load("table", "list.csv", "Name,Amt\nMira Koch,x\n", mapping=mapping)


def test_no_mapping_an_unknown_one_and_nobody_to_own_the_contacts(load, tmp_path):
    with pytest.raises(UsageError, match="google_contacts"):
        load("table", "list.csv", "Name\nMira Koch\n")
    with pytest.raises(SourceError, match=r"no such mapping.*google_contacts, .*outlook_contacts"):
        load("table", "list.csv", "Name\nMira Koch\n", mapping="gogle")
    with pytest.raises(UsageError, match="--owner"):
        load("table", "list.csv", "Name\nMira Koch\n", mapping=PEOPLE + "[contact]\n", owner=None)
    with pytest.raises(SourceError, match="no such file"):
        load("table", tmp_path / "nowhere.csv", mapping=PEOPLE)
    with pytest.raises(SourceError, match="empty"):
        load("table", "list.csv", "", mapping=PEOPLE)


def test_the_header_further_down_is_pointed_at_and_then_read(load):
    text = "Mitgliederliste der Kammer\nStand: März 2025;;\n\n" + HEADER + ANNA
    with pytest.raises(SourceError, match="Line 4 looks like the header: set header_row = 4"):
        load("table", "list.csv", text, mapping=MEMBERS)
    found = load("table", "list.csv", text, mapping=MEMBERS + "[table]\nheader_row = 4\n")
    assert found.one("person")["line"] == 5


def test_the_file_of_another_loader_is_told(load):
    with pytest.raises(SourceError, match="referralgraph load linkedin"):
        load("table", "c.csv", "Notes:\n\nFirst Name,Last Name,URL,Connected On\nA,B,,12 Mar 2021\n",
             mapping="outlook_contacts")
    with pytest.raises(SourceError, match="old or password-protected Excel"):
        load("table", "c.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, mapping=PEOPLE)
    with pytest.raises(SourceError, match="not an Excel workbook"):
        load("table", "c.xlsx", b"PK\x03\x04" + b"\0" * 600, mapping=PEOPLE)
    with pytest.raises(SourceError, match="damaged Parquet"):
        load("table", "c.parquet", b"PAR1" + b"\0" * 600, mapping=PEOPLE)


@pytest.mark.parametrize(("delimiter", "encoding"), [
    (",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig"), (";", "iso-8859-15"),
])
def test_delimiter_and_encoding_are_found_out(load, delimiter, encoding):
    text = delimiter.join(["Name", "Ort", "Bemerkung"]) + "\r\n" + delimiter.join(
        ["Jürgen Groß", "Köln", '"mit, allen; Zeichen\t|"']) + "\r\n"
    mapping = PEOPLE + 'city = "Ort"\n' + ('[table]\nencoding = "iso-8859-15"\n' if encoding == "iso-8859-15" else "")
    person = load("table", "list.csv", text.encode(encoding), mapping=mapping).one("person")
    assert (person["name"], person["city"]) == ("Jürgen Groß", "Köln")


def test_a_wrong_encoding_costs_only_the_lines_that_are_not_in_it(load):
    data = b"Name\nMira Koch\nJ\xfcrgen Vogt\n"
    found = load("table", "list.csv", data, mapping=PEOPLE + '[table]\nencoding = "utf-8"\n')
    assert found.names("person") == ["Mira Koch"]
    assert found.lines() == [3]
    assert "often cp1252" in str(found.quarantine[0]["reason"])
    with pytest.raises(SourceError, match="no such encoding: utf-9"):
        load("table", "list.csv", data, mapping=PEOPLE + '[table]\nencoding = "utf-9"\n')


def test_rows_too_long_and_too_short(load):
    text = "Name,Ort,Amt\nMira Koch,Kiel\nTom Falk,Kiel,a,b\nIda Senn,Bremen,x\nEva"
    found = load("table", "list.csv", text, mapping=PEOPLE + 'city = "Ort"\n')
    assert found.names("person") == ["Mira Koch", "Ida Senn", "Eva"]  # a file of short rows may end in one
    assert found.lines() == [3]
    cut = load("table", "list.csv", "Name,Ort,Amt\nIda Senn,Bremen,x\nEva Bra", mapping=PEOPLE)
    assert cut.names("person") == ["Ida Senn"]
    assert "cut off" in str(cut.quarantine[0]["reason"])


def test_excel_sheet_with_dates_numbers_and_a_title_above(load, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Deckblatt"
    sheet = book.create_sheet("Mitglieder")
    sheet.append(["Verband der Beispielbetriebe"])
    sheet.append([])
    sheet.append(["Nr", "Name", "Geburts-\ndatum", "PLZ", "E-Mail"])
    sheet.append([1042, "Weber, Dr. Anna", datetime(1971, 3, 12), 28195.0, "=HYPERLINK(\"x\")"])
    sheet.append([None, None, None, None, None])
    sheet.append([7, "Vogt, Jonas", "im Mai", "#N/A", None])
    path = tmp_path / "members.xlsx"
    book.save(path)
    mapping = PEOPLE.replace("[person]", 'key = ["Nr"]\n[person]') + (
        'birth_date = "Geburts- datum"\npostcode = "PLZ"\n[table]\nsheet = "Mitglieder"\nheader_row = 3\n')
    found = load("table", path, mapping=mapping)
    person = found.one("person")
    assert (person["name"], person["birth_date"], person["postcode"]) == ("Anna Weber", "1971-03-12", "28195")
    assert (person["source_key"], person["line"]) == ("1042", 4)
    assert found.lines() == [6]
    renamed = load("table", "export.csv", path.read_bytes(), mapping=mapping)  # the content counts, not the ending
    assert renamed.names("person") == ["Anna Weber"]
    with pytest.raises(SourceError, match="no sheet 'Mitgleider'; there are Deckblatt, Mitglieder"):
        load("table", path, mapping=mapping.replace('"Mitglieder"', '"Mitgleider"'))


def test_parquet_with_lists_and_dates(load, tmp_path):
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table({
        "unused": [b"x", b"y"], "Name": ["Mira Koch", None], "mail": [["a@example.com", "b@example.com"], []],
        "born": [date(1980, 3, 22), None]}), path)
    found = load("table", path, mapping=PEOPLE + 'emails = "mail"\nbirth_date = "born"\n')
    person = found.one("person")
    assert person["emails"] == ["a@example.com", "b@example.com"]
    assert (person["birth_date"], person["line"]) == ("1980-03-22", 1)
    assert found.quarantine == []  # the second row is blank


def test_nobody_is_born_after_the_day_of_the_list(load):
    """Of two digits: the list is of 30 June 2025. Four digits are the source's own word."""
    mapping = PEOPLE + 'birth_date = "geb"\n[dates]\nformats = ["%d.%m.%y", "%d.%m.%Y"]\n'
    rows = "Mira Koch,22.03.54\nTom Falk,01.07.25\nUta Brandt,30.06.25\nJan Kolb,07.11.71\nEva Lott,05.05.2031\n"
    found = load("table", "a.csv", "Name,geb\n" + rows, mapping=mapping)
    assert [row["birth_date"] for row in found["person"]] == [
        "1954-03-22", "1925-07-01", "2025-06-30", "1971-11-07", "2031-05-05"]


def test_keys_come_from_the_source_or_from_what_tells_people_apart_never_from_the_line(load):
    mapping = PEOPLE + 'birth_date = "geb"\n'
    one = load("table", "a.csv", "Name,geb\nMira Koch,1980\nMira Koch,1981\nMira Koch,1980\n", mapping=mapping)
    two = load("table", "b.csv", "geb,Name\n1981,Mira Koch\n\n1980,Mira Koch\n", mapping=mapping)
    assert len(one["person"]) == 2
    assert {row["record_id"] for row in one["person"]} == {row["record_id"] for row in two["person"]}
    keyed = load("table", "a.csv", "Name,id\nMira Koch,rec-7-org\nMira Koch,rec-7-dup-0\nTom Falk,\n",
                 mapping=PEOPLE.replace("[person]", 'key = "id"\n[person]'))
    assert [row["source_key"] for row in keyed["person"]] == ["rec-7-org", "rec-7-dup-0"]
    assert "the key is empty" in str(keyed.quarantine[0]["reason"])


def test_seats_of_one_person_in_one_board_over_two_periods(load):
    mapping = """
[source]
name = "boards"
[person]
key = ["pid"]
full_name = "person"
[organisation]
name = "company"
identifier = "number"
[mandate]
role = {constant = "supervisory_board"}
since = "first"
last_seen = "last"
"""
    text = ("number,company,pid,person,first,last\n1,Fjord ASA,5,Kari Moe,2002-01-01,2003-01-01\n"
            "1,Fjord ASA,5,Kari Moe,2005-01-01,2006-12-01\n")
    found = load("table", "seats.csv", text, mapping=mapping)
    assert found.one("person")["source_key"] == "5"
    assert found.one("organisation")["source_key"] == "1"
    assert [(row["since"], row["last_seen"], row["until"]) for row in found["mandate"]] == [
        ("2002-01-01", "2003-01-01", None), ("2005-01-01", "2006-12-01", None)]


def test_shareholders_who_are_people_and_companies_with_decimal_commas(load):
    mapping = """
[source]
name = "shares"
[table]
decimal = ","
[person]
unless = {column = "Art", is = ["J"]}
full_name = "Inhaber"
[holder]
when = {column = "Art", is = ["J"]}
name = "Inhaber"
[organisation]
name = "Firma"
size = "Mitarbeiter"
[shareholding]
share = "Anteil"
"""
    text = ("Firma;Inhaber;Art;Anteil;Mitarbeiter\nWeber GmbH;Anna Weber;N;12,5 %;1.200\n"
            "Weber GmbH;Holm KG;J;87,5;1.200\nWeber GmbH;Tom Falk;N;130;1.200\nWeber GmbH;Ida Senn;N;viel;1.200\n")
    found = load("table", "shares.csv", text, mapping=mapping)
    assert found.names("person") == ["Anna Weber"]
    by_person, by_company = found["shareholding"]
    assert (by_person["share_minimum"], by_person["share_maximum"], by_person["kind"]) == (12.5, 12.5, "capital")
    assert by_person["person"] == found.one("person")["record_id"]
    assert (by_company["person"], by_company["share_maximum"]) == (None, 87.5)
    organisations = {row["name"]: row for row in found["organisation"]}
    assert by_company["holder_organisation"] == organisations["Holm KG"]["record_id"]
    assert organisations["Weber GmbH"]["size"] == 1200
    assert found.lines() == [4, 5]
    assert "not between 0 and 100 per cent" in str(found.quarantine[0]["reason"])
    assert "decimal" in str(found.quarantine[1]["reason"])


def test_a_number_with_the_other_decimal_sign_is_refused_not_misread(load):
    mapping = ('[source]\nname = "s"\n[organisation]\nname = "Firma"\n[holder]\nname = "Inhaber"\n'
               '[shareholding]\nshare = "Anteil"\n')
    found = load("table", "s.csv", 'Firma,Inhaber,Anteil\nWeber GmbH,Holm KG,"12,5"\n', mapping=mapping)
    assert found["shareholding"] == []
    assert "set decimal in [table]" in str(found.quarantine[0]["reason"])


def test_every_mapping_that_ships_is_right_and_the_example_loads(load):
    for name in shipped():
        assert read_mapping(type(load.__self__.folder)(name)).problems == [], name
    text = ("Mitgliedsnr.;Titel;Vorname;Nachname;Geburtsdatum;Firma;Funktion im Unternehmen;Gremium;Amt;seit;bis;"
            "E-Mail;E-Mail 2\n1042;Dr.;Anna;Weber;12.03.1971;Weber GmbH;Geschäftsführerin;Präsidium;Vizepräsidentin;"
            "01.05.2021;;a@example.com;\n")
    found = load("table", "list.csv", text, mapping="member_list_example")
    assert found.one("person")["source_key"] == "1042"
    assert {row["role"] for row in found["mandate"]} == {"vice_president", "employee"}


def test_names_as_people_write_them_keep_every_letter(load):
    written = ["=HYPERLINK(\"http://x\",\"y\")", "<b>Eva</b> Senn", "Robert'}) DELETE n//", "مريم العتيبي", "🚀",
               "x" * 10_000]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["Name"], *([each] for each in written)])
    found = load("table", "list.csv", buffer.getvalue(), mapping=PEOPLE)
    assert [row["name_as_written"] for row in found["person"]] == written
    assert all(row["name"] for row in found["person"])
    assert found.quarantine == []


def test_a_cut_off_archive_gives_its_whole_rows(load):
    data = gzip.compress(("Name,Ort\n" + "".join(f"Mira Koch{at * 7919},Kiel\n" for at in range(5000))).encode())
    found = load("table", "list.csv.gz", data[:len(data) // 2], mapping=PEOPLE)
    assert 0 < len(found["person"]) < 5000
    assert "cut off" in str(found.quarantine[-1]["reason"])
    assert all("Kiel" not in str(row["name"]) for row in found["person"])


def test_a_table_without_a_header_and_columns_that_stand_twice(load):
    bare = load("table", "a.csv", "Mira Koch;Kiel\n",
                mapping=PEOPLE.replace('"Name"', '"1"') + 'city = "2"\n[table]\nheader_row = 0\n')
    assert (bare.one("person")["city"], bare.one("person")["line"]) == ("Kiel", 1)
    twice = load("table", "b.csv", "Name,Tel,Tel\nMira Koch,1,2\n", mapping=PEOPLE + 'phones = ["Tel", "Tel (2)"]\n')
    assert twice.one("person")["phones"] == ["1", "2"]


def test_the_example_of_the_documentation_does_what_it_says(load):
    text = (Path(__file__).parents[2] / "docs" / "loaders.md").read_text(encoding="utf-8")
    members, mapping = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL).group(1) for kind in ("csv", "toml"))
    found = load("table", "members.csv", members, mapping=mapping)
    anna, jonas = found["person"]
    assert (anna["name"], anna["title"], anna["source_key"]) == ("Anna Weber", "Dr.", "1042")
    assert anna["emails"] == ["anna@example.com", "a.weber@example.com"]
    roles = {(row["role"], row["since"], row["until"]) for row in found["mandate"] if row["role"] != "employee"}
    assert roles == {("chair", "2021-05", None), ("member", "2019", "2023-12-31")}
    assert jonas["birth_date"] is None
    assert len(found["organisation"]) == 5
    assert found.quarantine == []
