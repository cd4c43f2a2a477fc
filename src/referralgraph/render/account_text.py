"""Accounts on stdout: tables that fit the terminal, JSON as the answer is, CSV for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Sequence

from referralgraph.answers.account import (
    AccountAnswer,
    AccountsAnswer,
    Entered,
    HistoryAnswer,
    ImportAnswer,
    Stakeholder,
    VetoesAnswer,
)
from referralgraph.answers.account_matrix import MatrixAnswer, MatrixProblem, MatrixRow
from referralgraph.answers.account_plan import PlanAnswer, PlanLine
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.account_words import PLAN_HEADINGS, number, plan_cells, policy, segment, title, view_text
from referralgraph.render.account_words import plan as plan_name
from referralgraph.render.output import write_answer_json, write_csv
from referralgraph.render.possible import write_possible
from referralgraph.render.table import Row, write_table, write_text

_QUESTIONS = 10  # as many as a meeting has room for; JSON has all
_CSV = (
    "id",
    "person",
    "name",
    "position",
    "role",
    "role_score",
    "type",
    "relationship_score",
    "relationship_average",
    "relationship_best",
    "relationship_responsible",
    "policy",
    "influence_score",
    "graph_influence",
    "power",
    "interest",
    "segment",
    "fan_company",
    "fan_salesperson",
    "colour",
    "second_colour",
    "responsible",
    "assessors",
    "date",
)


def write_account(form: str, answer: AccountAnswer) -> None:
    """Write the buying centre of an account."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_csv(_CSV, [_csv_row(each) for each in answer.stakeholders])
        write_possible(form, answer)
    else:
        _write_account_table(answer)
        write_possible(form, answer)


def _csv_row(each: Stakeholder) -> list[str]:
    place = each.segment
    values = (
        each.id,
        each.person.id if each.person else None,
        each.name,
        each.position,
        each.role,
        each.role_score,
        each.type,
        each.relationship_score,
        each.relationship.average,
        each.relationship.best,
        each.relationship.responsible,
        each.policy,
        each.influence_score,
        each.graph_influence,
        each.power,
        each.interest,
        (place.letter or "/".join(place.between)) if place else None,
        each.company.fan_class,
        each.salesperson.fan_class,
        each.colour,
        each.second_colour,
        each.responsible,
        each.assessors,
        each.date,
    )
    return ["" if value is None else str(value) for value in values]


def _write_account_table(answer: AccountAnswer) -> None:
    organisations = ", ".join(each.name for each in answer.organisations)
    write_text(" – ".join(part for part in (answer.name, organisations, answer.topic) if part))
    write_text(_("relationship: {policy}; as of {day}").format(policy=policy(answer.policy), day=answer.today))
    if answer.nothing:
        write_text(answer.nothing.text)
    if answer.stakeholders:
        write_text("")
        write_table(
            [
                translatable("stakeholder"),
                translatable("role"),
                translatable("type"),
                translatable("relationship"),
                translatable("influence"),
                translatable("power-interest"),
                translatable("fan principle"),
                translatable("led by"),
                translatable("newest view"),
            ],
            [_stakeholder_row(answer, each) for each in answer.stakeholders],
        )
    for each in answer.stakeholders:
        for note in (*each.notes, *((each.no_introducer,) if each.no_introducer else ())):
            write_text(f"{title(each)}: {note.text}", indent=2, hanging=2)
    if answer.disagreements:
        _heading(_("Where we disagree"))
        for differing in answer.disagreements:
            write_text(f"{differing.name}: {differing.because.text}", indent=2, hanging=2)
            for view in differing.views:
                write_text(view_text(view), indent=4, hanging=2)
    if answer.questions:
        _heading(_("What nobody knows"))
        for question in answer.questions[:_QUESTIONS]:
            write_text(f"{question.name}: {question.questions[0]}", indent=2, hanging=2)
        if len(answer.questions) > _QUESTIONS:
            write_text(_("and {count} more").format(count=len(answer.questions) - _QUESTIONS), indent=2)
    if answer.missing:
        _heading(_("Who is missing"))
        for person in answer.missing:
            place = f", {person.city}" if person.city else ""
            write_text(
                f"{person.name}{place} ({person.id}): {in_words(person.role)}, {person.organisation.name}  [{person.source}]",
                indent=2,
                hanging=2,
            )
    if answer.without_lead:
        _heading(_("Who has no lead"))
        for open_end in answer.without_lead:
            told = open_end.nothing.text if open_end.nothing else ""
            if open_end.path:
                told = f"{' → '.join(person.name for person in open_end.path.people)} ({number_text(open_end.path.strength, 3)})"
            write_text(f"{open_end.name}: {told}", indent=2, hanging=2)
    _write_matrix_table(answer.matrix)
    _write_plan_table(answer.plan, quiet=True)


