"""Sheets in and out: the template for assessments, and what comes of a filled one; bad rows are explained, good ones arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from referralgraph.accounts import entries
from referralgraph.accounts.book import Account
from referralgraph.accounts.entries import CELLS, Who
from referralgraph.accounts.headings import Sheet, read_sheet_rows
from referralgraph.accounts.scales import parse, parse_day, parse_rank, read_value
from referralgraph.answers.account import ImportAnswer, RowProblem
from referralgraph.answers.base import Because
from referralgraph.errors import Ambiguous, NotFound, OffTheScale, UsageError
from referralgraph.judgements import Judgement
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.desk import Desk
from referralgraph.questions.accounts.near import people_near
from referralgraph.records.delimited import Row
from referralgraph.records.names import fold

_SIGNS = {*CELLS, *CELLS.values(), "–", "−", ""}


@dataclass(frozen=True)
class _Filled:
    """One row that can be used."""

    line: int
    who: Who
    judgements: tuple[Judgement, ...]
    by: str
    said: Mapping[str, Any]
    day: str


class _RowError(Exception):
    """A row that can't be used, and the column to blame."""

    def __init__(self, code: str, text: str, column: str | None = None, **parameters: object) -> None:
        super().__init__(text)
        self.column, self.because = column, Because(code=code, parameters=parameters, text=text)


def read_sheet(desk: Desk, account: str, file: Path, *, new: bool = False) -> ImportAnswer:
    """Enter a sheet of assessments, a relationship matrix, or both in one.

    Columns are known by their headings in English, German or Indonesian; columns ``by`` and ``date`` of a row win over those of
    the whole sheet. A column headed by one of our people holds his cells of the relationship matrix. A row with anything that
    can't be used isn't entered; its line, column and the allowed values are told.

    :param new: add whom the register doesn't know as a person of his own, as a ``yes`` in the column ``new`` does for a row.
    :raises SourceError: if the file can't be read as a sheet.
    """
    found = desk.account(account)
    sheet = read_sheet_rows(file)
    colleagues, notes = _colleagues(desk, found, sheet)
    if not sheet.scales and not colleagues and not {"position", "rank"} & sheet.columns.keys():
        raise UsageError(f"{file.name} has no column that could be entered; `account template` writes a sheet with the headings")
    reader = _Reader(desk, found, sheet, colleagues, new)
    good: list[_Filled] = []
    problems: list[RowProblem] = []
    for row in sheet.rows:
        try:
            filled = reader.read(row)
        except _RowError as error:
            problems.append(RowProblem(line=row.line, column=error.column, because=error.because))
            continue
        if filled is not None:
            good.append(filled)
    good = _without_doubles(desk, good, problems)
    entered = [judgement for each in good for judgement in each.judgements]
    kept = desk.keep(found.id, entered, [])
    problems.sort(key=lambda each: (each.line, each.column or ""))
    return ImportAnswer(
        account=found.id,
        file=file.name,
        rows=len(sheet.rows),
        judgements=kept.judgements,
        taken=tuple(f"{each.line}: {desk.described(each.who)}" for each in good),
        problems=tuple(problems),
        notes=(*notes, *kept.notes),
    )


def _colleagues(desk: Desk, account: Account, sheet: Sheet) -> tuple[dict[int, str], list[Because]]:
    """Return which columns are cells of the matrix of one of our people, and which are left aside."""
    known = {fold(name) for name in (*desk.context.team, *(each.name for each in account.team), *(name for _, name in account.cells))}
    found, notes = {}, []
    for place, heading in sheet.others.items():
        cells = {row.cells[place].strip().lower() for row in sheet.rows if place < len(row.cells) and not row.problem}
        signs = bool(cells - {""}) and cells <= _SIGNS
        if fold(heading) in known or signs:
            found[place] = desk.colleague(heading)
        elif cells - {""}:
            notes.append(
                Because(
                    code="unknown_heading",
                    parameters={"heading": heading},
                    text=_("the column {heading} is no field and none of our people: left aside").format(heading=heading),
                )
            )
    return found, notes


