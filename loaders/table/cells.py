"""Rows of CSV, Excel and Parquet files, one like the other: column names, then rows of texts with their line."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice

from referralgraph.errors import SourceError
from referralgraph.loaders.recognise import mend
from referralgraph.records.delimited import Row, TextLine, best_delimiter, rows, text_lines
from referralgraph.records.source import RawFile

VALUE_BREAK = "\x1f"  # parts the values of a Parquet list within one cell
_HEAD = 60  # lines read to find out delimiter and header
_BATCH = 5_000  # rows of a Parquet file in memory at once
_SHEET_ERRORS = {"#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#DIV/0!", "#NAME?", "#NULL!", "\\N"}
# A damaged workbook makes openpyxl fail wherever it just is: in the archive, in the XML, or in what it expects there.
_WORKBOOK_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError, LookupError, ValueError, TypeError,
                    AttributeError, NotImplementedError, RuntimeError)
_EXCEL_SEPARATOR = re.compile(r"sep=(.)", re.I)


@dataclass(frozen=True)
class Cells:
    """An opened table.

    :param header: names of the columns; a name that stands twice is ``Name (2)`` the second time.
    :param header_line: line (sheet: row) of the header.
    :param rows: gives the rows below the header; only the cells of the columns asked for need be filled.
    :param head: the first rows of the file, for telling where the header is.
    """

    header: list[str]
    header_line: int
    rows: Callable[[Collection[int]], Iterator[Row]]
    head: list[Row]


def open_cells(file: RawFile, settings: dict[str, str | int], wanted: Collection[str]) -> Cells:
    """Open a table of any kind; what it is, its first bytes say and not its name.

    :param file: the file.
    :param settings: ``delimiter``, ``encoding``, ``sheet`` and ``header_row`` of the mapping, as far as given.
    :param wanted: names of the columns that the mapping needs; they help to guess the delimiter.
    :raises SourceError: if the file is missing, empty, damaged or no table.
    """
    if not file.path.is_file():
        raise SourceError("no such file", file=file.path, mend="Check the path")
    with file.path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"PK\x03\x04"):
        return _excel(file, settings)
    if start.startswith(b"PAR1"):
        return _parquet(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError("an old or password-protected Excel file", file=file.path,
                          mend="Open it in Excel and save it as .xlsx without a password")
    return _delimited(file, settings, wanted)


def tidy_name(name: str) -> str:
    """Return a column's name as mappings write it: no blanks around it, no line breaks in it."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def as_text(value: object) -> str:
    """Return a cell of a sheet or of a Parquet file as text; dates in ISO form, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.strip() in _SHEET_ERRORS else value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, (list, tuple)):
        return VALUE_BREAK.join(filter(None, map(as_text, value)))
    return str(value)


def _delimited(file: RawFile, settings: dict[str, str | int], wanted: Collection[str]) -> Cells:
    encoding = settings.get("encoding")
    lines = text_lines(file, str(encoding) if encoding else None)
    head = list(islice(lines, _HEAD))
    told = _EXCEL_SEPARATOR.fullmatch(head[0].text.strip()) if head else None
    if told:
        head[0] = TextLine(1, "")
    names = {tidy_name(name) for name in wanted}

    def known(cells: list[str]) -> int:
        return sum(tidy_name(cell) in names for cell in cells)

    guess = told.group(1) if told else best_delimiter(head, known)
    delimiter = str(settings.get("delimiter", guess))
    if "\0" in "".join(line.text for line in head):
        raise SourceError("not a text file", file=file.path, line=1, mend=mend(head[0].text, []))
    first_rows = list(rows(head, delimiter))
    return _with_header(file, chain.from_iterable([rows(chain(head, lines), delimiter)]), settings, first_rows)


def _excel(file: RawFile, settings: dict[str, str | int]) -> Cells:
    import openpyxl

    stream = file.path.open("rb")  # given a path, openpyxl would judge it by its ending
    try:
        with _without_warnings():
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except _WORKBOOK_DAMAGE as error:
        stream.close()
        raise SourceError(f"not an Excel workbook, or a damaged one ({error})", file=file.path,
                          mend="Save it again as .xlsx; unpack it if it is an archive") from error
    name = settings.get("sheet")
    if name is not None and name not in book.sheetnames:
        stream.close()
        raise SourceError(f"no sheet {name!r}; there are {', '.join(book.sheetnames)}", file=file.path,
                          mend="Set sheet in [table] of the mapping")
    sheet = book[str(name)] if name is not None else book.worksheets[0]
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost

    def all_rows() -> Iterator[Row]:
        number = 0
        try:
            found = sheet.iter_rows(values_only=True)
            while True:
                with _without_warnings():
                    values = next(found, None)
                if values is None:
                    return
                number += 1
                cells = [as_text(value) for value in values]
                if any(cells):
                    yield Row(number, cells)
        except _WORKBOOK_DAMAGE as error:
            yield Row(number + 1, [""], f"the sheet is damaged from here on ({error}); save it again as .xlsx")
        finally:
            book.close()
            stream.close()

    table = all_rows()
    head = list(islice(table, _HEAD))
    return _with_header(file, chain(head, table), settings, head)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep to ourselves what openpyxl warns of: styles, drop-down lists and dates out of range that it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _parquet(file: RawFile) -> Cells:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        opened = pq.ParquetFile(file.path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"a damaged Parquet file ({error})", file=file.path, mend="Fetch it again") from error
    names = opened.schema_arrow.names

    def all_rows(used: Collection[int]) -> Iterator[Row]:
        places = sorted(used)
        number = 0
        try:
            for batch in opened.iter_batches(_BATCH, columns=[names[at] for at in places]):
                found = [batch.column(names[at]).to_pylist() for at in places]
                for at_row in range(batch.num_rows):
                    number += 1
                    cells = [""] * len(names)
                    for place, values in zip(places, found, strict=True):
                        cells[place] = as_text(values[at_row])
                    yield Row(number, cells)
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Row(number + 1, [""], f"the file is damaged from here on ({error}); fetch it again")

    return Cells(_unique(names), 0, all_rows, [])


def _with_header(file: RawFile, table: Iterable[Row], settings: dict[str, str | int], head: list[Row]) -> Cells:
    found = iter(table)
    wanted_line = settings.get("header_row")
    if wanted_line == 0:
        width = max((len(row.cells) for row in head), default=0)
        return Cells([str(number) for number in range(1, width + 1)], 0, lambda used: found, head)
    for row in found:
        if not row.problem and row.line >= int(wanted_line or 1) and any(cell.strip() for cell in row.cells):
            return Cells(_unique(row.cells), row.line, lambda used: found, head)
        if row.problem and row.line >= int(wanted_line or 1):
            raise SourceError(row.problem, file=file.path, line=row.line or None)
    raise SourceError("the file has no header" if not wanted_line else f"the file has no line {wanted_line}",
                      file=file.path, mend="Export it again, or set header_row in [table] of the mapping")


def _unique(names: Sequence[str]) -> list[str]:
    tidy = [tidy_name(name) for name in names]
    seen: dict[str, int] = {}
    for at, name in enumerate(tidy):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            tidy[at] = f"{name} ({seen[name]})"
    return tidy
