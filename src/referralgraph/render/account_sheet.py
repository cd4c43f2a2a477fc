"""Sheets and calendars of an account: the template for assessments, and the plans."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from referralgraph.answers.account_plan import PlanAnswer, PlanLine
from referralgraph.answers.account_sheet import TemplateAnswer
from referralgraph.errors import UsageError
from referralgraph.language import gettext as _
from referralgraph.language import in_words
from referralgraph.render.account_words import FIELDS_OF_PLANS, PLAN_FIELDS, PLAN_HEADINGS, plan, plan_cells
from referralgraph.render.output import spreadsheet_safe

_EMPTY_ROWS = 20  # below the people who are known, with the same drop-down lists
_WIDTHS = {"id": 26, "name": 28, "city": 18, "position": 24, "reason": 40}
_SHADE = "E6F0F7"
_STATUS = {"open": "TENTATIVE", "done": "CONFIRMED", "cancelled": "CANCELLED"}


def write_template(answer: TemplateAnswer, file: Path) -> None:
    """Write the sheet that colleagues fill in.

    :raises UsageError: for another ending than .xlsx or .csv.
    """
    headings = [column.heading for column in answer.columns]
    ending = file.suffix.lower()
    if ending == ".csv":
        _write_csv(file, headings, ([*row, *[""] * (len(headings) - len(row))] for row in answer.rows))
    elif ending == ".xlsx":
        _write_template_book(answer, headings, file)
    else:
        raise UsageError(f"{file.name}: a template is a sheet, name it .xlsx or .csv")


def write_plan_file(answer: PlanAnswer, file: Path) -> None:
    """Write the plans of an account as CSV, as Excel (one sheet a plan) or as a calendar.

    :raises UsageError: for another ending than .csv, .xlsx or .ics.
    """
    ending = file.suffix.lower()
    if ending == ".csv":
        _write_csv(
            file,
            [_("plan"), "id", *(_(heading) for heading in PLAN_FIELDS.values())],
            ([plan(line.plan), line.id, *_fields(line, PLAN_FIELDS)] for line in _lines(answer)),
        )
    elif ending == ".xlsx":
        _write_plan_book(answer, file)
    elif ending == ".ics":
        file.write_bytes(calendar(answer))
    else:
        raise UsageError(f"{file.name}: plans are written as .csv, .xlsx or .ics")


def calendar(answer: PlanAnswer) -> bytes:
    """Return the dated lines of the plans as an iCalendar (RFC 5545), one whole day each; the same answer gives the same bytes."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//ReferralGraph//account plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", answer.name)
    stamp = datetime.combine(date.fromisoformat(answer.today), time(), UTC)
    for line in _lines(answer):
        if not line.date:
            continue
        _day, what, whom, who, more, status = plan_cells(line)
        event = Event()
        event.add("uid", f"{line.id}@referralgraph")
        event.add("dtstamp", stamp)
        event.add("dtstart", date.fromisoformat(line.date))
        event.add("summary", ": ".join(part for part in (answer.name, " – ".join(each for each in (what, whom) if each)) if part))
        told = [
            plan(line.plan),
            *(f"{_(label)}: {text}" for label, text in zip(PLAN_HEADINGS[3:], (who, more, status), strict=True) if text),
        ]
        event.add("description", "\n".join(told))
        event.add("status", _STATUS[line.status])
        event.add("categories", [plan(line.plan)])
        made.add_component(event)
    return bytes(made.to_ical())


def _fields(line: PlanLine, fields: Iterable[str]) -> list[str]:
    """Return the fields of a line as they are read in again; codes in the language in use."""
    told = {**line.model_dump(), "stakeholder": line.stakeholder_name, "kind": in_words(line.kind), "status": in_words(line.status),
            "warnings": "; ".join(each.text for each in line.warnings)}  # fmt: skip
    return [str(told[field] or "") for field in fields]


def _lines(answer: PlanAnswer) -> list[PlanLine]:
    return [*answer.relationship, *answer.marketing, *answer.activity]


def _write_csv(file: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark makes Excel read it as UTF-8
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(headings)
        writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)


def _write_template_book(answer: TemplateAnswer, headings: Sequence[str], file: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = answer.title[:31]
    _fill(sheet, headings, answer.rows, [_WIDTHS.get(column.field, 14) for column in answer.columns])
    last = len(answer.rows) + 1 + _EMPTY_ROWS
    for number, column in enumerate(answer.columns, start=1):
        if not column.scale:
            continue
        if column.ten:
            rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="10", allow_blank=True)
        else:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.allowed)}"', allow_blank=True)
        rule.showErrorMessage = column.ten  # words in other languages, and numbers for words, are understood too
        rule.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{last}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "C2"
    _fill(
        book.create_sheet(answer.scales_title[:31]),
        [],
        [(each.heading, each.scale) for each in answer.columns if each.scale],
        [36, 110],
    )
    book.save(file)


def _write_plan_book(answer: PlanAnswer, file: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, fields in FIELDS_OF_PLANS.items():
        rows = [[line.id, *_fields(line, fields)] for line in getattr(answer, name)]
        headings = ["id", *(_(PLAN_FIELDS[field]) for field in fields)]
        _fill(book.create_sheet(plan(name)[:31]), headings, rows, [24, 12, *[26] * (len(fields) - 1)])
    book.save(file)


def _fill(sheet: Any, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Fill a sheet with texts; a name that begins with = is no formula."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", fgColor=_SHADE)
    for line, row in enumerate(rows, start=2 if headings else 1):
        for column, text in enumerate(row, start=1):
            if text:
                sheet.cell(line, column, text).data_type = "s"
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
