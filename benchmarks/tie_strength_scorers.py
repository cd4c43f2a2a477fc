"""Ways to score two people: those of the published study, ours, and everything that was tried and lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import scipy.sparse as sparse
from tie_strength_boards import Bools, Floats, Study
from tie_strength_measures import BoardScore, best_member
from tie_strength_paths import best_products, disjoint_routes

from referralgraph.score.settings import TieSettings
from referralgraph.score.strength import (
    group_score,
    noisy_or,
    pair_score,
    route_strength,
    seat_activity,
    shared_mandate_strength,
)

PLAIN = TieSettings(half_life_years=np.inf)
SPINE = TieSettings()


@dataclass(frozen=True)
class Scorer:
    """What it gives every two seat-holders; and how a candidate's scores with a board's members are joined."""

    name: str
    scores: Callable[[Study], Floats]
    of_board: BoardScore = best_member


def whole_board(scores: Floats) -> Floats:
    """Return the product's own score of candidates (rows) for a board (columns its members)."""
    members = scores.shape[1]
    return group_score(scores.ravel(), np.arange(len(scores) + 1) * members)


def reason_strength(study: Study, settings: TieSettings) -> Floats:
    """Return the strength of every shared mandate at the month of the study."""
    return shared_mandate_strength(study.shared.mean_body_size, study.shared.months_since / 12.0, settings)


def ties(study: Study, reasons: Floats) -> sparse.csr_array:
    """Combine the reasons of each two people by the product's noisy-or; both directions, reasons of 0 left out."""
    counts = reasons > 0.0
    left, right, reasons = study.shared.left[counts], study.shared.right[counts], reasons[counts]
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    new = np.flatnonzero(np.r_[True, (left[1:] != left[:-1]) | (right[1:] != right[:-1])])
    strength = noisy_or(reasons[order], np.r_[new, len(order)])
    both = (np.r_[left[new], right[new]], np.r_[right[new], left[new]])
    return sparse.csr_array((np.r_[strength, strength], both), shape=(study.people, study.people))


def best_product(study: Study, network: sparse.csr_array) -> Floats:
    """Return the strength of the best path of any length between seat-holders."""
    return np.asarray(
        best_products(network.indptr, network.indices, network.data, study.holders)[:, study.holders])


def routes(study: Study, network: sparse.csr_array, settings: TieSettings) -> Floats:
    """Return the strengths of paths that share no introducer, strongest first, for every two seat-holders."""
    return np.asarray(disjoint_routes(
        network.indptr, network.indices, network.data, study.steps, study.holders, settings.routes,
        settings.longest_route))


def activity(study: Study, settings: TieSettings) -> Floats:
    """Return the product's activity of every seat-holder."""
    return seat_activity(study.held_person, study.held_years, len(study.holders), settings)


def independent_routes(study: Study, settings: TieSettings) -> Floats:
    """Return the product's route strength of every two seat-holders."""
    network = ties(study, reason_strength(study, settings))
    return route_strength(routes(study, network, settings), best_product(study, network))


def ours(study: Study, settings: TieSettings = SPINE) -> Floats:
    """Return the product's own pair score."""
    active = activity(study, settings)
    return pair_score(independent_routes(study, settings), active[:, None], active[None, :], settings)


def scorers() -> Iterator[Scorer]:
    """Yield the scorers of the study, then ours; path length comes first and ours last."""

    def neighbours(study: Study, weigh: Callable[[Floats], Floats]) -> Floats:
        network = ties(study, np.full(len(study.shared.left), 0.5)) > 0.0
        whole = network.astype(np.float64)
        weight = sparse.diags_array(weigh(np.asarray(whole.sum(axis=1)).ravel()))
        near = whole[study.holders]
        return np.asarray((near @ weight @ near.T).toarray(), dtype=np.float64)

    def product(settings: TieSettings) -> Callable[[Study], Floats]:
        return lambda study: best_product(study, ties(study, reason_strength(study, settings)))

    yield Scorer("path length", lambda study: -study.steps[:, study.holders].astype(np.float64))
    yield Scorer("common neighbours", lambda study: neighbours(study, np.ones_like))
    yield Scorer("Adamic-Adar", lambda study: neighbours(study, lambda count: 1 / np.log(np.maximum(count, 2))))
    yield Scorer("product of mandates", lambda study: np.outer(_mandates(study), _mandates(study)))
    yield Scorer("0.9/(n-1), best path", product(replace(PLAIN, size_exponent=1.0)))
    yield Scorer("0.9/sqrt(n-1), best path", product(PLAIN))
    yield Scorer("the same, half-life 4 years", product(SPINE))
    yield Scorer("the same, 3 routes", lambda study: independent_routes(study, SPINE), whole_board)
    yield Scorer("ours: routes and activity", ours, whole_board)


