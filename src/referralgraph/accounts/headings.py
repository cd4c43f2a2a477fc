"""Sheets of assessments: which heading means which field, in three languages, and the rows below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from referralgraph.accounts.scales import SCALE
from referralgraph.errors import SourceError
from referralgraph.loaders.table.cells import open_cells
from referralgraph.records.delimited import Row
from referralgraph.records.names import fold
from referralgraph.records.source import RawFile

# The first word of each list is the heading of a template in English; the others are recognised too.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "person id", "stakeholder id", "kennung"),
    "name": (
        "name",
        "stakeholder",
        "person",
        "nama",
        "ansprechpartner",
        "kontaktperson",
        "pemangku kepentingan",
        "who",
        "wer",
        "siapa",
    ),
    "city": ("city", "ort", "stadt", "wohnort", "kota"),
    "position": ("position", "job title", "funktion", "jabatan", "posisi"),
    "rank": ("rank", "rang", "pangkat", "peringkat"),
    "new": ("new", "neu", "baru"),
    "by": ("by", "assessor", "colleague", "von", "bewertet von", "kollege", "kollegin", "oleh", "penilai", "rekan"),
    "date": ("date", "at", "datum", "stand", "tanggal"),
    "reason": ("reason", "because", "grund", "begruendung", "warum", "alasan"),
    "role": ("role", "rolle", "peran"),
    "type": ("type", "typ", "art", "tipe", "jenis"),
    "relationship": ("relationship", "beziehung", "beziehungsqualitaet", "hubungan"),
    "influence": ("influence", "einfluss", "pengaruh"),
    "power": ("power", "macht", "kekuasaan", "kekuatan"),
    "interest": ("interest", "interesse", "minat", "kepentingan", "ketertarikan"),
    "satisfaction": ("satisfaction", "zufriedenheit", "kepuasan"),
    "emotional_tie": ("emotional tie", "emotionale bindung", "bindung", "ikatan emosional", "loyalty"),
    "says_so": ("says so", "sagt es weiter", "empfiehlt uns", "mengatakannya", "recommends us"),
    "satisfaction_salesperson": (
        "satisfaction with the salesperson",
        "satisfaction salesperson",
        "zufriedenheit mit dem vertrieb",
        "zufriedenheit mit dem verkaeufer",
        "zufriedenheit verkaeufer",
        "kepuasan terhadap penjual",
    ),
    "emotional_tie_salesperson": (
        "emotional tie to the salesperson",
        "emotional tie salesperson",
        "emotionale bindung an den verkaeufer",
        "emotionale bindung verkaeufer",
        "ikatan emosional dengan penjual",
    ),
    "says_so_salesperson": (
        "says so of the salesperson",
        "says so salesperson",
        "sagt es vom verkaeufer weiter",
        "mengatakannya tentang penjual",
    ),
    "colour": ("colour", "color", "farbe", "kommunikationsfarbe", "warna"),
    "second_colour": ("second colour", "second color", "zweitfarbe", "zweite farbe", "warna kedua"),
}
PLAN_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "kennung"),
    "plan": ("plan", "rencana"),
    "date": ("date", "when", "datum", "wann", "termin", "tanggal"),
    "stakeholder": (
        "stakeholder",
        "with",
        "customer contact",
        "name",
        "mit",
        "kundenkontakt",
        "kontakt beim kunden",
        "dengan",
        "pemangku kepentingan",
        "kontak pelanggan",
        "nama",
    ),
    "contact": ("contact", "internal contact", "interner kontakt", "kontakt", "kontak", "kontak internal"),
    "occasion": ("occasion", "anlass", "kesempatan"),
    "message": ("message", "key message", "botschaft", "kernbotschaft", "pesan", "pesan kunci"),
    "questions": ("questions", "fragen", "pertanyaan"),
    "avoid": ("avoid", "aspects to avoid", "to avoid", "vermeiden", "zu vermeiden", "hindari"),
    "kind": ("kind", "art", "jenis"),
    "content": ("content", "inhalt", "isi"),
    "recipient": ("recipient", "empfaenger", "penerima"),
    "sender": ("sender", "absender", "pengirim"),
    "topic": ("topic", "thema", "topik"),
    "responsible": ("responsible", "verantwortlich", "penanggung jawab"),
    "result": ("result", "ergebnis", "hasil"),
    "status": ("status",),
    "warnings": ("warnings", "hinweise", "peringatan"),
}
_BY_WORD = {fold(word): field for field, words in HEADINGS.items() for word in (*words, field)}
_WHO = ("id", "name", "position")
_HEAD = 20  # rows in which the headings are looked for: some sheets begin with a title


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read.

    :param columns: place of each recognised field.
    :param others: headings that aren't fields, by place: colleagues in a relationship matrix, or to be ignored.
    :param rows: below the headings, with their lines.
    """

    columns: Mapping[str, int]
    others: Mapping[int, str]
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def scales(self) -> list[str]:
        """The fields of an assessment that it has."""
        return [field for field in self.columns if field in SCALE]


def field_of(heading: str, headings: Mapping[str, tuple[str, ...]] = HEADINGS) -> str | None:
    """Return the field that a heading means, None if it is none.

    :param headings: of assessments or of plans.

    >>> field_of("Einfluß"), field_of("Emotional tie"), field_of("Mara Wiesentau")
    ('influence', 'emotional_tie', None)
    """
    words = _BY_WORD if headings is HEADINGS else {fold(word): field for field, words in headings.items() for word in (*words, field)}
    return words.get(fold(heading.partition("(")[0]))


def read_sheet_rows(file: Path, headings: Mapping[str, tuple[str, ...]] = HEADINGS, needed: tuple[str, ...] = _WHO) -> Sheet:
    """Read a CSV or Excel sheet; its headings may stand in any of the first rows.

    :param headings: which headings mean which field.
    :param needed: fields of which it must have at least one.
    :raises SourceError: if it is missing, damaged, or has none of the columns that are needed.
    """
    people = headings is HEADINGS
    told = "no heading that names people" if people else f"no heading of a plan: {', '.join(needed)}"
    mend = _mend() if people else "Name the columns as docs/cli.md lists the fields of a plan"
    wanted = {form for words in headings.values() for word in words for form in (word, word.capitalize(), word.title())}
    cells = open_cells(RawFile(file, datetime.now(UTC)), {"header_row": 0}, sorted(wanted))
    rows = list(cells.rows(range(len(cells.header))))
    fits = [(len({field_of(cell, headings) for cell in row.cells} - {None}), -place) for place, row in enumerate(rows[:_HEAD])]
    best = -max(fits, default=(0, 0))[1]
    if not rows or not fits[best][0]:
        raise SourceError(told, file=file, line=rows[0].line if rows else None, mend=mend)
    header = [cell.strip() for cell in rows[best].cells]
    columns: dict[str, int] = {}
    others: dict[int, str] = {}
    for place, heading in enumerate(header):
        field = field_of(heading, headings)
        if field in columns:
            raise SourceError(
                f"two columns for {field}: {header[columns[field]]!r} and {heading!r}",
                file=file,
                line=rows[best].line,
                mend="Keep one of them",
            )
        if field is not None:
            columns[field] = place
        elif heading:
            others[place] = heading
    if not set(needed) & columns.keys():
        raise SourceError(told, file=file, line=rows[best].line, mend=mend)
    return Sheet(columns, others, tuple(header), tuple(rows[best + 1 :]))


def _mend() -> str:
    return "Name the column of people `name` (or Name, Stakeholder, Nama), or fill the sheet that `account template` writes"
