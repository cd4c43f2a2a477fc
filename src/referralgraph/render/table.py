"""Tables that fit the terminal: columns where there is room for them, one short block a row where there isn't."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from referralgraph.language import gettext as _

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_CELL = 200
_LONGEST_WORD = 16  # a longer word is broken rather than letting it decide how the whole table is written
_GAP = 2
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_SHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Columns that are copied or compared: an id in two halves is no id.
_UNBROKEN = frozenset({"id", "since", "until", "retrieved", "current", "built", "connections"})
_NUMBERS = frozenset({"connections", "people", "organisations", "mandates", "contacts", "other", "quarantined"})

Row = Sequence[str | None]


def plain(text: str) -> str:
    """Return a text that can't move the cursor, colour the terminal or turn its reading direction around."""
    return "".join(
        "\ufffd" if unicodedata.category(sign) in _NOT_SHOWN or sign in _DIRECTION_MARKS else sign for sign in text
    )


def write_table(headings: Sequence[str], rows: Iterable[Row], *, title_columns: int = 1) -> None:
    """Write rows to stdout so that no line is wider than the terminal.

    :param headings: names of the columns in English; they are shown in the language in use.
    :param rows: one cell a column.
    :param title_columns: so many columns begin the block of a row where the terminal is too narrow for a table.
    """
    cells = [[_cut(plain(cell or "")) for cell in row] for row in rows]
    console = _console()
    least = [_least_width(heading, [row[at] for row in cells]) for at, heading in enumerate(headings)]
    room = console.width - _GAP * len(headings) + 1  # rich counts the padding of the last column too
    if sum(least) <= room:
        _write_columns(console, headings, cells, _widths(headings, cells, least, room))
    else:
        for row in cells:
            _write_block(console, headings, row, title_columns)


def write_text(text: str, *, indent: int = 0, hanging: int = 0) -> None:
    """Write a text to stdout, broken between words where the terminal ends.

    :param text: one paragraph.
    :param indent: spaces before its first line.
    :param hanging: further spaces before the others.
    """
    from rich.text import Text

    console = _console()
    room = max(console.width - indent - hanging, 8)
    lines = Text(plain(text)).wrap(console, room) or [Text()]
    for number, line in enumerate(lines):
        sys.stdout.write(" " * (indent + (hanging if number else 0)) + line.plain.rstrip() + "\n")


def _write_columns(
    console: Console, headings: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, _GAP - 1, 0, 0), pad_edge=False)
    for heading, width in zip(headings, widths, strict=True):
        table.add_column(
            Text(_(heading)),
            overflow="fold",
            width=width,
            justify="right" if heading in _NUMBERS else "left",
        )
    for row in cells:
        table.add_row(*map(Text, row))
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def _widths(headings: Sequence[str], cells: Sequence[Sequence[str]], least: Sequence[int], room: int) -> list[int]:
    """Share the room that is left among the columns that want more, the narrowest first."""
    from rich.cells import cell_len

    wanted = [max(map(cell_len, (_(headings[at]), *(row[at] for row in cells)))) for at in range(len(headings))]
    widths = list(least)
    for _spare in range(room - sum(least)):
        needy = [at for at in range(len(widths)) if widths[at] < wanted[at]]
        if not needy:
            break
        widths[min(needy, key=lambda at: widths[at])] += 1
    return widths


def _write_block(console: Console, headings: Sequence[str], row: Sequence[str], title_columns: int) -> None:
    title = "  ".join(cell for cell in row[:title_columns] if cell)
    rest = list(zip(headings, row, strict=True))[title_columns:]
    told = [f"{_(heading)}: {cell}" for heading, cell in rest if cell and not (heading in _NUMBERS and cell == "0")]
    write_text(title, hanging=4)
    for line in _packed(told, console.width - 2):
        write_text(line, indent=2, hanging=2)


def _packed(parts: Sequence[str], room: int) -> Iterator[str]:
    """Put as many parts on a line as fit."""
    from rich.cells import cell_len

    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and cell_len(longer) > room:
            yield line
            longer = part
        line = longer
    if line:
        yield line


def _least_width(heading: str, column: Sequence[str]) -> int:
    from rich.cells import cell_len

    if heading in _UNBROKEN:
        return max(map(cell_len, (_(heading), *column)))
    words = [word for text in (_(heading), *column) for word in text.split()]
    return max((min(cell_len(word), _LONGEST_WORD) for word in words), default=1)


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_CELL:
        return text
    return f"{text[:_LONGEST_CELL]}… ({_('{count} characters').format(count=len(text))})"


def _console() -> Console:
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, no_color=True)
