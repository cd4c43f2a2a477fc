"""An association's member list, a chamber's presidium and a diary of visits, each with the mapping that loads it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from referralgraph.demo import story
from referralgraph.demo.acquaintances import officer_sample, plain_name
from referralgraph.demo.landscape import Landscape

_TOPICS = (
    "Batterietechnik",
    "Normung",
    "Arbeitssicherheit",
    "Export",
    "Hafenumschlag",
    "Ersatzteile",
    "Ausbildung",
    "Digitale Flotte",
    "Kühlhaus",
    "Recht",
    "Nachhaltigkeit",
    "Regalprüfung",
    "Vermietung",
    "Gebrauchtgeräte",
    "Brandschutz",
    "Fahrerlose Systeme",
)
_COMMITTEE_SIZES = (6, 7, 8, 9, 11, 14)
RETRIEVED_AT = "2026-09-30"

_MEMBERS_MAPPING = f"""\
# The member list of an association with its working groups.
[table]
delimiter = ";"
encoding = "cp1252"

[source]
name = "verband-foerdertechnik"
publisher = "{story.ASSOCIATION}"
licence = "fictional"
retrieved_at = {RETRIEVED_AT}

[dates]
formats = ["%d.%m.%Y", "%m/%Y", "%Y"]

[person]
given_name = "Vorname"
family_name = "Nachname"
title = "Titel"
city = "Ort"
emails = {{ column = "E-Mail", separator = "," }}

[organisation]
name = "Gremium"
part_of = "Verband"
kind = {{ constant = "committee" }}

[mandate]
since = "Seit"
until = "Bis"

[mandate.role]
column = "Funktion"

[mandate.role.words]
"Vorsitzender" = "chair"
"Vorsitzende" = "chair"
"Vorsitz" = "chair"
"Stellvertretung" = "deputy_chair"
"Mitglied" = "member"

[employer]
name = "Firma"
"""

_PRESIDIUM_MAPPING = f"""\
# The presidium of a chamber: a sheet with its title in the first row and the header in the third.
[table]
sheet = "Presidium"
header_row = 3

[source]
name = "handelskammer-indonesien-seenland"
publisher = "{story.CHAMBER}"
licence = "fictional"
retrieved_at = {RETRIEVED_AT}

[dates]
formats = ["%d/%m/%Y"]

[person]
given_name = "Nama Depan"
family_name = "Nama Keluarga"
title = "Gelar"
city = "Kota"

[organisation]
name = {{ constant = "{story.PRESIDIUM}" }}
part_of = {{ constant = "{story.CHAMBER}" }}
kind = {{ constant = "committee" }}

[mandate]
since = "Sejak"
until = "Sampai"

[mandate.role]
column = "Jabatan"

[mandate.role.words]
"Presiden" = "president"
"Wakil Presiden" = "vice_president"
"Bendahara" = "treasurer"
"Anggota" = "member"

[employer]
name = "Perusahaan"
"""


_VISITS_MAPPING = f"""\
# A colleague's visits, calls and mails, with the person and where he works.
[source]
name = "besuchsbuch"
publisher = "{story.HUBWERK.name}"
licence = "fictional"
retrieved_at = {RETRIEVED_AT}

[dates]
formats = ["%d.%m.%Y"]

[person]
full_name = "Name"
city = "Ort"

[employer]
name = "Firma"

[interaction]
owner = {{ constant = "{story.JONAS.name}" }}
date = "Datum"

[interaction.kind]
column = "Art"

