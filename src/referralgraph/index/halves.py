"""Chains from one end of a question, as whole arrays: what the search of a fresh process is made of (see `vectors`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TooMuch(Exception):
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

        :raises TooMuch: if it is more than allowed, or the time is over.
        """
        if self.stop[0] or self.looked + self.joined + ties + chains > self.limit:
            raise TooMuch
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
