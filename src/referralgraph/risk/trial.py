"""A trial of the model on companies that it hasn't seen: folds by connected component, figures with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.risk.features import Cells, cells_of, kind_of_linked
from referralgraph.risk.panel import Panel
from referralgraph.risk.table import RiskTable
from referralgraph.score.measures import Interval, Ranking, calibration_error, deciles, intervals, rescaled
from referralgraph.score.risk import BUCKETS

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
_FRAILTY = 0.8  # shape of a gamma prior of people's frailty under which one failure doubles the rate, as the shipped figures say
_LARGEST_CLUSTER = 1000  # companies; a larger component is resampled company by company, else one draw would decide all


@dataclass(frozen=True)
class Trial:
    """What the model is worth on companies that it hasn't seen.

    :ivar own: AUC of own attributes alone; ``model`` of own attributes and evidence; ``gain`` the difference.
    :ivar vote: AUC of the neighbours' vote alone; ``degree`` of the number of linked companies.
    :ivar kind_linked: AUC of the vote that also hears what kind of companies they are.
    :ivar own_linked: and the others so named: the same among companies to which somebody links another company.
    :ivar factor: rate with a recent failure in the neighbourhood, over the rate of all without.
    :ivar factor_linked: over the rate of those whose linked companies are clean.
    :ivar adjusted: factor of one vote in the model, own attributes held equal.
    :ivar lift: rate of the tenth foretold highest over the rate of all.
    :ivar tenths: rows, foretold and observed rate, after one shift to the rate of the data.
    """

    rows: int
    companies: int
    components: int
    events: int
    linked_rows: int
    linked_events: int
    recent_rows: int
    recent_events: int
    own: Interval
    model: Interval
    gain: Interval
    vote: Interval
    degree: Interval
    own_linked: Interval
    model_linked: Interval
    vote_linked: Interval
    kind_linked: Interval
    degree_linked: Interval
    factor: Interval
    factor_linked: Interval
    adjusted: Interval
    lift: float
    tenths: tuple[tuple[int, float, float], ...]
    error: float


def folds_of(component: NDArray[np.int64], panel: Panel, seed: int = 1) -> NDArray[np.int8]:
    """Return the fold of each row: whole components, the largest dealt out first, each to the emptiest fold."""
    of_row = component[panel.company]
    labels, rows = np.unique(of_row, return_counts=True)
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    order = shuffled[np.argsort(-rows[shuffled], kind="stable")]
    fold = np.zeros(len(labels), np.int8)
    filled = np.zeros(FOLDS, np.int64)
    large = int((rows[order] > 50).sum())
    for at in order[:large].tolist():
        emptiest = int(filled.argmin())
        fold[at] = emptiest
        filled[emptiest] += rows[at]
    fold[order[large:]] = np.arange(len(order) - large) % FOLDS
    found: NDArray[np.int8] = fold[np.searchsorted(labels, of_row)]
    return found


def cross_fitted(
    panel: Panel, table: RiskTable, fold: NDArray[np.int8]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return log-odds of each row by a model that hasn't seen its component: own attributes alone, all, and the linked kind."""
    own, full, linked = (np.zeros(len(panel.company)) for _ in range(3))
    plain = cells_of(panel, len(table.states))
    for each in range(FOLDS):
        held = fold == each
        train = (~held).astype(np.float64)
        if not held.any() or not (panel.happened & ~held).any():
            continue
        own_fit = plain.fit(panel.happened, train, with_evidence=False)
        own[held] = plain.log_odds(own_fit, train, with_evidence=False)[held]
        fit = plain.fit(panel.happened, train, with_evidence=True)
        full[held] = plain.log_odds(fit, train, with_evidence=True)[held]
        linked[held] = kind_of_linked(panel, table, own_fit)[held]
    return own, full, linked