def _stakeholder_row(answer: AccountAnswer, each: Stakeholder) -> list[str]:
    leads = [
        cell.colleague for row in answer.matrix.entered if row.stakeholder == each.id for cell in row.cells if cell.cell == "lead"
    ]
    moved = ""
    if each.movement:
        before = f"{number(each.movement.power_before)}/{number(each.movement.interest_before)}"
        moved = f" ({before} → {number(each.power)}/{number(each.interest)})"
    role = in_words(each.role) + (f" ({each.role_score})" if each.role_score is not None else "")
    influence = number(each.influence_score)
    if each.graph_influence is not None:
        influence += f" ({_('graph')}: {number_text(each.graph_influence, 2)})"
    return [
        title(each),
        role,
        each.type or "",
        number(each.relationship_score),
        influence,
        segment(each.segment) + moved,
        in_words(each.company.fan_class),
        ", ".join(leads),
        each.date or "",
    ]


def write_accounts(form: str, answer: AccountsAnswer) -> None:
    """Write the list of accounts."""
    headings = [
        translatable("account"),
        translatable("organisations"),
        translatable("topic"),
        translatable("responsible"),
        translatable("stakeholders"),
        translatable("newest view"),
    ]
    rows = [
        [
            each.name,
            "; ".join(one.name for one in each.organisations),
            each.topic or "",
            each.responsible or "",
            str(each.stakeholders),
            each.date or "",
        ]
        for each in answer.accounts
    ]
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_csv(headings, rows)
    elif rows:
        write_table(headings, rows)
    else:
        write_text(_("no account has been opened yet: `referralgraph account create NAME --organisation ORG`"))


