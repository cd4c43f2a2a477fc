"""The exact search over whole numpy arrays: for the first questions of a process, before machine code is worth loading.

The same recipe as `kernel` (chains from both ends, joined where they meet, shortest first, pruned by the strength that others must
reach) and the same answers, without a loop over ties: some 50 to 100 nanoseconds a tie instead of 10, but nothing to load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.index.ranking import LONGEST, PATH, SLACK, SPARE_BITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from referralgraph.index.table import Records

_AT_ONCE = 200_000  # chains joined at once: enough to make numpy worth its calls, few enough to stay in the cache


class _TooMuch(Exception):
    """More ties or chains than whole arrays are good for, or out of time."""


@dataclass(frozen=True)
class Half:
    """Chains of equally many ties from one end, none of which passes through a person who may not be an introducer.

    :param people: one row a chain, from the end outward.
    :param ties: strengths in the same order, one column less.
    :param worth: their products.
    """

    people: NDArray[np.int32]
    ties: NDArray[np.float64]
    worth: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of chains."""
        return len(self.worth)

    @property
    def last(self) -> NDArray[np.int32]:
        """The person at the far end of each chain."""
        return self.people[:, -1]

    @property
    def most(self) -> float:
        """The strongest product, 0 without chains."""
        return float(self.worth.max(initial=0.0))

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Half:
        """Return some of the chains."""
        return Half(self.people[chosen], self.ties[chosen], self.worth[chosen])


@dataclass
class Graph:
    """Rows of ties with what one question adds: who may be inside, how much may be looked at, the flag to stop.

    :param inside: one flag a person: whether he may be an introducer.
    :param limit: ties and chains to look at before giving up.
    """

    indptr: NDArray[np.int64]
    neighbour: NDArray[np.int32]
    strength: NDArray[np.float64]
    ceiling: NDArray[np.float64]
    inside: NDArray[np.bool_]
    limit: int
    stop: NDArray[np.uint8]
    looked: int = 0
    joined: int = 0

    def spend(self, ties: int = 0, chains: int = 0) -> None:
        """Count what is looked at next.

        :raises _TooMuch: if it is more than allowed, or the time is over.
        """
        if self.stop[0] or self.looked + self.joined + ties + chains > self.limit:
            raise _TooMuch
        self.looked += ties
        self.joined += chains

    def start(self, ends: NDArray[np.int32]) -> Half:
        """Return the chains of no tie that begin at the ends."""
        return Half(ends.reshape(-1, 1), np.zeros((len(ends), 0)), np.ones(len(ends)))

    def cost(self, half: Half) -> int:
        """Return how many ties lie one step further."""
        return int((self.indptr[half.last + 1] - self.indptr[half.last]).sum())

    def steps(self, half: Half, least: float) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return for each chain and each tie that can follow: the chain, the place of the tie, and the product.

        :param least: what a product must reach.
        """
        first = self.indptr[half.last]
        counts = self._cut(first, self.indptr[half.last + 1], least / half.worth) - first
        self.spend(ties=int(counts.sum()))
        chain = np.repeat(np.arange(len(half)), counts)
        place = np.arange(len(chain)) + np.repeat(first - np.r_[0, np.cumsum(counts)[:-1]], counts) if len(half) else chain
        worth = half.worth[chain] * self.strength[place]
        kept = (worth >= least) & (worth > 0.0)
        return chain[kept], place[kept], worth[kept]

    def grown(self, half: Half, least: float) -> Half:
        """Return the chains that are one introducer longer and whose product reaches what is asked for."""
        chain, place, worth = self.steps(half, least)
        person = self.neighbour[place]
        kept = self.inside[person]
        for column in range(1, half.people.shape[1]):
            kept &= half.people[chain, column] != person
        chain, place, person = chain[kept], place[kept], person[kept]
        return Half(
            np.column_stack((half.people[chain], person)),
            np.column_stack((half.ties[chain], self.strength[place])),
            worth[kept],
        )

    def _cut(
        self, start: NDArray[np.int64], stop: NDArray[np.int64], need: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Return where in each row the ties end that can be as strong as what the row needs, by bisection in all at once."""
        low, high = start.copy(), stop.copy()
        last = max(len(self.ceiling) - 1, 0)
        while (going := low < high).any():
            middle = (low + high) >> 1
            reaches = self.ceiling[np.minimum(middle, last)] >= need
            low = np.where(going & reaches, middle + 1, low)
            high = np.where(going & ~reaches, middle, high)
        return low