class _Reader:
    """Reads one row after the other."""

    def __init__(self, desk: Desk, account: Account, sheet: Sheet, colleagues: Mapping[int, str], new: bool) -> None:
        self._desk, self._account, self._sheet, self._colleagues, self._new = desk, account, sheet, colleagues, new
        self._desks: dict[tuple[str | None, date | None], Desk] = {(desk.by, desk.day): desk}

    def read(self, row: Row) -> _Filled | None:
        """Return what a row enters; None if nothing is filled in.

        :raises _RowError: if it can't be used.
        """
        if row.problem:
            raise _RowError("broken_row", row.problem)
        cell = {field: self._cell(row, place) for field, place in self._sheet.columns.items()}
        signs = {name: self._cell(row, place) for place, name in self._colleagues.items()}
        extra = [cell[name] for name in ("position", "rank", "reason") if cell.get(name)] if self._person(cell) else []
        if (
            not any(cell.get(name) for name in self._sheet.scales)
            and not any(signs.values())
            and not (extra and not self._sheet.scales and not signs)
            and not cell.get("new")
        ):
            return None
        said = {name: self._value(name, cell[name]) for name in self._sheet.scales if cell[name]}
        rank = self._checked("rank", parse_rank, cell["rank"]) if cell.get("rank") else None
        day = self._checked("date", parse_day, cell["date"]) if cell.get("date") else None
        desk = self._desk_of(cell.get("by") or self._desk.by, day or self._desk.day)
        who = self._who(cell, desk)
        judgements: list[Judgement] = []
        position = cell.get("position") or None
        member = self._account.member(self._desk.book.key(who)[0])
        if rank is not None or who.own or (position and (member is None or member.position != position)) or member is None:
            told = {"position": position, "rank": rank}
            judgements.append(
                desk.judge(
                    entries.STAKEHOLDER,
                    {"account": self._account.id, **who.values(), **{key: value for key, value in told.items() if value is not None}},
                    who,
                )
            )
        if said or cell.get("reason"):
            judgements.append(desk.assessment(self._account, who, said, reason=cell.get("reason") or None))
        for name, sign in signs.items():
            if sign:
                try:
                    judgements.append(desk.cell(self._account, who, name, sign))
                except OffTheScale as error:
                    raise _RowError("off_the_scale", str(error), name, allowed=error.allowed) from None
        return _Filled(row.line, who, tuple(judgements), str(desk.by), {**said, **signs}, day.isoformat() if day else "")

    def _desk_of(self, by: str | None, day: date | None) -> Desk:
        if (by, day) not in self._desks:
            self._desks[by, day] = Desk(self._desk.context, by, day)
        return self._desks[by, day]

    @staticmethod
    def _cell(row: Row, place: int) -> str:
        text = row.cells[place].strip() if place < len(row.cells) else ""
        return text.removeprefix("'")  # our own CSV shields -2 from being run as a formula

    def _heading(self, field: str) -> str:
        return self._sheet.header[self._sheet.columns[field]]

    def _value(self, name: str, written: str) -> Any:
        return self._checked(name, lambda text: parse(name, text), written)

    def _checked(self, name: str, read: Any, written: str) -> Any:
        try:
            return read(written)
        except OffTheScale as error:
            text = _("{value} isn't on the scale of {field}; allowed are: {allowed}").format(
                value=repr(written), field=self._heading(name), allowed=error.allowed
            )
            raise _RowError("off_the_scale", text, self._heading(name), value=written, allowed=error.allowed) from None

    @staticmethod
    def _person(cell: Mapping[str, str]) -> str:
        name = cell.get("name") or cell.get("id") or cell.get("position") or ""
        return f"{name}, {cell['city']}" if cell.get("name") and cell.get("city") else name

    def _who(self, cell: Mapping[str, str], desk: Desk) -> Who:
        text = cell.get("id") or self._person(cell)
        if not fold(text):
            raise _RowError("no_person", _("the row names nobody"))
        new = bool(cell.get("new")) and self._checked("new", lambda written: read_value("says_so", written), cell["new"])
        column = self._heading("id" if cell.get("id") else "name" if cell.get("name") else "position")
        try:
            name = cell.get("name") or text
            if not cell.get("id") and desk.members(self._account, name):
                text = name
            who = desk.who(self._account, text if cell.get("id") or not new else name, new=new and not cell.get("id"), city=None)
        except Ambiguous as error:
            raise _RowError(
                "ambiguous",
                _("{name} may be several people; put the id of the one who is meant into the column id: {near}").format(
                    name=text, near="; ".join(error.candidates)
                ),
                column,
                candidates=list(error.candidates),
            ) from None
        except NotFound:
            if self._new and not cell.get("id"):
                return desk.who(self._account, cell.get("name") or text, new=True, city=cell.get("city") or None)
            near = people_near(desk.context, text, desk.by)
            told = _("near are: {near}").format(near="; ".join(near)) if near else _("nobody near is known")
            raise _RowError(
                "unknown_person",
                _(
                    "nobody is called {name}; {near}. Put an id into the column id, or yes into the column new for a person of his own"
                ).format(name=text, near=told),
                column,
                near=near,
            ) from None
        self._same_name(cell, who, desk, column)
        return who

    def _same_name(self, cell: Mapping[str, str], who: Who, desk: Desk, column: str) -> None:
        """Refuse a row whose id and name are two people: rows have slipped against each other."""
        if not cell.get("id") or not cell.get("name"):
            return
        rows = desk.context.people(sorted(set(desk.context.entities_of(who.records).values())))
        names = {
            who.name,
            *(str(row["name"]) for row in rows.values()),
            *(each for row in rows.values() for each in row["other_names"] or ()),
        }
        member = self._account.member(self._desk.book.key(who)[0])
        names |= {member.name} if member else set()
        wanted = fold(cell["name"])
        if wanted not in {fold(name) for name in names} | {fold(name.partition(",")[0]) for name in names}:
            raise _RowError(
                "other_name",
                _("the id is that of {one}, the name is {other}").format(one=sorted(names)[0], other=cell["name"]),
                column,
            )


def _without_doubles(desk: Desk, good: list[_Filled], problems: list[RowProblem]) -> list[_Filled]:
    """Return the rows without those that say two things of one person; equal ones count once."""
    groups: dict[tuple[str, str, str], list[_Filled]] = defaultdict(list)
    for each in good:
        groups[desk.book.key(each.who)[0], each.by, each.day].append(each)
    kept = []
    for rows in groups.values():
        if len({tuple(sorted((name, str(value)) for name, value in each.said.items())) for each in rows}) == 1:
            kept.append(rows[0])
            continue
        lines = ", ".join(str(each.line) for each in rows)
        for each in rows:
            text = _("lines {lines} say different things of one person ({name}): none of them is entered; keep one").format(
                lines=lines, name=desk.described(each.who)
            )
            problems.append(
                RowProblem(
                    line=each.line,
                    column=None,
                    because=Because(code="two_rows", parameters={"lines": [row.line for row in rows]}, text=text),
                )
            )
    return sorted(kept, key=lambda each: each.line)
