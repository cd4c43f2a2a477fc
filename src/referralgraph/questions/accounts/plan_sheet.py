"""Plans from a sheet: each row a line of the relationship, marketing or activity plan; bad rows are explained, good ones arrive."""

from __future__ import annotations

from pathlib import Path

from referralgraph.accounts.book import Account
from referralgraph.accounts.entries import PLANS
from referralgraph.accounts.headings import PLAN_HEADINGS, Sheet, read_sheet_rows
from referralgraph.accounts.scales import parse_word
from referralgraph.answers.account import ImportAnswer, RowProblem
from referralgraph.answers.base import Because
from referralgraph.errors import Ambiguous, NotFound, OffTheScale, UsageError
from referralgraph.judgements import Judgement
from referralgraph.questions.accounts.desk import Desk
from referralgraph.records.delimited import Row

# A sheet without a column that says which plan it is says so by the columns that only one plan has.
_OWN = {
    "relationship": ("occasion", "message", "contact", "avoid", "questions"),
    "marketing": ("content", "recipient", "sender", "kind"),
    "activity": ("topic", "responsible"),
}


def read_plan(desk: Desk, account: str, file: Path, plan: str | None = None) -> ImportAnswer:
    """Enter the lines of a sheet of plans; a row with the id of a line changes it.

    :param plan: which plan it is, where no column and no heading tells.
    :raises SourceError: if the file can't be read as a sheet of plans.
    """
    found = desk.account(account)
    sheet = read_sheet_rows(file, PLAN_HEADINGS, tuple(name for names in _OWN.values() for name in names))
    judgements: list[Judgement] = []
    taken: list[str] = []
    problems: list[RowProblem] = []
    for row in sheet.rows:
        cell = {field: _cell(row, place) for field, place in sheet.columns.items()}
        if not row.problem and not any(cell.values()):
            continue
        try:
            judgement = _line(desk, found, sheet, row, cell, plan)
        except (Ambiguous, NotFound, UsageError) as error:
            column = error.name if isinstance(error, OffTheScale) else "stakeholder" if isinstance(error, NotFound) else None
            heading = sheet.header[sheet.columns[column]] if column and column in sheet.columns else column
            code = (
                "off_the_scale" if isinstance(error, OffTheScale) else "unknown_person" if isinstance(error, NotFound) else "no_line"
            )
            problems.append(RowProblem(line=row.line, column=heading, because=Because(code=code, parameters={}, text=str(error))))
            continue
        judgements.append(judgement)
        taken.append(f"{row.line}: {judgement.values['item']}")
    kept = desk.keep(found.id, judgements, [])
    return ImportAnswer(account=found.id, file=file.name, rows=len(sheet.rows), judgements=kept.judgements, taken=tuple(taken),
                        problems=tuple(problems), notes=kept.notes)  # fmt: skip


def _line(desk: Desk, account: Account, sheet: Sheet, row: Row, cell: dict[str, str], plan: str | None) -> Judgement:
    if row.problem:
        raise UsageError(row.problem)
    old = next((each for each in account.plan if each.id == cell.get("id")), None)
    told = parse_word("plan", cell["plan"], tuple(PLANS)) if cell.get("plan") else plan or (old.plan if old else _plan_of(sheet, cell))
    fields = {field: text for field, text in cell.items() if field in PLANS[told] and field != "stakeholder"}
    unused = sorted(field for field, text in cell.items()
                    if text and field not in {*fields, "id", "plan", "stakeholder", "warnings"})  # fmt: skip
    if unused:
        raise UsageError(f"the {told} plan has no {unused[0]}; it has {', '.join(PLANS[told])}")
    return desk.plan_line(account, told, fields, item=cell.get("id") or None, stakeholder=cell.get("stakeholder") or None)


def _plan_of(sheet: Sheet, cell: dict[str, str]) -> str:
    fits = {plan: sum(bool(cell.get(name)) for name in names) for plan, names in _OWN.items()}
    heads = {plan: sum(name in sheet.columns for name in names) for plan, names in _OWN.items()}
    return max(PLANS, key=lambda plan: (fits[plan], heads[plan]))


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip().removeprefix("'") if place < len(row.cells) else ""
