"""The limit of false merges: from which chance on records may be merged so that no more false merges than that are to be expected.

A chance of 0.99 is one false merge in a hundred *merges*; how many those are among a thousand *people* depends on how often people
have two records, and on what is known of them. So the records that a model is learned from also say how many false merges are to be
expected from which chance on: 1 - P summed over everything that would be merged, all records of one name in one place as one merge,
and each record that other evidence would merge as one, by its likeliest pair.

For so many false merges one chance for both kinds gives the most true ones. Other evidence is held to it only where that is so: if
it would lose more than name and place win by it, then it is merged as ever, and name and place get what it leaves of the limit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# false merges in 1,000 people
_BUDGETS = (*(each / 20 for each in range(1, 41)), 3.0, 5.0, 10.0, 20.0, 50.0)

# of an allowed number: chances are a little too high where names go together, as far as a million people showed (1,010 merges
# were wrong where 1,000 were expected), and what is at most isn't what is on average
SPENT = 0.95
_AT_LEAST = 0.3  # share of the limit that name and place get where other evidence isn't held to it

Limits = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Merges:
    """What would be merged.

    :param chances: of each merge to be right.
    :param worth: for how many merges each stands.
    """

    chances: NDArray[np.float64]
    worth: NDArray[np.float64]

    def false(self) -> float:
        """Return how many false merges are to be expected."""
        return float((self.worth * (1.0 - self.chances)).sum())

    def true(self, least: float) -> float:
        """Return how many true merges are to be expected from a chance on."""
        return float((self.worth * self.chances)[self.chances >= least].sum())

    def least(self, false: float) -> float:
        """Return the chance from which on no more false merges than so many are to be expected, 0 where all may be merged."""
        order = np.argsort(-self.chances, kind="stable")
        falling = self.chances[order]
        expected = np.cumsum(self.worth[order] * (1.0 - falling))
        fit = int(np.searchsorted(expected, false, side="right"))
        # above what wouldn't fit any more, so that equal chances stand or fall together
        return min(1.0, math.nextafter(float(falling[fit]), 2.0)) if fit < len(falling) else 0.0


def learned_limits(by_place: Merges, by_evidence: Merges, people: float, *, together: bool = False) -> Limits:
    """Return for each number of false merges in 1,000 people the chances from which on merges keep to it.

    :param by_place: merges by name and place.
    :param by_evidence: merges by other evidence.
    :param people: people that there are.
    :param together: whether other evidence is held to the limit in any case.
    :returns: the number, the chance for name and place, and the one for other evidence; 0 where all may be merged.
    """
    both = Merges(np.r_[by_place.chances, by_evidence.chances], np.r_[by_place.worth, by_evidence.worth])
    limits = []
    for budget in _BUDGETS:
        # of fewer than a thousand people one false merge in a thousand is one: a part of a person can't be kept apart
        allowed = budget * max(1000.0, people) / 1000.0
        one = both.least(allowed)
        rest = by_place.least(max(_AT_LEAST * allowed, allowed - by_evidence.false()))
        most = together or both.true(one) >= by_place.true(rest) + by_evidence.true(0.0)
        limits.append((budget, one, one) if most else (budget, rest, 0.0))
    return tuple(limits)


def merge_from(limits: Limits, allowed: float) -> tuple[float, float]:
    """Return the chances from which on name and place, and other evidence, keep to a limit; 0 where nothing was learned.

    :param allowed: false merges in 1,000 people; between the numbers learned the lower one counts.
    """
    fitting = [chances for most, *chances in limits if most <= allowed]
    if not fitting:
        return (1.0, 1.0) if limits else (0.0, 0.0)
    by_place, by_evidence = fitting[-1]
    return by_place, by_evidence


def fewest_people(records: int, matches_a_record: float) -> float:
    """Return how many people so many records are of at least, if each has so many others of the same person on average.

    Where a person has k records, each of them is 1/k of a person. Of all numbers of records with this average, those next to it
    make the fewest people: 1/k is convex.

    >>> fewest_people(1000, 0.5), fewest_people(1000, 1.0), fewest_people(1000, 1.5)
    (750.0, 500.0, 416.6666666666667)
    """
    lower = math.floor(1.0 + matches_a_record)
    part = 1.0 + matches_a_record - lower
    return records * ((1.0 - part) / lower + part / (lower + 1))

