"""The account page: one printable page with everything that an account manager wants to have on the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.answers.account import AccountAnswer, FanPlace, Stakeholder
from referralgraph.answers.account_matrix import MatrixProblem, MatrixRow
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.account_words import FIELDS, PLAN_HEADINGS, number, plan, plan_cells, policy, segment, view_text
from referralgraph.render.buying_centre import buying_centre
from referralgraph.render.charts import Point, scatter
from referralgraph.render.possible import possible_texts
from referralgraph.render.report import write_report

if TYPE_CHECKING:
    from markupsafe import Markup

_QUESTIONS = 12  # as many as a conversation has room for
_TEN = tuple((each / 10, str(each)) for each in range(0, 11, 2))


def write_account_page(answer: AccountAnswer, file: Path, *, made: date | None = None) -> None:
    """Write the page of an account in the language in use.

    :param made: day on which the page was made, as it is shown.
    """
    write_report(
        file,
        "account.html",
        title=answer.name,
        subtitle=answer.topic or "",
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        made=made,
        notes=possible_texts(answer),
        styles=("account.css",),
        answer=answer,
        **page_values(answer),
    )


def page_values(answer: AccountAnswer) -> dict[str, Any]:
    """Return what the template shows."""
    known = [each for each in answer.stakeholders if each.power is not None and each.interest is not None]
    unknown = len(answer.stakeholders) - len(known)
    note = _("Above the line power is high, right of it interest in the topic. An arrow shows where somebody came from.")
    if unknown:
        note += " " + _("Not in the chart, because nobody knows: {count}.").format(count=unknown)
    return {
        "facts": _facts(answer),
        "newest": max((each.date for each in answer.stakeholders if each.date), default=None),
        "roles": [_role(answer, each) for each in answer.stakeholders],
        "graph_influence": any(each.graph_influence is not None for each in answer.stakeholders),
        "policy_note": _("Relationship from \u22122 to 2: {policy}. Influence from 1 to 3: average of the team.").format(
            policy=policy(answer.policy)
        ),
        "remarks": [text for each in answer.stakeholders if (text := _remark(each))],
        "network": buying_centre(answer, title=_("Buying centre of {account}").format(account=answer.name)),
        "power": _power(answer, known),
        "power_note": note,
        "fans": _fans(answer),
        "matrices": _matrices(answer),
        "introductions": [{"name": each.name, "text": _path(each)} for each in answer.without_lead],
        "plans": _plans(answer),
        "disagreements": [
            {"name": each.name, "text": each.because.text, "views": [view_text(view) for view in each.views]}
            for each in answer.disagreements
        ],
        "questions": [
            {"name": each.name, "field": _(FIELDS[each.field]), "texts": each.questions} for each in answer.questions[:_QUESTIONS]
        ],
        "more_questions": _("And {count} more.").format(count=len(answer.questions) - _QUESTIONS)
        if len(answer.questions) > _QUESTIONS
        else "",
        "missing": [
            f"{each.name}{', ' + each.city if each.city else ''}: {in_words(each.role)}, {each.organisation.name} [{each.source}]"
            for each in answer.missing
        ],
    }


def _remark(each: Stakeholder) -> str:
    """Return what else there is to say of somebody, in a line."""
    told = [note.text for note in (*each.notes, *((each.no_introducer,) if each.no_introducer else ()))]
    easier = [str(hint.parameters["colleague"]) for hint in each.colour_hints if hint.code != "opposite"]
    harder = [str(hint.parameters["colleague"]) for hint in each.colour_hints if hint.code == "opposite"]
    if easier:
        told.append(_("by colours easier with {names}").format(names=", ".join(easier)))
    if harder:
        told.append(_("by colours harder with {names}").format(names=", ".join(harder)))
    return f"{each.name}: {'; '.join(told)}" if told else ""


def _facts(answer: AccountAnswer) -> list[tuple[str, str]]:
    facts = [
        (_("Organisations"), ", ".join(each.name for each in answer.organisations)),
        (_("Topic"), answer.topic or ""),
        (_("Responsible"), answer.responsible or ""),
        (_("Stakeholders"), str(len(answer.stakeholders))),
        (_("Overdue"), str(answer.plan.overdue) if answer.plan.overdue else ""),
    ]
    return [(label, text) for label, text in facts if text]


def _role(answer: AccountAnswer, each: Stakeholder) -> dict[str, Any]:
    leads = [
        cell.colleague for row in answer.matrix.entered if row.stakeholder == each.id for cell in row.cells if cell.cell == "lead"
    ]
    return {
        "name": each.name,
        "position": each.position,
        "outside": each.outside,
        "never": each.no_introducer is not None,
        "role": in_words(each.role) + (f" ({each.role_score})" if each.role_score is not None else ""),
        "type": f"{each.type}" if each.type else "",
        "relationship": number(each.relationship_score),
        "influence": number(each.influence_score),
        "graph_influence": "" if each.graph_influence is None else number_text(each.graph_influence, 2),
        "segment": segment(each.segment),
        "company": in_words(each.company.fan_class),
        "salesperson": in_words(each.salesperson.fan_class),
        "colours": ", ".join(in_words(colour) for colour in (each.colour, each.second_colour) if colour),
        "leads": ", ".join(leads),
        "date": each.date,
        "stale": each.stale,
    }


def _power(answer: AccountAnswer, known: list[Stakeholder]) -> Markup:
    points = [
        Point(
            x=float(each.interest or 0) / 10,
            y=float(each.power or 0) / 10,
            label=each.name,
            tone=_tone(each),
            hint=f"{_('power')} {number(each.power)}, {_('interest')} {number(each.interest)}: {segment(each.segment)}",
            before=(each.movement.interest_before / 10, each.movement.power_before / 10) if each.movement else None,
        )
        for each in known
    ]
    told = "; ".join(f"{each.name}: {segment(each.segment)}" for each in known)
    return scatter(
        points,
        title=_("Power and interest in the topic"),
        description=told,
        x_axis=_("interest"),
        y_axis=_("power"),
        ticks=_TEN,
        quadrants=(f"A {_('keep satisfied')}", f"B {_('intensive care')}", f"C {_('monitor')}", f"D {_('keep informed')}"),
        split=(answer.cuts.interest / 10, answer.cuts.power / 10),
    )


def _fans(answer: AccountAnswer) -> list[Markup]:
    charts = []
    places: tuple[tuple[str, Callable[[Stakeholder], FanPlace]], ...] = (
        (_("Towards the company"), lambda each: each.company),
        (_("Towards the salesperson"), lambda each: each.salesperson),
    )
    for title, place in places:
        points = [
            Point(
                x=float(found.satisfaction or 0) / 10,
                y=float(found.emotional_tie or 0) / 10,
                label=each.name,
                tone=_tone(each),
                hint=in_words(found.fan_class),
            )
            for each in answer.stakeholders
            if (found := place(each)).fan_class
        ]
        if points:
            charts.append(
                scatter(
                    points,
                    title=title,
                    x_axis=f"{title}: {_('satisfaction')}",
                    y_axis=_("emotional tie"),
                    ticks=_TEN,
                    description="; ".join(f"{point.label}: {point.hint}" for point in points),
                    quadrants=(
                        in_words("captive"),
                        f"{in_words('sympathiser')} / {in_words('fan')}",
                        f"{in_words('opponent')} / {in_words('enemy')}",
                        in_words("mercenary"),
                    ),
                    split=(answer.cuts.satisfaction / 10, answer.cuts.emotional_tie / 10),
                    width=490.0,
                    height=370.0,
                )
            )
    return charts


def _tone(each: Stakeholder) -> int:
    """Return green for who is for us, amber for who is against us, blue for neutral, grey for unknown."""
    score = each.relationship_score
    return 3 if score is None else 2 if score > 0 else 1 if score < 0 else 0


def _matrices(answer: AccountAnswer) -> list[dict[str, Any]]:
    matrix = answer.matrix
    team = [each.name for each in matrix.team]
    tables = []
    if any(cell.cell for row in matrix.entered for cell in row.cells):
        tables.append(_matrix(_("As entered"), team, matrix.entered, matrix.problems, reasons=False))
    if matrix.proposed:
        tables.append(_matrix(_("As proposed"), team, matrix.proposed, matrix.proposal_problems, reasons=True))
    return tables


def _matrix(
    title: str, team: list[str], rows: tuple[MatrixRow, ...], problems: tuple[MatrixProblem, ...], *, reasons: bool
) -> dict[str, Any]:
    told = []
    for row in rows if reasons else ():
        for cell in row.cells:
            if cell.cell == "lead":
                why = "; ".join(each.text for each in cell.reasons) or _("nothing speaks for anybody")
                told.append(f"{row.name} – {cell.colleague}: {why}")
    return {
        "title": title,
        "team": team,
        "problems": [each.because.text for each in problems],
        "reasons": told,
        "rows": [
            {
                "name": row.name,
                "position": row.position,
                "cells": [{"sign": cell.sign, "hint": "; ".join(each.text for each in cell.reasons)} for cell in row.cells],
            }
            for row in rows
        ],
    }


def _path(each: Any) -> str:
    if each.path is None:
        return each.nothing.text if each.nothing else ""
    return f"{' → '.join(person.name for person in each.path.people)} ({each.path.words}, {number_text(each.path.strength, 3)})"


def _plans(answer: AccountAnswer) -> list[dict[str, Any]]:
    return [
        {
            "title": plan(name).capitalize(),
            "headings": [_(heading) for heading in PLAN_HEADINGS],
            "rows": [
                {"cells": plan_cells(line)[:-1], "status": in_words(line.status), "warnings": [each.text for each in line.warnings]}
                for line in getattr(answer.plan, name)
            ],
        }
        for name in ("relationship", "marketing", "activity")
        if getattr(answer.plan, name)
    ]
