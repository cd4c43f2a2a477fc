"""What came of requests: as text, rows and page with the calibration chart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from referralgraph.answers.outcome import OutcomesAnswer, SuccessRate
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.charts import Bar, Point, bars, scatter
from referralgraph.render.output import write_answer_json, write_coverage, write_rows
from referralgraph.render.report import write_report
from referralgraph.render.table import write_table, write_text

_WORDS = {
    "asked": translatable("asked"), "granted": translatable("granted"), "refused": translatable("refused"), "met": translatable("met"),
    "business": translatable("business"), "strangers": translatable("they don't know each other"),
}  # fmt: skip


def write_outcomes(form: str, answer: OutcomesAnswer) -> None:
    """Write outcomes on stdout; CSV has one row for each."""
    if form == "json":
        write_answer_json(answer)
        return
    headings = ["id", translatable("day"), translatable("outcome"), translatable("introducer"), translatable("about"),
                translatable("by"), translatable("note")]  # fmt: skip
    rows = [
        [each.id, each.at, _(_WORDS.get(each.outcome, each.outcome)) if form == "table" else each.outcome,
         each.introducer.name if each.introducer else None, each.target.name if each.target else None, each.by, each.note]
        for each in answer.lines
    ]  # fmt: skip
    if form == "csv":
        more = [
            [each.kind, None if each.promised is None else repr(each.promised), "yes" if each.stands else "no"]
            for each in answer.lines
        ]  # fmt: skip
        write_rows("csv", [*headings, "kind", "promised", "stands"], [row + rest for row, rest in zip(rows, more, strict=True)])
        return
    if rows:
        write_table(headings, rows, title_columns=3)
    else:
        write_text(_("No outcome is entered yet: `referralgraph outcome add` enters one"))
    for load in answer.loads:
        told = _("{name}: asked {n} times this quarter, {open} without an answer")
        text = told.format(name=load.introducer.name, n=load.asked, open=load.open)
        write_text(f"{text}; {load.rests.text}" if load.rests else text, hanging=2)
    for rate in (*answer.by_kind, *answer.by_strength):
        write_text(rate_text(rate), hanging=2)
    write_coverage(answer.coverage)


def rate_text(rate: SuccessRate) -> str:
    """Return a success rate in a sentence; of too few, how many there are."""
    name = in_words(rate.group) if rate.group[:1].isalpha() else _("promised {range}").format(range=rate.group)
    if rate.rate is None or rate.low is None or rate.high is None:
        told = _("{name}: {granted} of {decided} granted, too few for a rate")
        return told.format(name=name, granted=rate.granted, decided=rate.decided)
    told = _("{name}: {granted} of {decided} granted, {rate} % ({low} to {high} %); promised {promised} %")
    return told.format(
        name=name, granted=rate.granted, decided=rate.decided, rate=number_text(100 * rate.rate), low=number_text(100 * rate.low),
        high=number_text(100 * rate.high), promised=number_text(100 * rate.promised))  # fmt: skip


def write_outcomes_page(answer: OutcomesAnswer, path: Path, *, made: date | None = None) -> None:
    """Write the page of outcomes: rates by kind of tie, and the calibration chart.

    :param path: the file; it is replaced.
    :param made: day on which the page is made, shown in its header.
    """
    kinds = [
        Bar(in_words(each.group), each.rate, low=each.low, high=each.high, text=_("{granted} of {decided}").format(
            granted=each.granted, decided=each.decided))
        for each in answer.by_kind if each.rate is not None
    ]  # fmt: skip
    points = [
        Point(each.promised, each.rate, label=f"n = {each.decided}", size=min(1.0, each.decided / 40), low=each.low, high=each.high)
        for each in answer.by_strength if each.rate is not None
    ]  # fmt: skip
    ticks = [(part / 5, f"{20 * part} %") for part in range(6)]
    write_report(
        path, "outcomes.html", title=_("What came of our requests"), question=answer.question, revision=answer.revision,
        coverage=answer.coverage, made=made, answer=answer, outcome_words={key: _(text) for key, text in _WORDS.items()},
        rates=[rate_text(each) for each in (*answer.by_kind, *answer.by_strength)],
        kinds=bars(kinds, title=_("Granted by kind of tie"), top=1.0, axis=_("share granted, with its 95 % interval"))
        if kinds else None,
        calibration=scatter(points, title=_("Granted against promised"), x_axis=_("strength promised"), y_axis=_("share granted"),
                            diagonal=_("as promised"), ticks=ticks, width=560.0, height=420.0) if points else None,
    )  # fmt: skip
