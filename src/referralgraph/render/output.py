"""Answers on stdout: tables that fit the terminal, JSON as the answer is, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from referralgraph.answers import FindAnswer, NetworkAnswer, PathAnswer, ShowAnswer, StatusAnswer
from referralgraph.answers.base import Answer, Coverage
from referralgraph.language import gettext as _
from referralgraph.render.path_text import path_rows, path_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 200
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def write_rows(form: str, headings: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Write rows as a table, as JSON objects or as CSV.

    :param form: ``table``, ``json`` or ``csv``.
    """
    if form == "json":
        _out(json.dumps([dict(zip(headings, row, strict=True)) for row in rows], indent=2, ensure_ascii=False))
    elif form == "csv":
        _csv(headings, rows)
    else:
        _table(headings, rows)


def write_find(form: str, answer: FindAnswer) -> None:
    """Write the candidates of a name."""
    if form == "json":
        _out(_json(answer))
        return
    rows = [[each.id, each.name, each.city, each.kind.replace("_", " "), each.detail, str(each.connections), each.match]
            for each in answer.candidates]
    headings = ["id", "name", "city", "kind", "detail", "connections", "match"]
    if form == "csv":
        _csv(headings, rows)
    elif rows:
        _table(headings, rows)
        if answer.more:
            _out(_("there are more: ask for more of the name, or with --limit"))
    else:
        _out(_("nobody and nothing answers to that; try a part of the name"))


def write_show(form: str, answer: ShowAnswer) -> None:
    """Write what is known of an entity."""
    if form == "json":
        _out(_json(answer))
        return
    headings = ["kind", "with", "role", "since", "until", "current", "source", "id"]
    rows = [[each.kind, each.other.name, " ".join(part for part in (_words(each.role), each.share, each.owner) if part),
             each.since, each.until or (_("last seen {day}").format(day=each.last_seen) if each.last_seen else ""),
             _("yes") if each.current else _("no"), f"{each.source.file}:{each.source.line}", each.other.id]
            for each in answer.links]
    if form == "csv":
        _csv(headings, rows)
        return
    _out(f"{plain(answer.name)}  ({answer.kind.replace('_', ' ')}, {answer.id})")
    for name, value in answer.attributes.items():
        _out(f"  {name.replace('_', ' ')}: {plain(value)}")
    if rows:
        _table(headings, rows)
    if answer.nothing:
        _out(plain(answer.nothing.text))
    for event in answer.events:
        _out(f"  {_(event.kind)} {event.date or _('(no date)')}: {plain(event.text or '')} "
             f"[{event.source.file}:{event.source.line}]")
    for record in answer.records:
        _out(f"  {_('record')} {record.record_id} {plain(record.name)}"
             f"{', ' + plain(record.city) if record.city else ''}: {record.because}, {100 * record.identity:.1f} % "
             f"[{record.source.file}:{record.source.line}]")
    for pair in answer.waiting:
        _out(f"  {_('undecided')}: {plain(pair.text)}")
    _coverage(answer.coverage)


def write_paths(form: str, answer: PathAnswer) -> None:
    """Write introduction paths."""
    if form == "json":
        _out(_json(answer))
    elif form == "csv":
        _csv(*path_rows(answer))
    else:
        for line in path_text(answer):
            _wrapped(line)
        _coverage(answer.coverage)


def write_network(form: str, answer: NetworkAnswer) -> None:
    """Write the lines of a network."""
    if form == "json":
        _out(_json(answer))
        return
    names = {node.id: node.name for node in answer.nodes}
    folded = {node.id for node in answer.nodes if node.hidden}
    rows = [[names[each.from_], each.kind, each.label, names[each.to], each.since, each.until, "; ".join(
        f"{source.file}:{source.line}" for source in each.sources)]
        for each in answer.edges if form == "csv" or not {each.from_, each.to} & folded]
    write_rows(form, ["from", "kind", "role", "to", "since", "until", "source"], rows)
    if form == "table":
        if answer.left_out:
            _out(_("{count} further neighbours are left out").format(count=answer.left_out))
        _coverage(answer.coverage)


def write_status(form: str, answer: StatusAnswer) -> None:
    """Write where the workspace stands."""
    if form == "json":
        _out(_json(answer))
        return
    headings = ["load", "source", "file", "owner", "retrieved", "records", "quarantined", "built"]
    rows = [[each.load, each.source, each.file, each.owner, each.retrieved_at[:10],
             ", ".join(f"{count:,} {name}" for name, count in each.records.items()), str(each.quarantined),
             _("yes") if each.built else _("no")] for each in answer.loads]
    if form == "csv":
        _csv(headings, rows)
        return
    _out(f"{_('workspace')}: {answer.workspace}   {_('store')}: {answer.store}")
    _out(f"{_('revision')}: {answer.revision or _('none')}{f' ({answer.built_at})' if answer.built_at else ''}")
    _out(f"{_('me')}: {plain(answer.me or '-')}   {_('team')}: {plain(', '.join(answer.team)) or '-'}")
    if rows:
        _table(headings, rows)
    for load in answer.loads:
        for reason, count in load.reasons.items():
            _out(f"  {load.file}: {count} {_('in quarantine')}: {plain(reason)}")
    if answer.coverage:
        _coverage(answer.coverage)
    for each in answer.stale:
        _out(each)


def plain(text: str) -> str:
    """Return a text that can't move the cursor, colour the terminal or turn its reading direction around."""
    return "".join("\ufffd" if unicodedata.category(sign) == "Cc" or sign in _DIRECTION_MARKS else sign for sign in text)


def _coverage(coverage: Coverage) -> None:
    dated = ", ".join(f"{each.source} {each.newest}" for each in coverage.sources)
    _wrapped(_("Data to {day} ({sources}); {named:,} of {all:,} organisations name at least one person; {waiting:,} identity "
               "pairs undecided.").format(day=coverage.data_date, sources=dated or "-", named=coverage.organisations_with_people,
                                          all=coverage.organisations, waiting=coverage.waiting))


def _words(role: str | None) -> str:
    return _(role.replace("_", " ")) if role else ""


def _json(answer: Answer) -> str:
    return answer.model_dump_json(indent=2, by_alias=True)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_spreadsheet_safe(cell) for cell in row])


def _spreadsheet_safe(cell: str | None) -> str:
    """Keep a name from being run as a formula: spreadsheets take what follows an apostrophe as text."""
    text = cell or ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(headings: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cut(plain(cell or ""))) for cell in row))
    Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False).print(table)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}… ({len(text)} characters)"


def _wrapped(line: str) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    bare = line.lstrip(" ")
    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(
        Padding(Text(plain(bare)), (0, 0, 0, len(line) - len(bare)), expand=False))


def _out(text: str) -> None:
    sys.stdout.write(text + "\n")
