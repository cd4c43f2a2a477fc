"""LinkedIn's Connections.csv in the forms it has had since 2016, and what people do to it."""

from __future__ import annotations

import gzip

import pytest

from referralgraph.errors import SourceError, UsageError

NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. You '
    'will only see email addresses for connections who have allowed it."\n\n'
)
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
JONAS = ("Jonas,Vogt,https://www.linkedin.com/in/jonas-vogt,jonas@example.com,Vogt Maschinenbau,Managing Director,"
         "12 Mar 2021\n")


def test_one_row_gives_person_contact_organisation_and_mandate(load):
    found = load("linkedin", "Connections.csv", NOTES + HEADER + JONAS)
    person, contact = found.one("person"), found.one("contact")
    organisation, mandate = found.one("organisation"), found.one("mandate")
    assert (person["name"], person["given_name"], person["family_name"]) == ("Jonas Vogt", "Jonas", "Vogt")
    assert person["emails"] == ["jonas@example.com"]
    assert person["profile_url"] == person["source_key"] == "https://www.linkedin.com/in/jonas-vogt"
    assert (contact["owner"], contact["kind"], contact["visibility"]) == ("Anna Weber", "linkedin", "team")
    assert contact["since"] == "2021-03-12"
    assert contact["person"] == person["record_id"] == mandate["person"]
    assert (organisation["name"], organisation["kind"]) == ("Vogt Maschinenbau", "company")
    assert (mandate["role"], mandate["role_as_written"]) == ("employee", "Managing Director")
    assert mandate["organisation"] == organisation["record_id"]
    assert mandate["last_seen"] == "2025-06-30"
    assert person["line"] == 5


@pytest.mark.parametrize(("name", "text", "line"), [
    ("no preamble, no newline at the end", HEADER + JONAS.rstrip("\n"), 2),
    ("byte order mark and CRLF", "\ufeff" + (NOTES + HEADER + JONAS).replace("\n", "\r\n"), 5),
    ("saved again by a German Excel", (HEADER + JONAS).replace(",", ";").replace("12 Mar 2021", "12.03.2021"), 2),
    ("a preamble of several lines", 'Notes:\n"one\ntwo\nthree"\n\n' + HEADER + JONAS, 7),
    ("columns in another order", "Connected On,Position,Company,Last Name,First Name,URL\n"
     "12 Mar 2021,Managing Director,Vogt Maschinenbau,Vogt,Jonas,https://www.linkedin.com/in/jonas-vogt\n", 2),
    ("German headers", "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
     + JONAS.replace("12 Mar 2021", "12. März 2021"), 2),
    ("Indonesian headers", "Nama Depan,Nama Belakang,URL,Alamat Email,Perusahaan,Posisi,Terhubung Pada\n"
     + JONAS.replace("Mar", "Maret"), 2),
    ("Spanish headers", "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el\n"
     + JONAS.replace("Mar", "mar"), 2),
    ("further columns", "First Name,Last Name,URL,Email Address,Company,Position,Connected On,Tags\n"
     + JONAS.rstrip("\n") + ",vip\n", 2),
    ("bare carriage returns of an old Mac", (HEADER + JONAS).replace("\n", "\r"), 2),
])
def test_all_forms_of_the_file_say_the_same(load, name, text, line):
    found = load("linkedin", "Connections.csv", text)
    person, contact, mandate = found.one("person"), found.one("contact"), found.one("mandate")
    assert (person["name"], person["line"]) == ("Jonas Vogt", line), name
    assert contact["since"] == "2021-03-12"
    assert mandate["role_as_written"] == "Managing Director"
    assert found.quarantine == []


def test_utf_16_and_gzip(load):
    text = NOTES + HEADER + JONAS
    assert load("linkedin", "Connections.csv", text.encode("utf-16")).names("person") == ["Jonas Vogt"]
    assert load("linkedin", "Connections.csv.gz", gzip.compress(text.encode())).names("person") == ["Jonas Vogt"]


