"""A bank's own outcomes: a model fitted to them, what it is worth, and whether it may be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from referralgraph.answers.base import Because
from referralgraph.answers.portfolio import Unmatched
from referralgraph.answers.risk_fit import Figure, RiskFitAnswer, Tenth
from referralgraph.errors import SourceError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.customers import read_customers
from referralgraph.questions.risk_view import withdrawn_events
from referralgraph.records.partial_date import last_day
from referralgraph.records.workspace import write_text_atomically
from referralgraph.risk.days import NEVER
from referralgraph.risk.fit import Fitted, fit_model
from referralgraph.score.measures import Interval
from referralgraph.score.risk import shipped_model

_EPOCH = date(1970, 1, 1)


def fit_to_outcomes(context: Context, asked: Asked, file: Path, to: Path | None, *, draws: int = 200) -> RiskFitAnswer:
    """Fit a model to dated outcomes and write it if it gains.

    :param file: a table of companies with the day of what happened to each; rows without a day are companies to which nothing
        happened. If each row has a day, all companies of the revision are at risk.
    :param to: where the model is written; None to measure alone.
    :raises SourceError: if the file can't be read, or holds too few usable outcomes.
    """
    told = read_customers(context, asked, file, dated=True)
    table = context.risk.table(withdrawn_events(context))
    around = context.risk.around(table.day, withdrawn_events(context))
    outcome = np.full(table.companies, NEVER, np.int32)
    only = np.zeros(table.companies, np.bool_)
    bad = list(told.unmatched)
    days = []
    for each in told.customers:
        at = context.risk.position(around, each.found.id)
        day = None if each.date is None else (last_day(each.date) - _EPOCH).days
        known = int(table.company_known[at])
        if day is not None and day > table.day:
            bad.append(_refused(each.line, each.asked, "future", _("the date {date} is after the data").format(date=each.date)))
        elif day is not None and day < known < NEVER:
            bad.append(
                _refused(
                    each.line, each.asked, "before", _("the date {date} is before the company first appears").format(date=each.date)
                )
            )
        else:
            only[at] = True
            if day is not None:
                outcome[at] = day
                days.append(day)
    if not days:
        raise SourceError(
            "no row is a company of this revision with a day on which it was known",
            file=file,
            mend="Load the register that names these companies, and build",
        )
    everybody = len(days) == int(only.sum())
    try:
        fitted = fit_model(table, outcome, None if everybody else only, max(days), shipped_model().rules, file.stem, draws=draws)
    except SourceError as error:
        raise SourceError(str(error).rstrip("."), file=file) from error
    written = to if fitted.gains and to is not None else None
    if written is not None:
        write_text_atomically(written, fitted.model.to_json())
    return _answer(context, asked, file, fitted, written, len(days), tuple(bad))


def _refused(line: int, text: str, code: str, why: str) -> Unmatched:
    return Unmatched(line=line, asked=text, because=Because(code=code, text=why))


def _answer(
    context: Context, asked: Asked, file: Path, fitted: Fitted, written: Path | None, outcomes: int, unmatched: tuple[Unmatched, ...]
) -> RiskFitAnswer:
    trial = fitted.trial
    if fitted.gains:
        text = _("the evidence gains over own attributes on companies and years that the model hasn't seen")
    else:
        text = _("refused: the gain over own attributes may be nothing, so the model isn't written; the shipped one stays")
    named: tuple[tuple[str, Interval], ...] = (
        ("auc", trial.model),
        ("auc_own_attributes", trial.own),
        ("auc_vote", trial.vote),
        ("auc_degree", trial.degree),
        ("auc_linked", trial.model_linked),
        ("auc_own_attributes_linked", trial.own_linked),
        ("auc_vote_linked", trial.vote_linked),
        ("gain", trial.gain),
        ("recent_factor", trial.factor),
        ("recent_factor_adjusted", trial.adjusted),
    )
    return RiskFitAnswer(
        question=asked.question("risk_fit", outcomes=file.name),
        revision=context.revision.id,
        coverage=context.coverage,
        outcomes=outcomes,
        rows=trial.rows,
        events=trial.events,
        recent_events=trial.recent_events,
        train_days=fitted.train_days,
        test_days=fitted.test_days,
        horizon_days=fitted.model.rules.horizon_days,
        figures=tuple(
            Figure(name=name, value=_finite(each.value), low=_finite(each.low), high=_finite(each.high)) for name, each in named
        ),
        lift=_finite(trial.lift),
        calibration_error=trial.error,
        tenths=tuple(Tenth(rows=rows, foretold=told, observed=seen) for rows, told, seen in trial.tenths),
        gains=fitted.gains,
        written=str(written) if written else None,
        text=text,
        weights=dict(fitted.model.weights),
        unmatched=unmatched,
    )


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
