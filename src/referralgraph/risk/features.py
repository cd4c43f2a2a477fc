"""What the model sees of a company: its own attributes and the evidence, as counted cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.risk.panel import FORM_WORDS, Panel, age_codes
from referralgraph.risk.table import RiskTable
from referralgraph.score.logistic import Fit, fit_logistic
from referralgraph.score.risk import AGE_WORDS, BUCKETS, form_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FINENESS = 20  # steps in which a chance is told apart
_OWN_SPREAD = 1.0
# Where a fit begins: what the shipped figures say, and how far the data at hand may easily take it. A bank has few failures
# beside a failure; without this, three of them would make a weight.
_EXPECTED = {"recent": (0.47, 0.3), "several": (0.47, 0.3), "old": (0.0, 0.2), "clean": (0.0, 0.3), "hub": (0.0, 0.3)}
_FURTHEST_KIND = 2.0  # log-odds; further is the noise of a rare form


@dataclass(frozen=True)
class Cells:
    """Rows of equal features, counted."""

    own: NDArray[np.int64]
    evidence: NDArray[np.float64]
    cell: NDArray[np.int64]
    states: int

    def counts(
        self, happened: NDArray[np.bool_], weight: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return rows and events of each cell, under weights of the rows."""
        weight = np.ones(len(self.cell)) if weight is None else weight
        size = len(self.own)
        rows, events = (np.bincount(self.cell, each, minlength=size).astype(np.float64) for each in (weight, weight * happened))
        return rows, events

    def matrix(self, with_evidence: bool) -> NDArray[np.float64]:
        """Return the features of each cell: own attributes, and on demand the evidence in the order of ``BUCKETS``."""
        sizes = (len(AGE_WORDS), len(FORM_WORDS), max(self.states, 1))
        parts = [np.eye(size)[self.own[:, at]] for at, size in enumerate(sizes)]
        return np.concatenate([*parts, self.evidence] if with_evidence else parts, axis=1)

    def fit(
        self,
        happened: NDArray[np.bool_],
        weight: NDArray[np.float64] | None = None,
        *,
        with_evidence: bool,
        informed: bool = True,
        start: NDArray[np.float64] | None = None,
    ) -> Fit:
        """Fit the model to the rows, or to those of a weight above 0.

        :param informed: begin where the shipped figures stand; else nothing is expected, as for an estimate of one's own.
        """
        rows, events = self.counts(happened, weight)
        features = self.matrix(with_evidence)
        expected, spread = np.zeros(features.shape[1]), np.full(features.shape[1], _OWN_SPREAD)
        if with_evidence and informed:
            expected[-len(BUCKETS) :], spread[-len(BUCKETS) :] = np.array([_EXPECTED[name] for name in BUCKETS]).T
        used = rows > 0
        return fit_logistic(features[used], rows[used], events[used], spread, expected, start)

    def log_odds(self, fit: Fit, weight: NDArray[np.float64], *, with_evidence: bool) -> NDArray[np.float64]:
        """Return the log-odds of every row under a fit, against the mean of the rows that it was fitted to.

        The intercept is left out: of folds, the one that holds more events leaves fewer to be fitted to, so scores of several fits
        would be ranked the wrong way round by it.

        :param weight: of the rows that were fitted to.
        """
        of_row: NDArray[np.float64] = (self.matrix(with_evidence) @ fit.weights[1:])[self.cell]
        return of_row - float(weight @ of_row / weight.sum())


def evidence_of(panel: Panel) -> NDArray[np.float64]:
    """Return one column for each of ``BUCKETS``: a row is in one bucket, by the chance of a vote."""
    once, twice = panel.once.astype(np.float64), panel.twice.astype(np.float64)
    rest = 1 - once
    old, clean = panel.old, panel.clean & ~panel.old
    hub = panel.hub & ~panel.old & ~panel.clean
    return np.column_stack([once - twice, twice, rest * old, rest * clean, rest * hub])


def cells_of(panel: Panel, states: int) -> Cells:
    """Count the rows of a panel by what the model sees.

    :param states: how many states the table knows.
    """
    steps = np.round(evidence_of(panel) * _FINENESS).astype(np.int64)
    columns = [panel.age.astype(np.int64), panel.form.astype(np.int64), panel.state.astype(np.int64), *steps.T]
    key = np.zeros(len(panel.company), np.int64)
    for column in columns:
        key = key * (int(column.max(initial=0)) + 1) + column
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    own = np.column_stack(columns[:3])[first]
    return Cells(own, steps[first] / _FINENESS, cell.reshape(-1), states)


def kind_of_linked(panel: Panel, table: RiskTable, own: Fit) -> NDArray[np.float64]:
    """Return for each row the mean log-odds of the companies that its people link it to, against the average row.

    A person who runs three young companies of a form that is often wound up tells something, even before one of them is.

    :param own: a fit of own attributes alone.
    """
    ages, forms = len(AGE_WORDS), len(FORM_WORDS)
    weights = own.weights[1:]
    form = np.array([FORM_WORDS.index(word) for word in _words(table)] or [0])
    of_row = weights[panel.age] + weights[ages + panel.form] + weights[ages + forms + panel.state]
    mean = float(of_row.mean()) if len(of_row) else 0.0
    found = np.zeros(len(panel.company))
    every = np.arange(table.companies)
    still = weights[ages + form[table.company_form]] + weights[ages + forms + np.asarray(table.company_state)]
    for number, (day, around) in enumerate(zip(panel.days, panel.around, strict=True)):
        age = weights[np.clip(age_codes(table, every, day), 0, ages - 1)]
        rows = np.flatnonzero(panel.day == number)
        linked = around.mean_of_linked(still + age - mean)[panel.company[rows]]
        found[rows] = np.clip(np.nan_to_num(linked), -_FURTHEST_KIND, _FURTHEST_KIND)
    return found


def _words(table: RiskTable) -> list[str]:
    return [form_word(each) for each in table.forms]
