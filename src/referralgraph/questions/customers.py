"""A list of customers as a bank keeps it: which columns mean what, and which company each row is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from referralgraph.answers.base import Because
from referralgraph.answers.portfolio import Unmatched
from referralgraph.errors import NotFound, SourceError
from referralgraph.index.names import Found
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.records.delimited import DELIMITERS, rows, text_lines
from referralgraph.records.names import fold
from referralgraph.records.partial_date import is_partial_date, parse_partial_date
from referralgraph.records.source import RawFile

# Headings as they are folded; the first that a file has is taken.
_HEADINGS = {
    "id": ("id", "entity", "entity id"),
    "number": (
        "register number",
        "number",
        "company number",
        "registernummer",
        "handelsregister",
        "hr nummer",
        "hrb",
        "nomor registrasi",
    ),
    "name": ("name", "company", "customer", "client", "firma", "unternehmen", "kunde", "perusahaan", "nasabah", "nama"),
    "city": ("city", "place", "seat", "ort", "sitz", "stadt", "kota"),
    "exposure": ("exposure", "amount", "limit", "balance", "betrag", "engagement", "obligo", "saldo", "eksposur", "plafon"),
    "date": ("date", "day", "default date", "event date", "datum", "ausfalldatum", "tanggal"),
}
_ID = re.compile(r"o-[0-9a-f]{20}")
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%d-%b-%Y")
_CANDIDATES = 5


@dataclass(frozen=True)
class Customer:
    """One row of a list that is one organisation."""

    line: int
    asked: str
    found: Found
    exposure: float | None
    date: str | None


@dataclass(frozen=True)
class CustomerList:
    """The rows that are one organisation each, and those that aren't."""

    customers: tuple[Customer, ...]
    unmatched: tuple[Unmatched, ...]
    has_exposure: bool


def read_customers(context: Context, asked: Asked, file: Path, *, dated: bool = False) -> CustomerList:
    """Read a list of customers: a table with a heading, or one company a line.

    A row is looked up by id, else by register number, else by name, with its city if there is one. Equal companies are one
    customer: their exposures add up.

    :param dated: a column must hold dates: they tell what happened and when; a row without one tells that nothing did.
    :raises SourceError: if the file can't be read, or no column names companies.
    """
    table = list(_table(file))
    if not table:
        raise SourceError("the list names nobody", file=file, mend="Write one company a line, or a table with the heading `name`")
    columns = _columns(table[0][1])
    if not {"id", "number", "name"} & columns.keys():
        columns = {}
    if dated and "date" not in columns:
        raise SourceError("no column holds a date", file=file, line=1, mend="Name the column `date`")
    body = table[1:] if columns else table
    columns = columns or {"name": 0}
    found: dict[str, Customer] = {}
    unmatched = []
    at = columns.get("id")
    ids = {text for _line, cells in body if at is not None and at < len(cells) and _ID.fullmatch(text := cells[at].strip())}
    known = context.names.of_ids(ids, viewer=asked.viewer)
    for line, cells in body:
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        text = ", ".join(part for part in (told.get("id") or told.get("number"), told.get("name"), told.get("city")) if part)
        if not text:
            continue
        try:
            exposure, day = _number(told.get("exposure", "")), _day(told.get("date", ""))
        except ValueError as error:
            unmatched.append(Unmatched(line=line, asked=text, because=Because(code="unreadable", text=str(error))))
            continue
        candidates = _candidates(context, asked, told, known)
        if len(candidates) != 1:
            unmatched.append(Unmatched(line=line, asked=text, because=_why(candidates)))
            continue
        (only,) = candidates
        before = found.get(only.id)
        if before is None:
            found[only.id] = Customer(line, text, only, exposure, day)
        else:
            found[only.id] = Customer(before.line, before.asked, only, _sum(before.exposure, exposure), _earlier(before.date, day))
    return CustomerList(tuple(found.values()), tuple(unmatched), "exposure" in columns)


