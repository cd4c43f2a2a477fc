"""Rows of delimited text with the line they start on, in any encoding; a broken row never takes others with it."""

from __future__ import annotations

import codecs
import csv
import io
import lzma
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from referralgraph.errors import SourceError
from referralgraph.records.source import RawFile

DELIMITERS = (",", ";", "\t", "|")
_PIECE = 1 << 18  # bytes read at once
_LONGEST_ROW = 200  # lines; a quotation mark still open after that was never closed
_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError)


class TextLine(NamedTuple):
    """One line of a file without its end; with a problem, the text is what could be read of it."""

    number: int
    text: str
    problem: str = ""


class Row(NamedTuple):
    """One row of a table, by the line it starts on; with a problem, its only cell is the text as it stands."""

    line: int
    cells: list[str]
    problem: str = ""


def text_lines(file: RawFile, encoding: str | None = None) -> Iterator[TextLine]:
    """Yield the lines of a text file, compressed or not.

    Without an encoding: UTF-16 and UTF-32 by their mark, else UTF-8, and single lines that aren't UTF-8 as cp1252.

    :param file: the file.
    :param encoding: name of the encoding, if it is known; a line that isn't in it has a problem.
    :raises SourceError: if the file is missing or empty, or there is no such encoding.
    """
    if not file.path.is_file():
        raise SourceError("no such file", file=file.path, mend="Check the path")
    if not file.path.stat().st_size:
        raise SourceError("the file is empty", file=file.path, mend="Export it again")
    numbered = _with_mac_line_ends(_lines(file, encoding))
    for number, line in enumerate(numbered, start=1):
        text = line.text.removeprefix("\ufeff") if number == 1 else line.text
        yield TextLine(number, text, line.problem)


def rows(lines: Iterable[TextLine], delimiter: str) -> Iterator[Row]:
    """Yield the rows of delimited text; blank lines are no rows.

    A row may run over several lines inside quotation marks. If a quotation mark is never closed, only its line is lost:
    it comes as a row with a problem and reading goes on with the next line.

    :param lines: the lines.
    :param delimiter: one character.
    """
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            if feed.broken:
                yield Row(feed.broken.number, [feed.broken.text], feed.broken.problem)
                feed.broken = None
                reader = csv.reader(feed, delimiter=delimiter)
                continue
            return
        except (csv.Error, _NeverClosedError) as error:
            first = feed.give_back()
            problem = str(error) if isinstance(error, _NeverClosedError) else f"not readable as delimited text: {error}"
            yield Row(first.number, [first.text], problem)
            reader = csv.reader(feed, delimiter=delimiter)
            continue
        if feed.ended_inside:
            first = feed.give_back()
            yield Row(first.number, [first.text], str(_NeverClosedError()))
            reader = csv.reader(feed, delimiter=delimiter)
        elif cells:
            yield Row(feed.taken[0].number, cells)


def best_delimiter(head: Sequence[TextLine], score: Callable[[list[str]], int]) -> str:
    """Return the delimiter by which the first lines make most sense.

    :param head: the first lines of a file.
    :param score: how many cells of a row are known column names.
    """
    def merit(delimiter: str) -> tuple[int, int]:
        best = max(rows(head, delimiter), key=lambda row: (score(row.cells), len(row.cells)), default=Row(0, []))
        return score(best.cells), len(best.cells)

    return max(DELIMITERS, key=lambda delimiter: (*merit(delimiter), -DELIMITERS.index(delimiter)))


class _NeverClosedError(Exception):
    def __str__(self) -> str:
        return "a quotation mark is opened and never closed; write it twice or close it"


class _Feed:
    """Hands lines to a CSV reader, remembers those of the present row and takes them back."""

    def __init__(self, lines: Iterable[TextLine]) -> None:
        self._lines = iter(lines)
        self._returned: deque[TextLine] = deque()
        self.taken: list[TextLine] = []
        self.broken: TextLine | None = None
        self.ended_inside = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _LONGEST_ROW:
            raise _NeverClosedError
        line = self._returned.popleft() if self._returned else next(self._lines, None)
        if line is None or line.problem:
            self.ended_inside = bool(self.taken)
            if line is not None and self.taken:
                self._returned.appendleft(line)
            else:
                self.broken = line
            raise StopIteration
        self.taken.append(line)
        return line.text + "\n"

    def give_back(self) -> TextLine:
        """Return the first line of the present row; the others will be read again."""
        first, *others = self.taken
        self._returned.extendleft(reversed(others))
        self.ended_inside = False
        return first


def _lines(file: RawFile, encoding: str | None) -> Iterator[TextLine]:
    marked = _marked(file)
    name = encoding or ("" if not marked else "utf-32" if marked in _MARKS[:2] else "utf-16")
    try:
        codec = codecs.lookup(name or "utf-8")
    except LookupError as error:
        raise SourceError(f"no such encoding: {name}", file=file.path, mend="Try utf-8 or cp1252") from error
    wide = codec.incrementaldecoder(errors="replace") if codec.name.startswith(("utf-16", "utf-32")) else None
    rest = b""
    for piece, problem in byte_pieces(file):
        data = wide.decode(piece).encode() if wide else piece
        *whole, rest = (rest + data).split(b"\n")
        for raw in whole:
            yield _decoded(raw, "utf-8" if wide else name)
        if problem:
            # The last line before a break is cut somewhere, so it is no row.
            yield TextLine(0, rest.decode(errors="replace"), problem)
            return
    if rest:
        yield _decoded(rest, "utf-8" if wide else name)


def byte_pieces(file: RawFile) -> Iterator[tuple[bytes, str]]:
    """Yield the bytes of a file, decompressed, as far as they can be read; a damaged file ends in a problem.

    :param file: the file.
    """
    with file.open_bytes() as stream:
        while True:
            try:
                piece = stream.read1(_PIECE) if isinstance(stream, io.BufferedIOBase) else stream.read(_PIECE)
            except _DAMAGE as error:
                yield b"", f"the file is damaged or cut off here ({error}); fetch it again"
                return
            if not piece:
                return
            yield piece, ""


def _decoded(raw: bytes, encoding: str) -> TextLine:
    try:
        return TextLine(0, raw.decode(encoding or "utf-8"))
    except UnicodeDecodeError as error:
        if not encoding:
            return TextLine(0, raw.decode("cp1252", errors="replace"))
        problem = f"not {encoding}: name the encoding the file really has, often cp1252 or utf-8"
        return TextLine(0, raw.decode(encoding, errors="replace"), f"{problem} (byte {raw[error.start]:#04x})")


def _marked(file: RawFile) -> bytes:
    try:
        with file.open_bytes() as stream:
            head = stream.read(4)
    except _DAMAGE:
        return b""
    return next((mark for mark in _MARKS if head.startswith(mark)), b"")


def _with_mac_line_ends(lines: Iterator[TextLine]) -> Iterator[TextLine]:
    """Split lines that end in a bare carriage return, as old spreadsheets on the Mac write them."""
    bare = None
    for line in lines:
        text = line.text.removesuffix("\r")
        if bare is None:
            bare = "\r" in text
        if bare:
            parts = text.split("\r")
            yield from (TextLine(0, part) for part in parts[:-1])
            yield TextLine(0, parts[-1], line.problem)
        else:
            yield TextLine(0, text, line.problem)