[interaction.kind.words]
"Besuch" = "meeting"
"Anruf" = "call"
"Mail" = "mail"
"""


@dataclass(frozen=True)
class Listed:
    """A row of a list and who it truly is."""

    line: int
    body: str
    name: str
    person: str


def write_members(path: Path, mapping: Path, land: Landscape) -> list[Listed]:
    """Write the association's list (semicolons, cp1252, German dates) and its mapping.

    The story's two working groups consist of the story's people alone; all others of officers of the country.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "Mitgliedsnr.",
            "Titel",
            "Vorname",
            "Nachname",
            "Firma",
            "Ort",
            "E-Mail",
            "Verband",
            "Gremium",
            "Funktion",
            "Seit",
            "Bis",
        ]
    )
    listed: list[Listed] = []

    def add(body: str, person: str, cells: tuple[str, ...]) -> None:
        title, given, family, firm, city, email, role, since, until = cells
        number = f"M{len(listed) + 1:05d}"
        writer.writerow([number, title, given, family, firm, city, email, story.ASSOCIATION, body, role, since, until])
        listed.append(Listed(len(listed) + 2, body, f"{given} {family}", person))

    for body, members in story.COMMITTEES.items():
        for each in members:
            figure = each.figure
            title = "Dr." if figure.doctor else ""
            add(
                body,
                figure.key,
                (title, figure.given, figure.family, each.firm, figure.city, each.email, each.role, each.since, ""),
            )
    committees = min(3 + land.companies // 2000, 400)
    sizes = [_COMMITTEE_SIZES[number % len(_COMMITTEE_SIZES)] for number in range(committees)]
    sampled = officer_sample(land, "committee", sum(sizes))
    drawn = land.dice.uniform("committee.since", np.arange(len(sampled))).tolist()
    at = 0
    for number, size in enumerate(sizes):
        body = f"Arbeitskreis {_TOPICS[number % len(_TOPICS)]}" + (
            f" {1 + number // len(_TOPICS)}" if number >= len(_TOPICS) else ""
        )
        for place, (entry, officer) in enumerate(sampled[at : at + size]):
            given, family, doctor = plain_name(officer)
            share = drawn[at + place]
            day = f"{1 + int(share * 280) % 28:02d}.{1 + int(share * 12):02d}.{2008 + int(share * 1700) % 17}"
            # Some rows know the month or the year alone.
            since = day if share < 0.7 else day[3:].replace(".", "/") if share < 0.85 else day[6:]
            until = f"31.12.{int(day[6:]) + 1}" if int(share * 10_000) % 9 == 0 else ""
            role = "Vorsitz" if place == 0 else "Stellvertretung" if place == 1 else "Mitglied"
            title = "Dr." if doctor else ""
            add(body, officer.person, (title, given, family, entry.name, officer.city, "", role, since, until))
        at += size
    path.write_bytes(text.getvalue().encode("cp1252"))
    mapping.write_text(_MEMBERS_MAPPING, encoding="utf-8", newline="\n")
    return listed


def write_presidium(path: Path, mapping: Path) -> list[Listed]:
    """Write the chamber's presidium as an Excel sheet with Indonesian headers, and its mapping."""
    header = ("Gelar", "Nama Depan", "Nama Keluarga", "Jabatan", "Perusahaan", "Kota", "Sejak", "Sampai")
    rows: list[tuple[str, ...]] = [("Dewan Presidium Kamar Dagang Indonesia-Seenland",), (), header]
    listed = []
    for each in story.PRESIDIUM_MEMBERS:
        figure = each.figure
        title = "Dr." if figure.doctor else ""
        rows.append((title, figure.given, figure.family, each.role, each.firm, figure.city, each.since, ""))
        listed.append(Listed(len(rows), story.PRESIDIUM, figure.name, figure.key))
    _write_sheet(path, "Presidium", rows)
    mapping.write_text(_PRESIDIUM_MAPPING, encoding="utf-8", newline="\n")
    return listed


def write_visits(path: Path, mapping: Path) -> None:
    """Write Jonas's diary: somebody who stands in no address book, whom he has met, and the mapping that loads it."""
    rows = [("Datum", "Art", "Name", "Ort", "Firma"), *story.VISITS]
    path.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8", newline="")
    mapping.write_text(_VISITS_MAPPING, encoding="utf-8", newline="\n")


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"


def _write_sheet(path: Path, name: str, rows: list[tuple[str, ...]]) -> None:
    # Written by hand because libraries stamp the hour of writing into the file, and equal seeds must give equal bytes.
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            for column, value in enumerate(row)
            if value
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main, related = f"{_OFFICE}/spreadsheetml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = f"{_OFFICE}/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with ZipFile(path, "w", ZIP_STORED) as sheet:
        for part, content in parts.items():
            stamp = ZipInfo(part, date_time=(2026, 9, 30, 6, 0, 0))
            # The default depends on the operating system.
            stamp.create_system = 3
            sheet.writestr(stamp, _XML + content)
