"""Fitting a model to dated outcomes: on early days and other components than it is measured on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.errors import SourceError
from referralgraph.risk.features import cells_of, kind_of_linked
from referralgraph.risk.panel import FORM_WORDS, Panel, as_of_days, components, panel_of
from referralgraph.risk.table import RiskTable
from referralgraph.risk.trial import FOLDS, Trial, clusters_of, folds_of, run_trial
from referralgraph.score.logistic import clustered_covariance
from referralgraph.score.measures import Interval
from referralgraph.score.risk import AGE_WORDS, BUCKETS, EvidenceRules, RiskModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1)
_SHORTEST = 180  # days ahead; less isn't a horizon
FEWEST_OUTCOMES = 30


@dataclass(frozen=True)
class Fitted:
    """A model with what it is worth on companies and years that it hasn't seen.

    :ivar gains: the lower end of the gain's interval is above zero.
    """

    model: RiskModel
    trial: Trial
    gains: bool
    train_days: tuple[str, ...]
    test_days: tuple[str, ...]


def fit_model(
    table: RiskTable,
    outcome: NDArray[np.int32],
    only: NDArray[np.bool_] | None,
    last_day: int,
    rules: EvidenceRules,
    name: str,
    *,
    draws: int = 200,
) -> Fitted:
    """Fit a model to dated outcomes.

    The last third of the days is for the test; trained is on days whose whole horizon ends before the first of them, in turn on four
    fifths of the components, and measured on the last. The model that is returned is fitted to all days.

    :param outcome: day of what is to be foreseen, for each organisation.
    :param only: companies that are meant; all by default.
    :param last_day: day to which outcomes are known.
    :raises SourceError: if the outcomes are too few, or cover too little time for a test ahead of them.
    """
    happened = outcome[outcome <= last_day]
    if len(happened) < FEWEST_OUTCOMES:
        raise SourceError(f"{len(happened)} outcomes of companies that can be used", mend=f"A model needs {FEWEST_OUTCOMES} at least")
    begin = int(np.quantile(happened, 0.02))
    horizon = min(rules.horizon_days, (last_day - begin) // 3)
    if horizon < _SHORTEST:
        raise SourceError(
            f"the outcomes cover {last_day - begin} days", mend=f"A test ahead of them needs {3 * _SHORTEST} days at least"
        )
    rules = replace(rules, horizon_days=horizon)
    days = tuple(each for each in as_of_days(table, rules, last_day) if each >= begin - horizon)
    first_test = days[len(days) - max(1, len(days) // 3)] if days else 0
    train_days = [each for each in days if each + horizon <= first_test]
    if not train_days:
        raise SourceError(
            "the links before the outcomes cover too little time for a test ahead of them",
            mend="Load a register that goes further back, or older outcomes",
        )
    panel = panel_of(table, days, rules, outcome, only)
    component = components(table, rules)
    fold = folds_of(component, panel)
    early = panel.day < len(train_days)
    test = panel.day >= days.index(first_test)
    if not panel.happened[early].any() or not panel.happened[test].any():
        raise SourceError(
            "no outcome follows the days that are trained on, or those that are tested",
            mend="Give outcomes over more years, of companies that the register knows",
        )
    own, full, kind = (np.zeros(len(panel.company)) for _ in range(3))
    cells = cells_of(panel, len(table.states))
    for each in range(FOLDS):
        held = (fold == each) & test
        train = (early & (fold != each)).astype(np.float64)
        own_fit = cells.fit(panel.happened, train, with_evidence=False)
        full_fit = cells.fit(panel.happened, train, with_evidence=True)
        own[held] = cells.log_odds(own_fit, train, with_evidence=False)[held]
        full[held] = cells.log_odds(full_fit, train, with_evidence=True)[held]
        kind[held] = kind_of_linked(panel, table, own_fit)[held]
    measured = panel.only(test)
    trial = run_trial(measured, table, component, times=draws, scores=(own[test], full[test], kind[test]))
    model = _model(panel, table, component, rules, trial, name)
    return Fitted(model, trial, trial.gain.low > 0, _iso(train_days), _iso(days[days.index(first_test) :]))


def _model(
    panel: Panel, table: RiskTable, component: NDArray[np.int64], rules: EvidenceRules, trial: Trial, name: str
) -> RiskModel:
    cells = cells_of(panel, len(table.states))
    fit = cells.fit(panel.happened, with_evidence=True)
    ages, forms = len(AGE_WORDS), len(FORM_WORDS)
    weights = fit.weights[1:]
    parts = (weights[:ages], weights[ages : ages + forms], weights[ages + forms : len(weights) - len(BUCKETS)])
    # peers are told against the average company: what all have in common is the base rate's
    centred = [part - float(part[codes].mean()) for part, codes in zip(parts, (panel.age, panel.form, panel.state), strict=True)]
    evidence = weights[-len(BUCKETS) :]
    cluster = clusters_of(component, panel)
    covariance = clustered_covariance(fit, cells.matrix(with_evidence=True), cells.cell, panel.happened, cluster)
    spread = np.sqrt(np.diag(covariance))[-len(BUCKETS) :]
    return RiskModel(
        name=name,
        fitted_on=f"{int(panel.happened.sum()):,} outcomes in {len(panel.company):,} rows of {trial.companies:,} companies",
        base_rate=float(panel.happened.mean()),
        weights={each: round(float(value), 4) for each, value in zip(BUCKETS, evidence, strict=True)},
        intervals={
            each: (round(float(value - 1.96 * wide), 4), round(float(value + 1.96 * wide), 4))
            for each, value, wide in zip(BUCKETS, evidence, spread, strict=True)
        },
        age={word: round(float(value), 4) for word, value in zip(AGE_WORDS, centred[0], strict=True)},
        form={word: round(float(value), 4) for word, value in zip(FORM_WORDS, centred[1], strict=True)},
        state={word: round(float(value), 4) for word, value in zip(table.states, centred[2], strict=False)},
        rules=rules,
        report=report_of(trial),
    )


def report_of(trial: Trial) -> dict[str, Any]:
    """Return the figures of a trial as a training report holds them."""

    def told(interval: Interval) -> str:
        return interval.text()

    return {
        "rows": trial.rows,
        "companies": trial.companies,
        "components": trial.components,
        "events": trial.events,
        "auc": {
            "own attributes": told(trial.own),
            "own attributes and evidence": told(trial.model),
            "neighbours' vote": told(trial.vote),
            "degree": told(trial.degree),
        },
        "auc_linked": {
            "own attributes": told(trial.own_linked),
            "own attributes and evidence": told(trial.model_linked),
            "neighbours' vote": told(trial.vote_linked),
        },
        "gain": f"{trial.gain.value:+.4f} [{trial.gain.low:+.4f}, {trial.gain.high:+.4f}]",
        "recent_factor": trial.factor.text(2),
        "adjusted": trial.adjusted.text(2),
        "lift": round(trial.lift, 2),
        "calibration_error": round(trial.error, 5),
        "tenths": [[rows, round(told, 5), round(seen, 5)] for rows, told, seen in trial.tenths],
    }


def _iso(days: list[int] | tuple[int, ...]) -> tuple[str, ...]:
    return tuple((_EPOCH + timedelta(days=each)).isoformat() for each in days)