def write_matrix(form: str, answer: MatrixAnswer) -> None:
    """Write the relationship matrix."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        names = [each.name for each in answer.team]
        write_csv(
            ["matrix", "id", "stakeholder", *names],
            [
                [kind, row.stakeholder, row.name, *(cell.sign for cell in row.cells)]
                for kind, rows in (("entered", answer.entered), ("proposed", answer.proposed))
                for row in rows
            ],
        )
    else:
        _write_matrix_table(answer)


def _write_matrix_table(answer: MatrixAnswer) -> None:
    _heading(_("Who looks after whom (*** leads, * may, - should not)"))
    if any(cell.cell for row in answer.entered for cell in row.cells):
        _write_cells(answer, answer.entered)
        _write_problems(answer.problems)
    else:
        write_text(_("nobody has entered a matrix yet"), indent=2)
    if answer.proposed:
        _heading(_("Proposed"))
        _write_cells(answer, answer.proposed)
        for row in answer.proposed:
            for cell in row.cells:
                if cell.cell == "lead":
                    reasons = "; ".join(each.text for each in cell.reasons) or _("nothing speaks for anybody")
                    write_text(f"{row.name} – {cell.colleague}: {reasons}", indent=2, hanging=2)
        _write_problems(answer.proposal_problems)
    elif answer.nothing:
        write_text(answer.nothing.text, indent=2)


def _write_cells(answer: MatrixAnswer, rows: Sequence[MatrixRow]) -> None:
    table: list[Row] = [
        [f"{row.name} ({row.position})" if row.position else row.name, *(cell.sign for cell in row.cells)] for row in rows
    ]
    write_table([translatable("stakeholder"), *(each.name for each in answer.team)], table)


def _write_problems(problems: Sequence[MatrixProblem]) -> None:
    for each in problems:
        write_text(f"! {each.because.text}", indent=2, hanging=2)


def write_plan(form: str, answer: PlanAnswer) -> None:
    """Write the plans of an account."""
    lines = [*answer.relationship, *answer.marketing, *answer.activity]
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        fields = [name for name in PlanLine.model_fields if name != "warnings"]
        write_csv(fields, [["" if (value := getattr(line, name)) is None else str(value) for name in fields] for line in lines])
    else:
        _write_plan_table(answer)


def _write_plan_table(answer: PlanAnswer, *, quiet: bool = False) -> None:
    for plan in ("relationship", "marketing", "activity"):
        lines = getattr(answer, plan)
        if lines or not quiet:
            _heading(plan_name(plan).capitalize())
        if lines:
            write_table(["id", *PLAN_HEADINGS], [[line.id, *plan_cells(line)] for line in lines])
        elif not quiet:
            write_text(_("nothing is planned"), indent=2)
    if answer.without_plan and not quiet:
        write_text("")
        write_text(_("nothing is planned with: {names}").format(names=", ".join(answer.without_plan)))


def write_history(form: str, answer: HistoryAnswer) -> None:
    """Write everything that was ever entered about an account."""
    if form == "json":
        write_answer_json(answer)
        return
    headings = [
        "id",
        translatable("day"),
        translatable("by"),
        translatable("kind"),
        translatable("about"),
        translatable("entry"),
        translatable("stands"),
    ]
    rows = [
        [
            each.id,
            each.at[:10],
            each.by,
            each.kind,
            each.about,
            json.dumps(each.values, ensure_ascii=False, sort_keys=True),
            (_("yes") if each.stands else _("no")) if form == "table" else str(each.stands).lower(),
        ]
        for each in answer.lines
    ]
    if form == "csv":
        write_csv(headings, rows)
    else:
        write_table(headings, rows)


def write_vetoes(form: str, answer: VetoesAnswer) -> None:
    """Write everyone who isn't to be asked."""
    headings = ["id", translatable("name"), translatable("account"), translatable("by"), translatable("day"), translatable("reason")]
    rows = [
        [each.judgement, each.name, each.account or (_("any") if form == "table" else ""), each.by, each.at, each.reason or ""]
        for each in answer.vetoes
    ]
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_csv(headings, rows)
    elif rows:
        write_table(headings, rows)
    else:
        write_text(_("nobody is marked as not to be asked"))


def write_entered(form: str, answer: Entered) -> None:
    """Write what was entered, with the ids by which it can be taken back."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_csv(["judgement"], [[each] for each in answer.judgements])
    else:
        for about in answer.about:
            write_text(about)
        write_text(_("entered: {ids}").format(ids=", ".join(answer.judgements)))
        for note in answer.notes:
            write_text(note.text)


def write_import(form: str, answer: ImportAnswer) -> None:
    """Write what came of a sheet."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_csv(
            ["line", "column", "code", "problem"],
            [[str(each.line), each.column or "", each.because.code, each.because.text] for each in answer.problems],
        )
    else:
        write_text(_("{good} of {rows} rows entered").format(good=len(answer.taken), rows=answer.rows))
        for taken in answer.taken:
            write_text(taken, indent=2, hanging=2)
        for each in answer.problems:
            column = f", {each.column}" if each.column else ""
            write_text(_("line {line}{column}: {problem}").format(line=each.line, column=column, problem=each.because.text), hanging=2)
        for note in answer.notes:
            write_text(note.text)


def _heading(text: str) -> None:
    write_text("")
    write_text(text)
