"""Which few people open the most companies: maximum expected coverage, greedily, with how far from the optimum it can be."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Waiting = tuple[tuple[int, ...], NDArray[np.float64], float, NDArray[np.int64]]

NODES = 4_000
"""Sets that are looked at to prove an optimum; some tenths of a second on lists of thousands."""
_EPSILON = 1e-12
_NUMBERS = 20_000_000  # kept for sets that wait to be looked at: 160 MB


@dataclass(frozen=True)
class Openings:
    """What each candidate opens, as compressed sparse rows.

    :param start: where each candidate's companies begin, and at the end their number.
    :param company: number of the company.
    :param miss: chance (0 to 1) that this candidate reaches nobody of that company.
    :param companies: how many companies there are.
    """

    start: NDArray[np.int64]
    company: NDArray[np.int64]
    miss: NDArray[np.float64]
    companies: int

    def __len__(self) -> int:
        """Return the number of candidates."""
        return len(self.start) - 1

    def row(self, candidate: int) -> slice:
        """Return the places of a candidate's companies."""
        return slice(int(self.start[candidate]), int(self.start[candidate + 1]))

    def gains(self, missed: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how many companies each candidate adds where each company is still missed with some chance."""
        sums = np.concatenate(([0.0], np.cumsum(missed[self.company] * (1.0 - self.miss))))
        gains: NDArray[np.float64] = sums[self.start[1:]] - sums[self.start[:-1]]
        return gains

    def gain(self, candidate: int, missed: NDArray[np.float64]) -> float:
        """Return how many companies one candidate adds."""
        row = self.row(candidate)
        return float(np.sum(missed[self.company[row]] * (1.0 - self.miss[row])))

    def after(self, candidate: int, missed: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chances of missing each company with one candidate more."""
        row, left = self.row(candidate), missed.copy()
        left[self.company[row]] *= self.miss[row]
        return left


@dataclass(frozen=True)
class Cover:
    """A set of candidates and what it is worth.

    :param chosen: candidates in the order in which they were taken: the one who adds most first.
    :param gains: what each added to those before him.
    :param expected: expected number of companies with at least one decision-maker reached.
    :param bound: no set of this size is worth more.
    :param proven: nothing better exists: every set was looked at or ruled out.
    """

    chosen: tuple[int, ...]
    gains: tuple[float, ...]
    expected: float
    bound: float
    proven: bool


def best_cover(openings: Openings, size: int, *, least_share: float = 0.0, least: int = 1, nodes: int = NODES) -> Cover:
    """Return the set of candidates that reaches the most companies, in expectation.

    Lazy greedy: the expected number is monotone and submodular, so that the best next candidate is found by looking again
    at those alone whose old gain is still the highest, and the result is at least 1 - 1/e of the optimum [1, 2]. The bound
    told is the sharper one of the data at hand: for any set, its worth plus the greatest further gains [2]. Then branch and bound
    looks for a better set until it is proven or `nodes` sets were seen; on small lists the answer is that of exhaustive search.

    1. Nemhauser, Wolsey, Fisher 1978, doi:10.1007/BF01588971. 2. Minoux 1978, doi:10.1007/BFb0006528; Leskovec et al. 2007,
    doi:10.1145/1281192.1281239.

    :param openings: candidates; of equal ones the lower number is taken.
    :param size: how many at most.
    :param least_share: beyond `least`, a further one is only taken if he raises the expected number by this share.
    :param least: so many are taken as long as each adds anything.
    :param nodes: effort for the proof.
    """
    chosen, gains, bound = _greedy(openings, size, least_share, least)
    if not chosen:
        return Cover((), (), 0.0, 0.0, True)
    expected = float(sum(gains))
    better, proven = _search(openings, len(chosen), expected, nodes)
    if better is not None:
        chosen = better
    chosen, gains = _in_order(openings, chosen)
    expected = float(sum(gains))
    return Cover(tuple(chosen), tuple(gains), expected, expected if proven else max(expected, bound), proven)


def _greedy(openings: Openings, size: int, least_share: float, least: int) -> tuple[list[int], list[float], float]:
    missed = np.ones(openings.companies)
    first = openings.gains(missed)
    heap = [(-round(float(gain), 12), candidate) for candidate, gain in enumerate(first) if gain > _EPSILON]
    heapq.heapify(heap)
    chosen: list[int] = []
    gains: list[float] = []
    while heap and len(chosen) < size:
        _, candidate = heapq.heappop(heap)
        gain = openings.gain(candidate, missed)
        key = (-round(gain, 12), candidate)
        if heap and key > heap[0]:
            if gain > _EPSILON:
                heapq.heappush(heap, key)
            continue
        if gain <= _EPSILON or (len(chosen) >= least and gain < least_share * sum(gains)):
            break
        chosen.append(candidate)
        gains.append(gain)
        missed = openings.after(candidate, missed)
    # each prefix bounds the optimum: its worth and the greatest gains that are left
    missed, worth, bound = np.ones(openings.companies), 0.0, np.inf
    for candidate, gain in zip([*chosen, -1], [*gains, 0.0], strict=True):
        left = openings.gains(missed)
        bound = min(bound, worth + float(np.sum(np.sort(left)[::-1][: len(chosen)])))
        if candidate >= 0:
            missed, worth = openings.after(candidate, missed), worth + gain
    return chosen, gains, float(min(bound, openings.companies))


def _search(openings: Openings, size: int, best: float, nodes: int) -> tuple[list[int] | None, bool]:
    """Look for a set worth more than the best known one; return it, and whether none better can exist."""
    found: list[int] | None = None
    seen = 0
    # each entry: the set, what it misses, its worth, and the candidates that may still join
    stack: list[_Waiting] = [((), np.ones(openings.companies), 0.0, np.arange(len(openings)))]
    while stack:
        taken, missed, worth, open_ones = stack.pop()
        seen += 1
        if seen > nodes:
            return found, False
        gains = openings.gains(missed)[open_ones]
        order = np.argsort(-gains, kind="stable")
        open_ones, gains = open_ones[order], gains[order]
        room = size - len(taken)
        if room == 1:
            if len(gains) and worth + gains[0] > best + 1e-9:
                best, found = worth + float(gains[0]), [*taken, int(open_ones[0])]
            continue
        ahead = np.concatenate(([0.0], np.cumsum(gains)))
        children: list[_Waiting] = []
        for place in range(len(open_ones)):
            # the best that sets can be worth which take this one and none before it
            most = worth + float(ahead[min(place + room, len(gains))] - ahead[place])
            if most <= best + 1e-9:
                break
            candidate = int(open_ones[place])
            left = openings.after(candidate, missed)
            children.append(((*taken, candidate), left, worth + float(gains[place]), open_ones[place + 1 :]))
            if (len(children) + len(stack)) * openings.companies > _NUMBERS:
                return found, False
        stack.extend(reversed(children))
    return found, True


def _in_order(openings: Openings, chosen: list[int]) -> tuple[list[int], list[float]]:
    """Order a set so that whoever adds most comes first, and return what each adds to those before."""
    left, missed = sorted(chosen), np.ones(openings.companies)
    order, gains = [], []
    while left:
        candidate = max(left, key=lambda each: (round(openings.gain(each, missed), 12), -each))
        gains.append(openings.gain(candidate, missed))
        missed = openings.after(candidate, missed)
        order.append(candidate)
        left.remove(candidate)
    return order, gains
