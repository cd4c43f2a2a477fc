"""The page of a set of multipliers, and the one-page briefing that is handed to each of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from referralgraph.answers.multipliers import Multiplier, MultipliersAnswer
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.charts import Bar, bars
from referralgraph.render.multiplier_text import unanswered, worth
from referralgraph.render.possible import possible_texts
from referralgraph.render.report import write_report

_BRIEFED = 8  # companies on a briefing: more than that nobody remembers


def write_multipliers_page(answer: MultipliersAnswer, path: Path, *, made: date | None = None) -> None:
    """Write the page of a set of multipliers: what each adds to those before him, and by whom.

    :param path: the file; it is replaced.
    :param made: day on which the page is made, shown in its header.
    """
    items, start = [], 0.0
    for each in answer.multipliers:
        items.append(Bar(each.person.name, each.adds, start=start, text=number_text(start + each.adds, 2),
                         hint=_("adds {n}").format(n=number_text(each.adds, 2))))  # fmt: skip
        start += each.adds
    chart = bars(
        items, title=_("Companies reached, in expectation"), top=float(answer.companies) if answer.companies <= 4 * start else None,
        axis=_("companies reached, each counted once; every bar goes on where the one before ends"),
        description=worth(answer),
    ) if items else None  # fmt: skip
    write_report(
        path, "multipliers.html", title=_("Who opens the most of our target list"), question=answer.question,
        revision=answer.revision, coverage=answer.coverage, made=made, answer=answer, chart=chart, worth=worth(answer),
        missing=unanswered(answer),
        notes=[*possible_texts(answer), *(each.text for each in answer.unanswered if each.code == "profile_empty")],
    )  # fmt: skip


def write_briefing(answer: MultipliersAnswer, multiplier: Multiplier, path: Path, *, made: date | None = None) -> None:
    """Write one page for a multiplier: whom we look for, what to listen for, and whom he probably knows.

    He is to read it: it holds reasons from public sources alone, no strengths, no address book, nothing of other multipliers.
    """
    shown = []
    for each in multiplier.opens:
        reasons = [reason for reason in each.tie.reasons if reason.visibility == "public" and reason.organisation is not None]
        if reasons:
            shown.append((each, reasons[0]))
    write_report(
        path, "briefing.html", title=_("Whom we would like to meet"), question=answer.question.model_copy(update={"viewer": None}),
        revision=answer.revision, coverage=answer.coverage, made=made, answer=answer, multiplier=multiplier, shown=shown[:_BRIEFED],
        subtitle=_("For {name}, from {sender}").format(name=multiplier.person.name, sender=multiplier.through.name),
    )  # fmt: skip