class _Best:
    """The k strongest paths so far; see `ranking` for what is equal and which goes first."""

    def __init__(self, k: int, min_strength: float) -> None:
        self._k = k
        self._floor = int(_ranks(np.array([min_strength]))[0])
        self.people = np.zeros((0, LONGEST + 1), np.int32)
        self.size = np.zeros(0, np.int32)
        self.strength = np.zeros(0)
        self.rank = np.zeros(0, np.int64)
        self.least = max(_lowest(self._floor) * SLACK, 5e-324)

    def add(self, people: NDArray[np.int32], ties: NDArray[np.float64]) -> None:
        """Take paths, one a row, from source to target."""
        strength = np.ones(len(people))
        for column in range(ties.shape[1]):
            strength = strength * ties[:, column]
        rank = _ranks(strength)
        fits = (rank >= self._floor) & (strength > 0.0)
        if len(self.rank) == self._k:
            fits &= rank >= self.rank[-1]
        if not fits.any():
            return
        rows = np.flatnonzero(fits)
        # -1 sorts before every person: of two paths that begin alike the shorter goes first
        wide = np.full((len(rows), LONGEST + 1), -1, np.int32)
        wide[:, : people.shape[1]] = people[rows]
        everybody = np.concatenate((self.people, wide))
        ranks = np.concatenate((self.rank, rank[rows]))
        order = np.lexsort((*everybody.T[::-1], -ranks))[: self._k]
        self.people, self.rank = everybody[order], ranks[order]
        self.size = np.concatenate((self.size, np.full(len(rows), people.shape[1], np.int32)))[order]
        self.strength = np.concatenate((self.strength, strength[rows]))[order]
        if len(self.rank) == self._k:
            self.least = max(self.least, _lowest(int(self.rank[-1])) * SLACK)

    def records(self) -> Records:
        """Return the paths as the kernel does."""
        found = np.zeros(len(self.rank), PATH)
        found["people"] = np.maximum(self.people, 0)
        found["size"], found["strength"], found["rank"] = self.size, self.strength, self.rank
        return found


def search(
    indptr: NDArray[np.int64],
    neighbour: NDArray[np.int32],
    strength: NDArray[np.float64],
    ceiling: NDArray[np.float64],
    barred: NDArray[np.bool_],
    blocked: NDArray[np.int32],
    sources: NDArray[np.int32],
    targets: NDArray[np.int32],
    k: int,
    max_ties: int,
    min_strength: float,
    limit: int,
    stop: NDArray[np.uint8],
) -> tuple[Records, int, bool]:
    """Find the k strongest simple paths; parameters and answer are those of `referralgraph.index.kernel.search`."""
    inside = ~barred if len(barred) else np.ones(len(indptr) - 1, np.bool_)
    inside[blocked] = False
    graph = Graph(indptr, neighbour, strength, ceiling, inside, limit, stop)
    best = _Best(k, min_strength)
    try:
        _search(graph, graph.start(sources), graph.start(targets), max_ties, best)
    except _TooMuch:
        return best.records(), graph.looked, False
    return best.records(), graph.looked, True


def _search(graph: Graph, near: Half, far: Half, max_ties: int, best: _Best) -> None:
    _direct(graph, near, far, best)
    if max_ties < 2:
        return
    near, far = graph.grown(near, best.least), graph.grown(far, best.least)
    for length in range(2, max_ties + 1):
        # what can't reach any more with the strongest chain of the other side needn't be looked at again
        near = near.take(near.worth * far.most >= best.least)
        far = far.take(far.worth * near.most >= best.least)
        if not len(near) or not len(far):
            return
        if length > 2:
            if graph.cost(near) <= graph.cost(far):
                near = graph.grown(near, best.least / far.most * SLACK)
            else:
                far = graph.grown(far, best.least / near.most * SLACK)
        _join(graph, near, far, best)


