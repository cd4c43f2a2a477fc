"""Contacts by a mapping: CRM exports, and Google and Outlook contacts as they are exported."""

from __future__ import annotations

import pytest


def test_crm_export_with_owner_closeness_meetings_and_events(load):
    mapping = """
[source]
name = "crm"
[dates]
formats = ["%d/%m/%Y"]
[person]
full_name = "Contact"
emails = {columns = ["Mail", "Mail 2"], separator = ";"}
[organisation]
name = "Account"
[contact]
owner = "Owner"
closeness = "Close"
[interaction]
kind = {column = "Type", words = {"Lunch" = "meeting"}}
date = "Last meeting"
[event]
kind = {column = "Trouble", words = {"Insolvent" = "insolvency"}}
"""
    text = ("Contact,Mail,Mail 2,Account,Owner,Close,Type,Last meeting,Trouble\n"
            "Mira Koch,a@example.com; b@example.com,c@example.com,Koch KG,Ben Holm,3,Lunch,05/02/2025,Insolvent\n"
            "Tom Falk,,,Falk KG,,7,,,\nIda Senn,,,Senn KG,,,,,\n")
    found = load("table", "crm.csv", text, mapping=mapping, visibility="private")
    mira, ida = found["contact"]
    assert (mira["owner"], mira["closeness"], mira["kind"], mira["visibility"]) == ("Ben Holm", 3, "crm", "private")
    assert ida["owner"] == "Anna Weber"
    assert found["person"][0]["emails"] == ["a@example.com", "b@example.com", "c@example.com"]
    meeting = found.one("interaction")
    assert (meeting["kind"], meeting["date"], meeting["owner"]) == ("meeting", "2025-02-05", "Ben Holm")
    assert found.one("event")["kind"] == "insolvency"
    assert found.lines() == [3]  # closeness 7


GOOGLE_2024 = ("First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,"
               "Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
               "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
               "Address 1 - City,Address 1 - Postal Code,Website 1 - Value\n")


def test_google_contacts_with_the_headers_of_2024(load):
    row = ("Mira,Eva,Koch,,Dr.,,Mimi,,Koch KG,Inhaberin,,1980-03-22,,,* myContacts,Work,"
           "a@example.com ::: b@example.com,,c@example.com,Mobile,0421 5550,Bremen,28195,https://www.linkedin.com/in/mira-koch\n")
    found = load("table", "contacts.csv", GOOGLE_2024 + row + "," * 8 + "Only a company" + "," * 15 + "\n"
                 + "Tom,,Falk" + "," * 9 + "--05-01" + "," * 12 + "\n", mapping="google_contacts")
    mira = found["person"][0]
    assert (mira["name"], mira["title"], mira["birth_date"]) == ("Mira Eva Koch", "Dr.", "1980-03-22")
    assert mira["emails"] == ["a@example.com", "b@example.com", "c@example.com"]
    assert (mira["city"], mira["postcode"], mira["other_names"]) == ("Bremen", "28195", ["Mimi"])
    assert mira["profile_url"] == "https://www.linkedin.com/in/mira-koch"
    assert found.one("organisation")["name"] == "Koch KG"
    assert found.one("mandate")["role_as_written"] == "Inhaberin"
    assert [row["kind"] for row in found["contact"]] == ["address_book"] * 2
    assert found.lines() == [3]
    assert found.sink.complete


def test_google_contacts_with_the_headers_before(load):
    text = ("Name,Given Name,Additional Name,Family Name,Nickname,Birthday,E-mail 1 - Type,E-mail 1 - Value,"
            "Phone 1 - Value,Organization 1 - Name,Organization 1 - Title,Website 1 - Value\n"
            '"Koch, Mira",Mira,,Koch,,,* Work,a@example.com,0421 5550 ::: 0421 5551,Koch KG ::: Verein,Inhaberin,'
            "http://x.example\n"
            ",,,,,,,jonas@example.com,,,,\n")
    found = load("table", "google.csv", text, mapping="google_contacts")
    mira, jonas = found["person"]
    assert (mira["name"], mira["name_as_written"], mira["profile_url"]) == ("Mira Koch", "Koch, Mira", None)
    assert mira["phones"] == ["0421 5550", "0421 5551"]
    assert found.names("organisation") == ["Koch KG"]
    assert (jonas["name"], jonas["given_name"]) == ("jonas@example.com", None)


@pytest.mark.parametrize(("header", "encoding"), [
    ("Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business City,Home City,Mobile Phone,"
     "E-mail Address,E-mail 2 Address,Birthday,Web Page", "utf-8"),
    ("Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Ort geschäftlich,Ort privat,"
     "Mobiltelefon,E-Mail-Adresse,E-Mail 2: Adresse,Geburtstag,Webseite", "cp1252"),
])
def test_outlook_contacts_in_english_and_german(load, header, encoding):
    rows = ("Dr.,Jürgen,,Groß,,Groß KG,,Inhaber,Bremen,Kiel,0170 555,j@example.com,k@example.com,0/0/00,"
            "www.linkedin.com/in/jgross\nHerr,Tom,,Falk,,,,,Bremen,,,,,12.03.1971,\n,Ida,,Senn,,,,,,,,,,3/4/1980,\n")
    found = load("table", "outlook.csv", f"{header}\n{rows}".encode(encoding), mapping="outlook_contacts")
    juergen, tom, ida = found["person"]
    assert (juergen["name"], juergen["title"], juergen["city"]) == ("Jürgen Groß", "Dr.", "Kiel")
    assert (juergen["birth_date"], juergen["emails"]) == (None, ["j@example.com", "k@example.com"])
    assert juergen["profile_url"] == "https://www.linkedin.com/in/jgross"
    assert (tom["birth_date"], tom["city"]) == ("1971-03-12", "Bremen")
    assert ida["birth_date"] == "1980"  # 3 April or 4 March: the file doesn't say
    assert found.one("mandate")["role_as_written"] == "Inhaber"
