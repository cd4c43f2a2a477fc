"""Decisions about identity from a sheet: each good row counts, each other one is told with its line and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from referralgraph.answers.base import Because
from referralgraph.answers.identity import ReviewDone
from referralgraph.errors import SourceError
from referralgraph.identity import IDENTITY, decide
from referralgraph.judgements import Judgement, new_judgement
from referralgraph.language import gettext as _
from referralgraph.questions.context import Context
from referralgraph.questions.review import conflicts
from referralgraph.questions.weighed import says
from referralgraph.records.delimited import Row, best_delimiter, rows, text_lines
from referralgraph.records.source import RawFile

_YES = frozenset(["yes", "y", "same", "ja", "j", "gleich", "ya", "sama", "1", "true", "wahr", "benar", "x"])
_NO = frozenset(["no", "n", "different", "nein", "anders", "verschieden", "tidak", "berbeda", "beda", "0", "false", "falsch", "salah"])
_SKIP = frozenset(("", "skip", "?", "-"))
_COLUMNS = ("decision", "one_record", "other_record")
_HEAD = 10  # lines: above its headings a spreadsheet may say what separates cells


def decide_by_csv(context: Context, file: Path, *, by: str | None) -> ReviewDone:
    """Decide the pairs of a CSV file; a row that can't be used is told with its line, the others count.

    :param file: as ``review --export`` wrote it, with the column ``decision`` filled in: yes, no, or nothing.
    :raises SourceError: if the file has no such columns.
    """
    decided = decide(context.judgements(IDENTITY))
    made: dict[int, Judgement] = {}
    problems: list[Because] = []
    told: dict[frozenset[str], tuple[int, bool]] = {}
    skipped = repeated = 0
    for line, (word, one, other), broken in _decisions(file):
        if not broken and word in _SKIP:
            skipped += 1
            continue
        pair, same = frozenset((one, other)), word in _YES
        problem = broken or _row_problem(context, word, one, other)
        if not problem and pair in told and told[pair][1] != same:
            problem = _("line {line} decides this pair otherwise, and counts: clear one of the two").format(line=told[pair][0])
        if problem:
            problems.append(_because(file, line, "bad_row", problem))
        elif pair in told or says(decided, one, other) is same:
            repeated += 1
            told.setdefault(pair, (line, same))
        else:
            told[pair] = line, same
            sides = [[one, other]] if same else [[one], [other]]
            made[line] = new_judgement(IDENTITY, by=by, records=[one, other], values={"sides": sides})
    context.store.append_judgements([each.as_row() for each in made.values()])
    lines = {each.id: line for line, each in made.items()}
    for each in conflicts(context, lines):
        line = lines.get(each.parameters["overruled_by"]) or lines[each.parameters["judgement"]]
        problems.append(_because(file, line, each.code, each.text, each.parameters))
    return ReviewDone(
        judgements=tuple(each.id for each in made.values()), skipped=skipped, repeated=repeated, problems=tuple(problems)
    )


def _because(file: Path, line: int, code: str, text: str, more: dict[str, object] | None = None) -> Because:
    return Because(code=code, parameters={"file": file.name, "line": line, **(more or {})}, text=f"{file.name}:{line}: {text}")


def _decisions(file: Path) -> Iterator[tuple[int, tuple[str, str, str], str]]:
    """Yield line, decision and both records of each row, and what is wrong with it if it can't be read."""
    columns: dict[str, int] | None = None
    for row in _rows(file):
        if columns is None:
            columns = _headings(row)
            continue
        if row.problem:
            yield row.line, ("", "", ""), row.problem
        elif any(cell.strip() for cell in row.cells):
            word, one, other = (row.cells[at].strip() if at < len(row.cells) else "" for at in (columns[name] for name in _COLUMNS))
            yield row.line, (word.lower(), one, other), ""


def _rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a file from its headings on.

    :raises SourceError: if there are none.
    """
    lines = list(text_lines(RawFile(file, datetime.now(UTC))))
    delimiter = best_delimiter(lines[:_HEAD], lambda cells: len(_headings(Row(0, cells))))
    found = list(rows(lines, delimiter))
    best = max(found[:_HEAD], key=lambda row: len(_headings(row)), default=Row(0, []))
    missing = [name for name in _COLUMNS if name not in _headings(best)]
    if missing:
        if lines[0].text.startswith("PK\x03\x04"):
            raise SourceError("a workbook, no CSV file", file=file, mend="Save the sheet as CSV")
        raise SourceError(f"no column {', '.join(missing)}", file=file, mend="Start from the file that `review --export FILE` writes")
    yield from found[found.index(best) :]


def _headings(row: Row) -> dict[str, int]:
    """Return the columns needed that a row names, each with its place."""
    names = [cell.strip().lower() for cell in row.cells]
    return {name: names.index(name) for name in _COLUMNS if name in names}


def _row_problem(context: Context, word: str, one: str, other: str) -> str:
    """Return what is wrong with a row and how to mend it; nothing if it can be used."""
    if word not in _YES | _NO and "\n" not in one + other:
        return _("{word} is no decision: write yes, no or nothing").format(word=repr(word))
    if not one or not other:
        return _("a record is missing: fill in one_record and other_record, as `review --export` wrote them")
    if "\n" in one + other:
        return _("a quotation mark is open here: close it, the lines up to the next one weren't read")
    if one == other:
        return _("both records are the same: name two")
    known = context.entities_of([one, other])
    if len({entity[0] for entity in known.values()}) > 1:
        return _("one is a person and the other an organisation: they can't be one")
    gone = [each for each in (one, other) if each not in known]
    return _("there is no record {record} any more: export the pairs anew").format(record=", ".join(gone)) if gone else ""
