"""vCards as phones, Outlook and web address books write them, whole and broken."""

from __future__ import annotations

import base64
import quopri

import pytest

from referralgraph.errors import SourceError, UsageError


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_iphone_card_with_item_prefixes_gives_everything(load):
    found = load("vcard", "contacts.vcf", card(
        "PRODID:-//Apple Inc.//iOS 17.4//EN", "N:Vogt;Jonas;Peter,Maria;Dr.;Jr.", "FN:Dr. Jonas Peter Maria Vogt Jr.",
        "NICKNAME:Joni", "ORG:Vogt Maschinenbau;Einkauf", "TITLE:Leiter Einkauf",
        "item1.EMAIL;type=INTERNET;type=pref:jonas@example.com", "TEL;type=CELL;type=VOICE;type=pref:+49 421 5550",
        "item2.TEL:0421 5551", "item2.X-ABLabel:_$!<AssistantPhone>!$_",
        "item3.ADR;type=WORK:;;Werkstr. 1;Bremen;;28195;Germany",
        "item4.ADR;type=HOME;type=pref:;;Am Deich 3;Kiel;;24103;DE",
        "item5.URL;type=pref:http\\://www.linkedin.com/in/Jonas-Vogt/", "BDAY;value=date:1971-03-12",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ", " AASUVORK5CYII=", "UID:1C2F-77"))
    person, mandate = found.one("person"), found.one("mandate")
    assert person["name"] == "Jonas Peter Maria Vogt"
    assert (person["given_name"], person["family_name"], person["title"]) == ("Jonas Peter Maria", "Vogt", "Dr. Jr.")
    assert person["other_names"] == ["Joni"]
    assert (person["city"], person["postcode"], person["country"]) == ("Kiel", "24103", "DE")
    assert person["emails"] == ["jonas@example.com"]
    assert person["phones"] == ["+49 421 5550", "0421 5551"]
    assert person["profile_url"] == "https://www.linkedin.com/in/jonas-vogt"
    assert person["birth_date"] == "1971-03-12"
    assert person["source_key"] == "Anna Weber | 1C2F-77"
    assert found.one("organisation")["name"] == "Vogt Maschinenbau"
    assert (mandate["role"], mandate["role_as_written"]) == ("employee", "Leiter Einkauf")
    assert found.one("contact")["kind"] == "address_book"
    assert found.quarantine == []
    assert not any("9j/4AAQ" in str(row) for table in found.tables.values() for row in table)


def test_outlook_2_1_quoted_printable_with_soft_breaks_and_charset(load):
    name = quopri.encodestring("Müller;Jörg".encode("cp1252")).decode().strip()
    found = load("vcard", "outlook.vcf", card(
        f"N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:{name}",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =", "M=C3=BCl=", "ler",
        "NOTE;ENCODING=QUOTED-PRINTABLE:first line=0D=0A=", "second: with a colon=", "",
        "TEL;WORK;VOICE:(0421) 555-1", "ORG;QUOTED-PRINTABLE:M=FCller KG", "BDAY:19220310", "ROLE:Kaufmann",
        "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Deich 1=0D=0A=", "28195 Bremen", version="2.1"))
    person = found.one("person")
    assert person["name_as_written"] == "Jörg Müller"
    assert (person["given_name"], person["family_name"]) == ("Jörg", "Müller")
    assert (person["birth_date"], person["occupation"]) == ("1922-03-10", "Kaufmann")
    assert person["phones"] == ["(0421) 555-1"]
    assert found.names("organisation") == ["Müller KG"]
    assert found.quarantine == []


def test_version_4_parameters_in_quotation_marks_and_dates_without_a_year(load):
    found = load("vcard", "v4.vcf", card(
        "FN:Mira Koch", "N:Koch;Mira;;;ing.,M.Sc.", "BDAY:--0203", "ORG;TYPE=work:Viaduct",
        'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-555-9254;ext=102', "EMAIL;TYPE=work:mira@example.ca",
        "ADR;TYPE=work:;Suite D2;2875 Laurier;", " Quebec;QC;G1V 2M2;Canada", "KIND:individual", version="4.0"))
    person = found.one("person")
    assert (person["name"], person["title"], person["birth_date"]) == ("Mira Koch", "ing. M.Sc.", None)
    assert person["phones"] == ["+1-418-555-9254;ext=102"]
    assert person["city"] == "Quebec"


@pytest.mark.parametrize(("written", "kept"), [
    ("1980-03-22", "1980-03-22"), ("19800322", "1980-03-22"), ("1980-03", "1980-03"), ("1980", "1980"),
    ("1980-03-22T00:00:00Z", "1980-03-22"), ("1604-03-22", None), ("--03-22", None), ("spring", None), ("", None),
])
def test_birthdays_keep_their_precision(load, written, kept):
    assert load("vcard", "a.vcf", card("FN:Mira Koch", f"BDAY:{written}")).one("person")["birth_date"] == kept


def test_several_cards_with_lost_ends_and_an_agent_inside(load):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Mira Koch\nTEL:1\n"
        "BEGIN:VCARD\nVERSION:2.1\nN:Vogt;Jonas\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Ida Senn\nTEL:3\nEND:VCARD\n"
        "TEL:2\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\nbegin:vcard\nversion:3.0\nfn:Tom Falk\nend:vcard\n")
    found = load("vcard", "all.vcf", text)
    phones = {row["name"]: row["phones"] for row in found["person"]}
    assert phones == {"Mira Koch": ["1"], "Ida Senn": ["3"], "Jonas Vogt": ["2"], "Tom Falk": None}
    assert {row["name"]: row["line"] for row in found["person"]} == {
        "Mira Koch": 1, "Jonas Vogt": 5, "Ida Senn": 9, "Tom Falk": 18}
    assert found.quarantine == []


def test_folded_lines_break_inside_a_character(load):
    start, end = "FN:Jür".encode()[:-2], "FN:Jür".encode()[-2:]
    data = b"BEGIN:VCARD\r\nVERSION:3.0\r\n" + start + b"\r\n " + end + b"gen Vogt\r\nEND:VCARD\r\n"
    assert load("vcard", "a.vcf", data).names("person") == ["Jürgen Vogt"]


def test_raw_cp1252_and_utf_16(load):
    text = card("FN:Jürgen Groß", version="2.1")
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert load("vcard", "a.vcf", text.encode(encoding)).names("person") == ["Jürgen Groß"], encoding


def test_a_card_with_only_an_address_is_kept_and_one_of_an_organisation_is_no_person(load):
    text = (card("EMAIL;PREF:jonas@example.com", version="2.1") + card("ORG:Vogt Maschinenbau") + card("TEL:0421 5550")
            + card("FN:Vogt Maschinenbau", "N:;;;;", "ORG:Vogt Maschinenbau", "X-ABShowAs:COMPANY")
            + card("FN:Skat group", "X-ADDRESSBOOKSERVER-KIND:group") + card("NICKNAME:Joni"))
    found = load("vcard", "a.vcf", text)
    assert found.names("person") == ["jonas@example.com", "Joni"]
    assert found["person"][0]["given_name"] is None
    assert [(row["line"], row["reason"]) for row in found.quarantine] == [
        (5, "an organisation, not a person"),
        (9, "no name, no e-mail: nobody can be told from it; give the card a name"),
        (13, "an organisation, not a person"), (20, "a group, not a person")]


def test_a_file_that_ends_inside_a_card_keeps_what_is_whole(load):
    text = card("FN:Mira Koch") + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jonas Vogt\r\nTEL:0421 5550\r\nEMAIL:jonas@exam"
    found = load("vcard", "a.vcf", text)
    jonas = found["person"][1]
    assert (jonas["name"], jonas["phones"], jonas["emails"]) == ("Jonas Vogt", ["0421 5550"], None)
    assert found.lines() == [5]
    assert "export it again" in str(found.quarantine[0]["reason"])


def test_a_soft_break_before_the_end_does_not_swallow_the_next_card(load):
    text = card("FN:Mira Koch", "NOTE;ENCODING=QUOTED-PRINTABLE:cut off=", version="2.1") + card("FN:Jonas Vogt")
    assert load("vcard", "a.vcf", text).names("person") == ["Mira Koch", "Jonas Vogt"]


def test_a_line_without_a_property_is_told_and_an_unfolded_photo_is_not(load):
    photo = base64.b64encode(bytes(range(256))).decode()
    text = card("FN:Mira Koch", f"PHOTO;ENCODING=BASE64;TYPE=PNG:{photo[:76]}", photo[76:152], photo[152:], "",
                "NOTE:first", "and a second line that nobody folded", "TEL:1", version="2.1")
    found = load("vcard", "a.vcf", text)
    assert found.one("person")["phones"] == ["1"]
    assert [row["text"] for row in found.quarantine] == ["and a second line that nobody folded"]


def test_names_as_people_write_them_keep_every_letter(load):
    written = ["=HYPERLINK(\"http://x\")", "<b>Eva</b> Senn", "Robert' DELETE n//", "مريم", "🚀 Jane Doe", "x" * 10_000]
    found = load("vcard", "a.vcf", "".join(card(f"FN:{each}") for each in written))
    assert [row["name_as_written"] for row in found["person"]] == written


def test_cards_of_two_owners_stay_apart_and_one_read_twice_is_one(load):
    text = card("FN:Jonas Vogt", "UID:1")
    anna, again, ben = (load("vcard", "a.vcf", text, owner=owner).one("person")["record_id"]
                        for owner in ("Anna Weber", "Anna Weber", "Ben Holm"))
    assert anna == again != ben


def test_what_is_no_address_book_is_said(load, tmp_path):
    with pytest.raises(SourceError, match=r"a\.vcf, line 1: no vCard in it.*load linkedin"):
        load("vcard", "a.vcf", "First Name,Last Name,Connected On\nA,B,12 Mar 2021\n")
    with pytest.raises(SourceError, match="empty"):
        load("vcard", "a.vcf", " \n")
    with pytest.raises(SourceError, match="no such file"):
        load("vcard", tmp_path / "nowhere.vcf")
    with pytest.raises(UsageError, match="--owner"):
        load("vcard", "a.vcf", card("FN:Mira Koch"), owner=None)
