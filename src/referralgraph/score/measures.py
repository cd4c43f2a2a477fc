"""How good a ranking and a rate are: AUC, calibration, and intervals that respect that linked companies aren't independent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Interval:
    """A figure with the middle 95 % of its bootstrap."""

    value: float
    low: float
    high: float

    def text(self, digits: int = 3) -> str:
        """Return it as ``0.664 [0.655, 0.673]``."""
        return f"{self.value:.{digits}f} [{self.low:.{digits}f}, {self.high:.{digits}f}]"


class Ranking:
    """Scores sorted once, so that the AUC under many weights is cheap.

    AUC = P(score of an event > score of none) + P(equal) / 2, over weighted pairs [1].

    [1] Hanley, McNeil 1982, doi:10.1148/radiology.143.1.7063747.

    :param score: higher is riskier.
    :param happened: whether the event came.
    """

    def __init__(self, score: NDArray[np.float64], happened: NDArray[np.bool_]) -> None:
        levels, self._level = np.unique(score, return_inverse=True)
        self._levels = len(levels)
        self._level = self._level.reshape(-1)
        self._happened = happened

    def auc(self, weight: NDArray[np.float64] | None = None) -> float:
        """Return the AUC; NaN without an event, or without anything else.

        :param weight: of each row; None for equal ones.
        """
        weight = np.ones(len(self._level)) if weight is None else weight
        events = np.bincount(self._level, weight * self._happened, minlength=self._levels)
        others = np.bincount(self._level, weight * ~self._happened, minlength=self._levels)
        pairs = events.sum() * others.sum()
        if pairs == 0:
            return float("nan")
        below = np.cumsum(others) - others
        return float((events * (below + others / 2)).sum() / pairs)


def resampled(cluster: NDArray[np.int64], times: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Yield weights of rows in which whole clusters are drawn with replacement.

    :param cluster: number of each row's cluster: rows of one cluster stay together.
    :param times: how many draws.
    :param seed: equal seeds give equal draws.
    """
    random = np.random.default_rng(seed)
    clusters = int(cluster.max()) + 1 if len(cluster) else 0
    for _ in range(times):
        drawn = np.bincount(random.integers(0, clusters, clusters), minlength=clusters).astype(np.float64)
        yield drawn[cluster]


def intervals(
    figures: Callable[[NDArray[np.float64] | None], Sequence[float]], cluster: NDArray[np.int64], times: int, seed: int
) -> list[Interval]:
    """Return figures with their 95 % bootstrap intervals.

    :param figures: gives the figures under weights of the rows; without weights, the figures themselves.
    """
    values = figures(None)
    draws = np.array([figures(weight) for weight in resampled(cluster, times, seed)], np.float64).reshape(times, len(values))
    with np.errstate(invalid="ignore"):
        sides = [_sides(draws[:, at]) for at in range(len(values))]
    return [Interval(float(value), *side) for value, side in zip(values, sides, strict=True)]


def _sides(draws: NDArray[np.float64]) -> tuple[float, float]:
    finite = draws[np.isfinite(draws)]
    if not len(finite):
        return float("nan"), float("nan")
    low, high = np.quantile(finite, [0.025, 0.975])
    return float(low), float(high)


def rescaled(log_odds: NDArray[np.float64], happened: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return rates after the one shift of log-odds that makes their mean the rate of the data."""
    wanted, shift = float(happened.mean()), 0.0
    low, high = -20.0, 20.0
    for _ in range(60):
        shift = (low + high) / 2
        if float((1 / (1 + np.exp(-(log_odds + shift)))).mean()) < wanted:
            low = shift
        else:
            high = shift
    return np.asarray(1 / (1 + np.exp(-(log_odds + shift))))


def deciles(rate: NDArray[np.float64], happened: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """Return rows, foretold rate and observed rate of each tenth, from the lowest rate foretold; equal rates stay together."""
    order = np.argsort(rate, kind="stable")
    ranked = rate[order]
    edges = sorted({int(np.searchsorted(ranked, ranked[min(len(ranked) - 1, len(ranked) * part // 10)])) for part in range(10)})
    found = []
    for begin, end in zip(edges, [*edges[1:], len(ranked)], strict=True):
        rows = order[begin:end]
        if len(rows):
            found.append((len(rows), float(rate[rows].mean()), float(happened[rows].mean())))
    return found


def calibration_error(tenths: Sequence[tuple[int, float, float]]) -> float:
    """Return the mean distance between foretold and observed rate, weighted by rows."""
    rows = sum(each[0] for each in tenths)
    return sum(each[0] * abs(each[1] - each[2]) for each in tenths) / rows if rows else float("nan")