def _direct(graph: Graph, near: Half, far: Half, best: _Best) -> None:
    flipped = graph.cost(near) > graph.cost(far)
    start, end = (far, near) if flipped else (near, far)
    chain, place, _ = graph.steps(start, best.least)
    goal = np.zeros(len(graph.inside), np.bool_)
    goal[end.last] = True
    met = goal[graph.neighbour[place]]
    people = np.column_stack((start.last[chain[met]], graph.neighbour[place[met]]))
    best.add(people[:, ::-1] if flipped else people, graph.strength[place[met]].reshape(-1, 1))


def _join(graph: Graph, near: Half, far: Half, best: _Best) -> None:
    """Offer every path of a chain from the one end and a chain from the other that meet in an introducer."""
    meets = np.zeros(len(graph.inside), np.bool_)
    meets[far.last] = True
    near = near.take(meets[near.last])
    if not len(near):
        return
    meets[far.last] = False
    meets[near.last] = True
    far = far.take(meets[far.last])
    # of each introducer the chains from the far end lie together, the strongest first
    far = far.take(np.lexsort((-far.worth, far.last)))
    who, first = np.unique(far.last, return_index=True)
    after = np.append(first[1:], len(far))
    group = np.searchsorted(who, near.last)
    bound = near.worth * far.worth[first[group]]
    order = np.argsort(-bound, kind="stable")
    order = order[: np.count_nonzero(bound >= best.least)]
    near, group, bound = near.take(order), group[order], bound[order]
    at = 0
    while at < len(near) and bound[at] >= best.least:
        rows = slice(at, at + _AT_ONCE)
        begin = first[group[rows]]
        end = _reaching(far.worth, begin, after[group[rows]], best.least / near.worth[rows])
        sizes = end - begin
        count = max(1, int(np.searchsorted(np.cumsum(sizes), _AT_ONCE, side="right")))
        sizes = sizes[:count]
        graph.spend(chains=int(sizes.sum()))
        one = np.repeat(np.arange(at, at + count), sizes)
        other = np.arange(len(one)) + np.repeat(begin[:count] - np.r_[0, np.cumsum(sizes)[:-1]], sizes)
        _offer(near, far, one, other, best)
        at += count


def _reaching(
    worth: NDArray[np.float64], begin: NDArray[np.int64], end: NDArray[np.int64], need: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return where in each falling stretch of `worth` the numbers end that are as great as what it needs."""
    low, high = begin.copy(), end.copy()
    while (going := low < high).any():
        middle = np.minimum((low + high) >> 1, len(worth) - 1)
        reaches = worth[middle] >= need * SLACK
        low = np.where(going & reaches, middle + 1, low)
        high = np.where(going & ~reaches, middle, high)
    return low


def _offer(near: Half, far: Half, one: NDArray[np.int64], other: NDArray[np.int64], best: _Best) -> None:
    """Take the joined chains that meet nobody twice."""
    kept = near.worth[one] * far.worth[other] >= best.least
    kept &= near.people[one, 0] != far.people[other, 0]
    one, other = one[kept], other[kept]
    simple = np.ones(len(one), np.bool_)
    for mine in range(1, near.people.shape[1] - 1):
        for theirs in range(1, far.people.shape[1] - 1):
            simple &= near.people[one, mine] != far.people[other, theirs]
    one, other = one[simple], other[simple]
    best.add(
        np.column_stack((near.people[one], far.people[other][:, -2::-1])),
        np.column_stack((near.ties[one], far.ties[other][:, ::-1])),
    )


def _ranks(strength: NDArray[np.float64]) -> NDArray[np.int64]:
    ranks: NDArray[np.int64] = (strength.astype(np.float64).view(np.int64) + (1 << (SPARE_BITS - 1))) >> SPARE_BITS
    return ranks


def _lowest(rank: int) -> float:
    return float(np.int64(max((rank << SPARE_BITS) - (1 << SPARE_BITS), 0)).view(np.float64))
