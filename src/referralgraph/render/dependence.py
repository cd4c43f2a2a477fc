"""What hangs on whom: as text, rows and page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from referralgraph.answers import PersonRef
from referralgraph.answers.dependence import Dependence, DependenceAnswer
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.charts import Bar, bars
from referralgraph.render.output import write_answer_json, write_coverage, write_rows
from referralgraph.render.possible import possible_texts, write_possible
from referralgraph.render.report import write_report
from referralgraph.render.table import write_text

_TOLD, _CHART = 5, 25


def write_dependence(form: str, answer: DependenceAnswer) -> None:
    """Write what hangs on whom; CSV has one row for each target that somebody's leaving makes harder to reach."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        headings = ["person", "ours", "target", "before", "after", "path", "instead"]
        write_rows("csv", headings, [
            [each.person.name, "yes" if each.ours else "no", loss.target.name, repr(loss.before),
             None if loss.after is None else repr(loss.after), _chain(loss.through), _chain(loss.instead)]
            for each in answer.people for loss in (*each.lost, *each.halved)
        ])  # fmt: skip
        write_possible(form, answer)
    else:
        write_text(summary(answer))
        if answer.nothing is not None:
            write_text(answer.nothing.text)
        for each in single_points(answer):
            _person(each)
        if answer.unreached:
            names = ", ".join(each.name for each in answer.unreached[:10]) + (" …" if len(answer.unreached) > 10 else "")
            write_text(_("Out of reach already: {names}").format(names=names), hanging=2)
        for because in answer.unanswered[:10]:
            write_text(because.text, hanging=2)
        if not answer.complete:
            write_text(_("Time ran out: stronger links may be missing."))
        write_coverage(answer.coverage, answer)


def single_points(answer: DependenceAnswer) -> list[Dependence]:
    """Return those without whom at least one target is lost or halved."""
    return [each for each in answer.people if each.lost or each.halved]


def summary(answer: DependenceAnswer) -> str:
    """Return in a sentence how many targets are reached and on how many people that hangs."""
    told = _("{reached} of {targets} targets are reached; single points, without whom a target is lost or halved: {n}.")
    points = number_text(len(single_points(answer)))
    return told.format(reached=number_text(answer.reached), targets=number_text(answer.targets), n=points)


def _person(each: Dependence) -> None:
    who = _("of our team") if each.ours else _("introducer")
    told = _("without {name} ({who}): {lost} of {n} targets are lost, {halved} fall below half")
    write_text(told.format(name=each.person.name, who=who, lost=number_text(len(each.lost)), n=number_text(each.targets),
                           halved=number_text(len(each.halved))), hanging=2)  # fmt: skip
    for loss in (*each.lost, *each.halved)[:_TOLD]:
        after = _("lost") if loss.after is None else number_text(loss.after, 3)
        write_text(f"{loss.target.name}: {number_text(loss.before, 3)} → {after}", indent=4, hanging=2)
    left = len(each.lost) + len(each.halved) - _TOLD
    if left > 0:
        write_text(_("and {n} more").format(n=number_text(left)), indent=4)
    if each.takes_over:
        names = ", ".join(f"{one.person.name} ({one.targets})" for one in each.takes_over[:_TOLD])
        write_text(_("could take over: {names}").format(names=names), indent=4, hanging=2)
    if each.hand_over:
        names = ", ".join(one.name for one in each.hand_over[:_TOLD])
        write_text(_("to be introduced to a colleague before: {names}").format(names=names), indent=4, hanging=2)


def _chain(people: tuple[PersonRef, ...]) -> str:
    return " → ".join(each.name for each in people)


def write_dependence_page(answer: DependenceAnswer, path: Path, *, made: date | None = None) -> None:
    """Write the page of what hangs on whom.

    :param path: the file; it is replaced.
    :param made: day on which the page is made, shown in its header.
    """
    points = single_points(answer)
    chart = bars(
        [
            Bar(each.person.name, len(each.lost) + len(each.halved), tone=0 if each.ours else 1,
                text=_("{lost} lost, {halved} halved").format(lost=len(each.lost), halved=len(each.halved)))
            for each in points[:_CHART]
        ],
        title=_("Targets lost or halved without each"), axis=_("targets; blue: our own people, amber: introducers"),
    ) if points else None  # fmt: skip
    write_report(
        path, "dependence.html", title=_("What we lose when someone leaves"), question=answer.question, revision=answer.revision,
        coverage=answer.coverage, made=made, answer=answer, points=points, chart=chart, summary=summary(answer),
        notes=[*possible_texts(answer), *([] if answer.complete else [_("Time ran out: stronger links may be missing.")])],
    )  # fmt: skip