def test_a_cut_off_gzip_gives_its_whole_rows_and_says_where_it_ends(load):
    rows = "".join(f"Jonas,Vogt{at},https://www.linkedin.com/in/jv-{at * 7919},,Werk {at},Buyer,12 Mar 2021\n"
                   for at in range(3000))
    whole = gzip.compress((HEADER + rows).encode())
    found = load("linkedin", "Connections.csv.gz", whole[:len(whole) // 2])
    assert 0 < len(found["person"]) < 3000
    (bad,) = found.quarantine
    assert bad["line"] == found["person"][-1]["line"] + 1
    assert "cut off" in bad["reason"]
    assert "fetch it again" in bad["reason"]


def test_oldest_export_has_no_url_and_american_dates(load):
    text = "First Name,Last Name,Email Address,Company,Position,Connected On\n" \
           'Jonas,Vogt,,Vogt Maschinenbau,Buyer,"6/28/17, 9:16 AM"\n'
    found = load("linkedin", "Connections.csv", text)
    assert found.one("contact")["since"] == "2017-06-28"
    assert found.one("person")["source_key"] == "Anna Weber | jonas vogt | vogt maschinenbau"


def test_homonyms_are_told_apart_by_their_profile_and_a_repeated_row_counts_once(load):
    other = JONAS.replace("jonas-vogt,", "jonas-vogt-2,")
    found = load("linkedin", "Connections.csv", HEADER + JONAS + other + JONAS)
    assert found.names("person") == ["Jonas Vogt", "Jonas Vogt"]
    assert len(found["contact"]) == 2
    assert found.quarantine == []


def test_one_profile_has_one_key_however_its_address_is_written(load):
    variants = ["https://www.linkedin.com/in/j%C3%BCrgen-vogt", "http://de.linkedin.com/in/jürgen-vogt/?trk=abc"]
    rows = "".join(f"Jürgen,Vogt,{each},,,,12 Mar 2021\n" for each in variants)
    assert len(load("linkedin", "Connections.csv", HEADER + rows)["person"]) == 1


def test_hidden_people_and_broken_rows_go_to_quarantine_with_their_lines(load):
    text = (NOTES + HEADER + ",,,,,,01 Jan 2023\n" + JONAS + "Mira,Koch,https://www.linkedin.com/in/mi\n"
            "Tom,Falk,https://www.linkedin.com/in/tom-falk,,Falk, Söhne & Co,Buyer,12 Mar 2021\n"
            'Eva,"Brand,,,,,12 Mar 2021\nIda,Senn,https://www.linkedin.com/in/ida-senn,,,,12 Mar 2021\n')
    found = load("linkedin", "Connections.csv", text)
    assert found.names("person") == ["Jonas Vogt", "Ida Senn"]
    assert [(row["line"], str(row["reason"])[:7]) for row in found.quarantine] == [
        (5, "no name"), (7, "a row o"), (8, "a row o"), (9, "a quota")]
    assert "Eva" in str(found.quarantine[-1]["text"])


def test_quoted_fields_over_several_lines_keep_line_numbers_true(load):
    text = HEADER + 'Jonas,Vogt,,,"Vogt\nMaschinenbau\nGmbH",Buyer,12 Mar 2021\n' \
        "Mira,Koch,https://www.linkedin.com/in/mira,,,,12 Mar 2021\n"
    found = load("linkedin", "Connections.csv", text)
    assert [row["line"] for row in found["person"]] == [2, 5]
    assert found.one("organisation")["name"] == "Vogt\nMaschinenbau\nGmbH"


def test_a_date_nobody_can_read_costs_the_date_and_not_the_contact(load):
    found = load("linkedin", "Connections.csv", HEADER + JONAS.replace("12 Mar 2021", "Donnerstag"))
    assert found.one("contact")["since"] is None
    assert found.lines() == [2]
    assert "kept without it" in str(found.quarantine[0]["reason"])


def test_the_self_employed_have_no_common_employer(load):
    rows = "Mira,Koch,,,Self-employed,Architect,12 Mar 2021\nTom,Falk,,,Freelance,,12 Mar 2021\n"
    found = load("linkedin", "Connections.csv", HEADER + rows)
    assert found["organisation"] == found["mandate"] == []
    assert [row["occupation"] for row in found["person"]] == ["Architect", "Freelance"]


def test_names_as_people_write_them_keep_every_letter(load):
    written = ["=HYPERLINK(\"http://x\")", "<b>Eva</b>", "Robert'); MATCH (n) DETACH DELETE n;//", "مريم",
               "🚀 Jane", "x" * 10_000]
    quoted = [each.replace('"', '""') for each in written]
    rows = "".join(f'"{each}",Senn,,,,,12 Mar 2021\n' for each in quoted)
    found = load("linkedin", "Connections.csv", HEADER + rows)
    assert [row["name_as_written"] for row in found["person"]] == [f"{each} Senn" for each in written]
    assert all(str(row["name"]).endswith("Senn") for row in found["person"])
    assert found.quarantine == []


def test_titles_come_off_first_and_last_names(load):
    row = "Dr. Jonas,\"Vogt, MBA\",https://www.linkedin.com/in/jonas-vogt,,,,12 Mar 2021\n"
    person = load("linkedin", "Connections.csv", HEADER + row).one("person")
    assert (person["name"], person["title"]) == ("Jonas Vogt", "Dr. MBA")
    assert person["name_as_written"] == "Dr. Jonas Vogt, MBA"


@pytest.mark.parametrize(("content", "said"), [
    ("First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Labels,Notes\n", "--mapping google_contacts"),
    ("Title,First Name,Last Name,Company,Job Title,E-mail Address,Categories,Birthday\n", "--mapping outlook_contacts"),
    ("BEGIN:VCARD\nVERSION:3.0\nFN:Jonas Vogt\nEND:VCARD\n", "referralgraph load vcard"),
    ('{"company_number": "K1101R_HRB150148", "name": "x"}\n', "referralgraph load offeneregister"),
    ("CONVERSATION ID,CONVERSATION TITLE,FROM,TO,FOLDER\n1,2,3,4,5\n", "Connections.csv"),
    ("Name;Ort\nJonas Vogt;Bremen\n", "its columns are Name, Ort"),
    ("just a letter to somebody\n", "First Name, Last Name"),
])
def test_another_kind_of_file_is_told_with_the_way_to_load_it(load, content, said):
    with pytest.raises(SourceError, match="not a LinkedIn export") as caught:
        load("linkedin", "Connections.csv", content)
    assert said in str(caught.value)
    assert "Connections.csv, line 1" in str(caught.value)
    assert caught.value.exit_code == 4


def test_empty_and_missing_files_and_no_owner(load, tmp_path):
    with pytest.raises(SourceError, match="empty"):
        load("linkedin", "Connections.csv", "")
    with pytest.raises(SourceError, match="no such file"):
        load("linkedin", tmp_path / "nowhere.csv")
    with pytest.raises(UsageError, match="--owner"):
        load("linkedin", "Connections.csv", HEADER + JONAS, owner=None)


def test_reading_twice_gives_the_same_records_whatever_the_row_order(load):
    mira = "Mira,Koch,,,Koch GmbH,Buyer,12 Mar 2021\n"
    one = load("linkedin", "a.csv", HEADER + JONAS + mira)
    two = load("linkedin", "b.csv", NOTES + HEADER + mira + JONAS)
    for table in ("person", "organisation", "contact", "mandate"):
        assert {row["record_id"] for row in one[table]} == {row["record_id"] for row in two[table]}