def clusters_of(component: NDArray[np.int64], panel: Panel) -> NDArray[np.int64]:
    """Return for each row the cluster that is drawn as a whole in a bootstrap."""
    of_row = component[panel.company]
    labels, place = np.unique(of_row, return_inverse=True)
    companies = np.unique(panel.company)
    size = np.bincount(np.searchsorted(labels, component[companies]), minlength=len(labels))
    apart = size[place.reshape(-1)] > _LARGEST_CLUSTER
    key = np.where(apart, of_row.max(initial=0) + 1 + panel.company.astype(np.int64), of_row)
    return np.unique(key, return_inverse=True)[1].reshape(-1).astype(np.int64)


def run_trial(
    panel: Panel,
    table: RiskTable,
    component: NDArray[np.int64],
    *,
    times: int = 200,
    seed: int = 1,
    fold: NDArray[np.int8] | None = None,
    scores: tuple[NDArray[np.float64], ...] | None = None,
) -> Trial:
    """Fit on four fifths, measure on the last, in turn.

    :param component: number of the connected component of each organisation.
    :param times: draws of the bootstrap.
    :param fold: fold of each row; by component if left out.
    :param scores: log-odds of each row from elsewhere, as :func:`cross_fitted` gives them.
    """
    happened, linked = panel.happened, panel.linked
    own, full, kind = scores or cross_fitted(panel, table, folds_of(component, panel) if fold is None else fold)
    recent = panel.once >= 0.5
    clean = linked & panel.clean & ~panel.old & ~recent
    cluster = clusters_of(component, panel)
    at = np.flatnonzero(linked)
    degree = panel.breadth.astype(np.float64)
    vote = panel.vote.astype(np.float64)
    # among the linked the vote also hears what their companies are: young ones of a frail form promise less
    fair = np.log1p(vote / _FRAILTY) + kind
    whole = [Ranking(each, happened) for each in (own, full, vote, degree)]
    part = [Ranking(each[at], happened[at]) for each in (own, full, vote, fair, degree)]

    def figures(weight: NDArray[np.float64] | None) -> list[float]:
        every = np.ones(len(happened)) if weight is None else weight
        auc = [each.auc(every) for each in whole]
        auc_linked = [each.auc(every[at]) for each in part]
        rate = _rate(happened, every, recent)
        return [*auc, auc[1] - auc[0], *auc_linked, rate / _rate(happened, every, ~recent), rate / _rate(happened, every, clean)]

    with np.errstate(invalid="ignore", divide="ignore"):
        found = intervals(figures, cluster, times, seed)
        adjusted = _adjusted(panel, table, cluster, max(20, times // 4), seed)
    rates = rescaled(full, happened)
    tenths = deciles(rates, happened)
    top = np.argsort(-rates, kind="stable")[: max(1, len(rates) // 10)]
    return Trial(
        len(happened),
        len(np.unique(panel.company)),
        len(np.unique(component[panel.company])),
        int(happened.sum()),
        int(linked.sum()),
        int(happened[linked].sum()),
        int(recent.sum()),
        int(happened[recent].sum()),
        found[0],
        found[1],
        found[4],
        found[2],
        found[3],
        found[5],
        found[6],
        found[7],
        found[8],
        found[9],
        found[10],
        found[11],
        adjusted,
        float(happened[top].mean() / happened.mean()) if happened.any() else float("nan"),
        tuple(tenths),
        calibration_error(tenths),
    )


def _rate(happened: NDArray[np.bool_], weight: NDArray[np.float64], rows: NDArray[np.bool_]) -> float:
    total = float(weight[rows].sum())
    return float(weight[rows] @ happened[rows]) / total if total else float("nan")


def _adjusted(panel: Panel, table: RiskTable, cluster: NDArray[np.int64], times: int, seed: int) -> Interval:
    cells: Cells = cells_of(panel, len(table.states))
    place = -len(BUCKETS) + BUCKETS.index("recent")
    begin = cells.fit(panel.happened, with_evidence=True, informed=False).weights

    def figure(weight: NDArray[np.float64] | None) -> list[float]:
        fit = cells.fit(panel.happened, weight, with_evidence=True, informed=False, start=begin)
        return [float(np.exp(fit.weights[place]))]

    return intervals(figure, cluster, times, seed)[0]
