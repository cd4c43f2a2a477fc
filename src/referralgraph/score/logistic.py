"""Logistic regression on counted cells, with a prior that keeps what is rarely seen near zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 40


@dataclass(frozen=True)
class Fit:
    """Weights (the intercept first) and their covariance, as if the rows were independent."""

    weights: NDArray[np.float64]
    covariance: NDArray[np.float64]


def fit_logistic(
    features: NDArray[np.float64],
    rows: NDArray[np.float64],
    events: NDArray[np.float64],
    spread: NDArray[np.float64],
    expected: NDArray[np.float64] | None = None,
    start: NDArray[np.float64] | None = None,
) -> Fit:
    """Fit by Newton's method: the most probable weights under normal priors.

    Maximises sum(events * x'w - rows * log(1 + exp(x'w))) - sum((w - expected)^2 / (2 spread^2)); the intercept is free.

    :param features: one row a cell, without a column for the intercept.
    :param rows: how many rows (or their weight) a cell stands for.
    :param events: how many of them had the event.
    :param spread: standard deviation of the prior of each feature, above 0.
    :param expected: where the prior of each feature stands; at zero if left out.
    :param start: weights to begin with.
    """
    x = np.column_stack([np.ones(len(rows)), features])
    penalty = np.r_[0.0, 1.0 / np.square(spread)]
    prior = np.r_[0.0, np.zeros(len(spread)) if expected is None else expected]
    weights = prior.copy() if start is None else start.copy()
    if start is None:
        total, happened = rows.sum(), events.sum()
        weights[0] = np.log((happened + 0.5) / (total - happened + 0.5))
    information = np.eye(x.shape[1])
    for _ in range(_STEPS):
        rate = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (events - rows * rate) - penalty * (weights - prior)
        information = (x * (rows * rate * (1 - rate))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(information, slope)
        weights += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    covariance: NDArray[np.float64] = np.linalg.inv(information).astype(np.float64)
    return Fit(weights, covariance)


def clustered_covariance(
    fit: Fit,
    features: NDArray[np.float64],
    cell: NDArray[np.int64],
    happened: NDArray[np.bool_],
    cluster: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the covariance of the weights where rows of one cluster hang together: B (sum of s s') B [1].

    B is the covariance under independent rows, s the sum of x (event - rate) over the rows of a cluster. One company that is seen on
    sixteen days, or ten of one owner, are no sixteen or ten witnesses.

    [1] Liang, Zeger 1986, doi:10.1093/biomet/73.1.13.

    :param features: of each cell, as the fit got them.
    :param cell: of each row; ``happened`` and ``cluster`` beside it.
    """
    x = np.column_stack([np.ones(len(features)), features])
    rate = 1 / (1 + np.exp(-np.clip(x @ fit.weights, -30, 30)))
    left = happened - rate[cell]
    sums = csr_array((left, (cluster, cell)), shape=(int(cluster.max(initial=-1)) + 1, len(x))) @ x
    found: NDArray[np.float64] = fit.covariance @ (sums.T @ sums) @ fit.covariance
    return found