def _columns(header: Sequence[str]) -> dict[str, int]:
    folded = [fold(cell) for cell in header]
    return {name: folded.index(word) for name, words in _HEADINGS.items() for word in words[::-1] if word in folded}


def _table(file: Path) -> Iterator[tuple[int, list[str]]]:
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        from openpyxl import load_workbook  # only where a sheet is read

        try:
            sheet = load_workbook(file, read_only=True, data_only=True).active
        except (OSError, KeyError, ValueError) as error:
            raise SourceError(f"no Excel sheet ({error})", file=file, mend="Save it again as .xlsx or .csv") from error
        for number, cells in enumerate(sheet.iter_rows(values_only=True) if sheet else (), start=1):
            values = ["" if cell is None else cell.date().isoformat() if isinstance(cell, datetime) else str(cell) for cell in cells]
            if any(values):
                yield number, values
        return
    lines = list(text_lines(RawFile(file, datetime.now(UTC))))
    first = next((at for at, each in enumerate(lines) if each.text.strip()), None)
    if first is None:
        return
    delimiter = max(DELIMITERS, key=lines[first].text.count)
    heading = next(rows(iter(lines[first : first + 1]), delimiter))
    # a list without a heading may hold NAME, CITY: only what heads a table is cut at commas
    if not _columns(heading.cells):
        yield from ((each.number, [each.text.strip()]) for each in lines if each.text.strip())
        return
    yield from ((row.line, row.cells) for row in rows(iter(lines), delimiter) if any(cell.strip() for cell in row.cells))


def _candidates(context: Context, asked: Asked, told: dict[str, str], known: Mapping[str, Found]) -> list[Found]:
    if told.get("id") in known:
        return [known[told["id"]]]
    if _ID.fullmatch(told.get("id", "")):  # of a former build: it may have become another
        try:
            return [context.entity(told["id"], viewer=asked.viewer)]
        except NotFound:
            return []
    name, city = told.get("name", ""), told.get("city", "")
    number = told.get("number") or told.get("id", "")
    if number:
        found = [each for each in context.names.exactly(number, viewer=asked.viewer) if each.kind != "person"]
        if len(found) > 1 and name:
            meant = [each for each in found if fold(each.name) == fold(name)]
            found = meant or found
        if found:
            return found
    if not name:
        return []
    found = context.names.exactly(f"{name}, {city}" if city else name, viewer=asked.viewer)
    return [each for each in found if each.kind != "person"]


def _why(candidates: Sequence[Found]) -> Because:
    if not candidates:
        return Because(code="not_found", text=_("no company of this revision answers to it"))
    listed = [f"{each.id} {each.name}" + (f", {each.city}" if each.city else "") for each in candidates[:_CANDIDATES]]
    return Because(
        code="ambiguous",
        parameters={"candidates": [each.id for each in candidates]},
        text=_("{count} companies answer to it: {listed}").format(count=len(candidates), listed="; ".join(listed)),
    )


def _number(text: str) -> float | None:
    """Read an amount in the way of either side of the ocean: the last of comma and point is the decimal sign if two digits follow."""
    bare = re.sub(r"[\s'\u00a0€$£]|EUR|USD|IDR|Rp\.?", "", text)
    if not bare:
        return None
    if match := re.fullmatch(r"(-?[\d.,]*?)[.,](\d{1,2})", bare):
        bare = re.sub(r"[.,]", "", match[1]) + "." + match[2]
    else:
        bare = re.sub(r"[.,]", "", bare)
    try:
        return float(bare)
    except ValueError as error:
        raise ValueError(_("the amount {text} is no number").format(text=text)) from error


def _day(text: str) -> str | None:
    if not text:
        return None
    if is_partial_date(text[:10]):
        return text[:10]
    try:
        return parse_partial_date(text, _FORMATS)
    except ValueError as error:
        raise ValueError(_("the date {text} can't be read: write it as 2024-03-01").format(text=text)) from error


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None and other is None else (one or 0.0) + (other or 0.0)


def _earlier(one: str | None, other: str | None) -> str | None:
    return min((each for each in (one, other) if each), default=None)
