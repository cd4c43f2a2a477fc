"""How well a score ranks what came true: the measures of the two tasks, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit
from tie_strength_boards import Bools, Floats, Ints, Study

BoardScore = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Result:
    """Measures of one scorer, and its areas in every resample (by person for pairs, by board for appointments).

    A task in which nothing is to be found has no numbers (NaN).
    """

    pairs: float
    appointments: float
    reciprocal_rank: float
    hits: float
    pairs_resampled: Floats
    appointments_resampled: Floats


def best_member(scores: Floats) -> Floats:
    """Return each candidate's best score with a member of the board."""
    return np.asarray(scores.max(axis=1))


def measure(
    study: Study, scores: Floats, resamples: int, seed: int, score_of_board: BoardScore = best_member
) -> Result:
    """Measure one scorer; the same seed draws the same people and boards for every scorer, so differences are paired.

    :param scores: seat-holders by seat-holders, higher for those more likely to sit together.
    :param resamples: number of bootstrap resamples.
    :param score_of_board: from scores of candidates (rows) with the members (columns) to one score a candidate.
    """
    # Products of the same ties in another order differ in the last digits and would break ties at random.
    mantissa, exponent = np.frexp(scores)
    scores = np.ldexp(np.round(mantissa, 11), exponent)
    random = np.random.default_rng(seed)
    people = random.multinomial(len(study.holders), np.full(len(study.holders), 1 / len(study.holders)), resamples)
    each = scores[study.pair_left, study.pair_right]
    order = np.argsort(each, kind="stable")
    everybody = np.ones((1, len(study.holders)), dtype=np.int64)
    weights = np.concatenate([everybody, people.astype(np.int64)])
    areas = _weighted_areas(
        each[order], study.pair_positive[order], study.pair_left[order], study.pair_right[order], weights)

    if not len(study.appointed):
        nothing = float("nan")
        return Result(float(areas[0]), nothing, nothing, nothing, areas[1:], np.full(resamples, nothing))
    area, rank = _appointment_ranks(study, scores, score_of_board)
    boards, position = np.unique(study.appointed_board, return_inverse=True)
    drawn = random.multinomial(len(boards), np.full(len(boards), 1 / len(boards)), resamples)[:, position]
    return Result(
        pairs=float(areas[0]), appointments=float(area.mean()), reciprocal_rank=float((1 / rank).mean()),
        hits=float((rank <= 10).mean()), pairs_resampled=areas[1:],
        appointments_resampled=(drawn * area).sum(axis=1) / drawn.sum(axis=1))


def mean(results: list[Result]) -> Result:
    """Return the means over several months, without resamples: the months share people, boards and appointments."""
    if len(results) == 1:
        return results[0]
    none = np.empty(0)
    return Result(
        pairs=float(np.mean([result.pairs for result in results])),
        appointments=float(np.mean([result.appointments for result in results])),
        reciprocal_rank=float(np.mean([result.reciprocal_rank for result in results])),
        hits=float(np.mean([result.hits for result in results])), pairs_resampled=none, appointments_resampled=none)


def interval(resampled: Floats) -> tuple[float, float]:
    """Return the 95 % percentile interval; a resample without any positive pair doesn't count, and none gives no numbers."""
    if np.isnan(resampled).all():
        return float("nan"), float("nan")
    low, high = np.nanpercentile(resampled, (2.5, 97.5))
    return float(low), float(high)


def _appointment_ranks(study: Study, scores: Floats, score_of_board: BoardScore) -> tuple[Floats, Floats]:
    """Return for each appointment the share of other candidates below the appointed, and his rank; ties count half."""
    by_board = {
        board: score_of_board(scores[np.ix_(candidates, study.members[board])])
        for board, candidates in study.candidates.items()}
    areas, ranks = [], []
    for person, board in zip(study.appointed.tolist(), study.appointed_board.tolist(), strict=True):
        of_all, candidates = by_board[board], study.candidates[board]
        own = of_all[np.searchsorted(candidates, person)]
        rank = 1 + (of_all > own).sum() + ((of_all == own).sum() - 1) / 2
        ranks.append(rank)
        areas.append((len(candidates) - rank) / max(len(candidates) - 1, 1))
    return np.array(areas), np.array(ranks)


@njit(nogil=True)
def _weighted_areas(each: Floats, positive: Bools, left: Ints, right: Ints, weights: Ints) -> Floats:
    """Return the area under the ROC curve for each row of weights; rows of pairs go up by score, a pair weighs both."""
    areas = np.empty(len(weights))
    for row in range(len(weights)):
        weight = weights[row]
        below = won = yes_all = no_all = 0.0
        at = 0
        while at < len(each):
            yes = no = 0.0
            score = each[at]
            while at < len(each) and each[at] == score:
                pair = weight[left[at]] * weight[right[at]]
                if positive[at]:
                    yes += pair
                else:
                    no += pair
                at += 1
            won += yes * (below + no / 2)
            below += no
            yes_all += yes
            no_all += no
        areas[row] = won / (yes_all * no_all) if yes_all * no_all > 0 else np.nan
    return areas