def tried() -> Iterator[Scorer]:
    """Yield what was tried on the way: one thing changed at a time."""

    def path(settings: TieSettings, weigh: Callable[[Study], Floats] = lambda study: np.ones(1)) -> Callable[
            [Study], Floats]:
        return lambda study: best_product(study, ties(study, reason_strength(study, settings) * weigh(study)))

    for years in (1.0, 2.0, 3.0, 8.0):
        yield Scorer(f"path: half-life {years:g}", path(replace(SPINE, half_life_years=years)))
    for exponent in (0.0, 0.25, 0.75, 1.0):
        yield Scorer(f"path: size exponent {exponent:g}", path(replace(SPINE, size_exponent=exponent)))
    for base in (0.5, 0.99):
        yield Scorer(f"path: base {base:g}", path(replace(SPINE, base_shared_mandate=base)))
    yield Scorer("path: long overlap counts", path(SPINE, lambda study: 1 - 0.5 ** (study.shared.months_together / 12)))
    yield Scorer("path: long overlap hurts", path(SPINE, lambda study: 0.5 ** (study.shared.months_together / 24)))
    yield Scorer("path: old acquaintance fades", path(PLAIN, lambda study: 0.5 ** (study.shared.months_known / 48)))
    yield Scorer("path: current ties only", path(SPINE, lambda study: 1.0 * (study.shared.months_since == 0)))
    yield Scorer("path: best 3-member mean", path(SPINE), lambda scores: np.sort(scores, axis=1)[:, -3:].mean(axis=1))
    yield Scorer("path: introducers in common", lambda study: _common_introducers(study, SPINE))
    yield Scorer("path: Katz, 4 ties", lambda study: _katz(study, SPINE))
    yield Scorer("path: random walk", lambda study: _random_walk(study, SPINE))
    for count in (1, 2, 5):
        yield Scorer(f"ours: {count} routes", _ours(replace(SPINE, routes=count)), whole_board)
    for background in (0.001, 0.005, 0.02, 0.05):
        yield Scorer(f"ours: background {background:g}", _ours(replace(SPINE, background=background)), whole_board)
    yield Scorer("ours: size exponent 1", _ours(replace(SPINE, size_exponent=1.0)), whole_board)
    yield Scorer("ours: best member", ours)
    for power in (0.25, 1.0):
        yield Scorer(f"ours: activity to the {power:g}", partial(_powered, power=power), whole_board)
    yield Scorer("ours: number of seats only", _seats_only, whole_board)
    yield Scorer("ours: activity, no routes", lambda study: np.outer(activity(study, SPINE), activity(study, SPINE)))
    yield Scorer("ours: same region counts twice", lambda study: ours(study) * (1.0 + _same_region(study)), whole_board)
    yield Scorer("ours: freshly appointed only", _fresh_only, whole_board)


def _ours(settings: TieSettings) -> Callable[[Study], Floats]:
    return lambda study: ours(study, settings)


def _powered(study: Study, power: float) -> Floats:
    active = activity(study, SPINE) ** (2 * power)
    return pair_score(independent_routes(study, SPINE), active[:, None], active[None, :], SPINE)


def _seats_only(study: Study) -> Floats:
    seats = _mandates(study)
    return pair_score(independent_routes(study, SPINE), seats[:, None], seats[None, :], SPINE)


def _fresh_only(study: Study) -> Floats:
    fresh = activity(study, SPINE) - _mandates(study)
    return pair_score(independent_routes(study, SPINE), fresh[:, None], fresh[None, :], SPINE)


def _mandates(study: Study) -> Floats:
    return np.bincount(study.held_person, minlength=len(study.holders)).astype(np.float64)


def _same_region(study: Study) -> Bools:
    """Return who holds seats in one postal region, the first two figures of the postcode."""
    regions = sorted({place[:2] for place in study.held_place if place[:2].isdigit()})
    column = {region: i for i, region in enumerate(regions)}
    there = np.zeros((len(study.holders), len(regions) + 1))
    for person, place in zip(study.held_person.tolist(), study.held_place, strict=True):
        if place[:2] in column:
            there[person, column[place[:2]]] = 1.0
    return np.asarray(there @ there.T > 0.0)


def _common_introducers(study: Study, settings: TieSettings) -> Floats:
    network = ties(study, reason_strength(study, settings))
    near = network[study.holders]
    two = -np.expm1(-(near @ near.T).toarray())
    return np.asarray(np.maximum(best_product(study, network), two))


def _katz(study: Study, settings: TieSettings, damping: float = 0.3) -> Floats:
    network = ties(study, reason_strength(study, settings)) * damping
    walk = network[study.holders].toarray()
    total = walk.copy()
    for _ in range(3):
        walk = walk @ network
        total += walk
    return np.asarray(total[:, study.holders])


def _random_walk(study: Study, settings: TieSettings, goes_on: float = 0.5) -> Floats:
    network = ties(study, reason_strength(study, settings))
    degree = np.maximum(np.asarray(network.sum(axis=1)).ravel(), 1e-12)
    step = (network / degree[:, None]).toarray()
    to_holders = np.eye(study.people)[:, study.holders]
    visits = np.linalg.solve(np.eye(study.people) - goes_on * step, to_holders)[study.holders]
    return np.asarray(visits + visits.T)
