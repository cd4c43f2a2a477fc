"""LinkedIn and vCard exports as real clients write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from referralgraph.demo.acquaintances import Acquaintance

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You will '
    "only see email addresses for connections who have allowed their connections to see or download their email "
    "address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)


def write_linkedin(path: Path, rows: Sequence[Acquaintance], *, preamble: bool) -> list[int]:
    """Write a Connections.csv.

    :param preamble: the form with notes before the header and a URL column, or the older one without both.
    :returns: the line of each row, counted from 1.
    """
    text = io.StringIO(newline="")
    if preamble:
        text.write(_NOTES)
    writer = csv.writer(text, lineterminator="\n")
    header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    writer.writerow(header if preamble else [name for name in header if name != "URL"])
    lines = []
    for number, row in enumerate(rows):
        if number % 40 == 17:
            # Members who left: a row of which only the date remains.
            writer.writerow([""] * (6 if preamble else 5) + [_connected(row.day)])
        lines.append(text.getvalue().count("\n") + 1)
        cells = [f"{row.title} {row.given}".strip(), row.family]
        if preamble:
            cells.append(_profile(row))
        writer.writerow([*cells, row.email, row.company, row.job, _connected(row.day)])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return lines


def _profile(row: Acquaintance) -> str:
    # One address a person, whoever exported it, that doesn't give the truth away.
    return f"https://www.linkedin.com/in/demo-{sha256(row.person.encode()).hexdigest()[:12]}"


def _connected(day: str) -> str:
    year, month, number = day.split("-")
    return f"{number} {_MONTHS[int(month) - 1]} {year}"


def write_iphone(path: Path, rows: Sequence[Acquaintance]) -> list[int]:
    """Write vCards 3.0 with `item1.` groups; returns the line on which each card begins."""
    return _write_cards(path, [_iphone(row) for row in rows], "utf-8")


def write_outlook(path: Path, rows: Sequence[Acquaintance]) -> list[int]:
    """Write vCards 2.1 with quoted-printable Windows-1252; returns the line on which each card begins."""
    return _write_cards(path, [_outlook(row) for row in rows], "ascii")


def _write_cards(path: Path, cards: list[list[str]], encoding: str) -> list[int]:
    lines, at = [], 1
    for card in cards:
        lines.append(at)
        at += len(card)
    path.write_bytes("".join(line + "\r\n" for card in cards for line in card).encode(encoding))
    return lines


def _iphone(row: Acquaintance) -> list[str]:
    full = " ".join(part for part in (row.title, row.given, row.family) if part)
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iPhone OS 17.5//EN",
        f"N:{_escaped(row.family)};{_escaped(row.given)};;{_escaped(row.title)};",
        f"FN:{_escaped(full)}",
    ]
    if row.company:
        lines.append(f"ORG:{_escaped(row.company)};")
    if row.job:
        lines.append(f"TITLE:{_escaped(row.job)}")
    if row.email:
        lines.append(f"item1.EMAIL;type=INTERNET;type=pref:{row.email}")
        lines.append("item1.X-ABLabel:_$!<Work>!$_")
    lines.append(f"TEL;type=CELL;type=VOICE;type=pref:+49 30 23125 {_extension(row)}")
    if row.city:
        lines.append(f"item2.ADR;type=WORK;type=pref:;;;{_escaped(row.city)};;;")
        lines.append("item2.X-ABADR:de")
    lines.append("END:VCARD")
    return [piece for line in lines for piece in _folded(line)]


def _extension(row: Acquaintance) -> str:
    # 030 23125-000 to -999 are kept free for films and novels.
    return f"{crc32(row.person.encode()) % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    pieces = []
    while len(line.encode()) > 75:
        cut = 74
        while len(line[:cut].encode()) > 74:
            cut -= 1
        pieces.append(line[:cut])
        line = " " + line[cut:]
    return [*pieces, line]


def _outlook(row: Acquaintance) -> list[str]:
    full = " ".join(part for part in (row.title, row.given, row.family) if part)
    lines = ["BEGIN:VCARD", "VERSION:2.1"]
    lines += _property("N;LANGUAGE=de", f"{row.family};{row.given};;{row.title};")
    lines += _property("FN", full)
    if row.company:
        lines += _property("ORG", row.company)
    if row.job:
        lines += _property("TITLE", row.job)
    lines.append(f"TEL;WORK;VOICE:(030) 23125-{_extension(row)}")
    if row.city:
        lines += _property("ADR;WORK;PREF", f";;;{row.city};;;Deutschland")
    lines.append("X-MS-OL-DEFAULT-POSTAL-ADDRESS:2")
    if row.email:
        lines.append(f"EMAIL;PREF;INTERNET:{row.email}")
    lines += ["REV:20260930T060000Z", "END:VCARD"]
    return lines


def _property(name: str, value: str) -> list[str]:
    if value.isascii():
        return [f"{name}:{value}"]
    line = f"{name};CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:"
    pieces = []
    for byte in value.encode("cp1252"):
        shown = chr(byte) if 32 <= byte < 127 and byte != 61 else f"={byte:02X}"
        if len(line) + len(shown) > 75:
            pieces.append(line + "=")
            line = ""
        line += shown
    return [*pieces, line]
