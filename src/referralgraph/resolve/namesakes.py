"""Namesakes: the chance that all records of one name in one place are one person.

A group of n records is one person, or two: the person and somebody else of his name there, a relative or a stranger. Of a
person p(k) is the chance to have k records, so

    P = 1 / (1 + (relatives + others) * odds(n, m)),    odds(n, m) = sum over a of p(a) p(n - a) C(n - m, a) / C(n, a) / p(n)

where `relatives` and `others` are the people of his name there to be expected besides him, and a, from 1 to n - m, is how many
of the records are the other's: none of those m whose birth dates agree. Three records are a rarer thing than two times one or two
if hardly anybody has three, which p tells; registers, where few hold dozens of seats, have a long tail.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 60  # records of a group; larger ones are as one of so many
LEAST_PEOPLE = 5000.0  # of lists in a place, as long as nothing was learned: a guess
# relatives of his own name in his own place that a person has in the data, besides those whom `sen.` or `jun.` tell apart: a
# guess, where no birth dates teach it
RELATIVES = 0.002
SURELY_ALONE = 0.002  # names of which fewer others are to be expected in a place teach how many records people have
_WORTH = 100.0  # people that the guess counts as
_GROUPS = 30.0  # groups that the shipped distribution counts as
OF_SEVERAL_NAMES = 0.2  # of relatives of one given name, so many bear all of several: as person_edge_place.sql has it


@dataclass(frozen=True)
class Namesakes:
    """What a model knows of people who are called alike in one place.

    :param relatives: relatives of his name in his place to be expected for a person.
    :param records_of_one: chance that a person has 1, 2, ... records in a place.
    """

    relatives: float = RELATIVES
    records_of_one: tuple[float, ...] = ()

    @property
    def least_people(self) -> float:
        """People to be expected in a place at least: a handful of records doesn't show how small the world is that they come from."""
        return 0.0 if self.records_of_one else LEAST_PEOPLE

    @cached_property
    def odds(self) -> NDArray[np.float64]:
        """Odds of two people against one by the number of records and of those with birth dates that agree."""
        return _odds(self.records_of_one or tuple(_long_tailed().tolist()))

    def chance(self, records: int, dated: int, others: float) -> float:
        """Chance that a group is one person.

        :param records: number of records.
        :param dated: those with a birth date; the dates agree.
        :param others: people of the name to be expected there, relatives among them.
        """
        size = min(records, MOST)
        return 1.0 / (1.0 + others * float(self.odds[size, max(1, min(dated, size))]))

    def chances(
        self, records: NDArray[np.int64], dated: NDArray[np.int64], several_names: NDArray[np.bool_], others: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the chance of each of many groups.

        :param several_names: whether people of the group show two given names or more: few relatives bear all of them.
        :param others: strangers of the name to be expected there.
        """
        size = np.minimum(records, MOST)
        expected = self.relatives * np.where(several_names, OF_SEVERAL_NAMES, 1.0) + others
        found: NDArray[np.float64] = 1.0 / (1.0 + expected * self.odds[size, np.clip(dated, 1, size)])
        return found


def learned_namesakes(
    records: NDArray[np.int64],
    dated: NDArray[np.int64],
    others: NDArray[np.float64],
    consistent: NDArray[np.bool_],
    contradicting: NDArray[np.bool_],
) -> Namesakes:
    """Learn from the groups of one name in one place.

    Relatives are counted where names are so rare that no stranger is to be expected: two birth dates are two people, and both are
    seen where both have a date.

    :param records: number of records of each group.
    :param dated: of these with a birth date.
    :param others: strangers of the name to be expected there.
    :param consistent: whether nothing contradicts.
    :param contradicting: whether birth dates are clearly of two people.
    """
    rare = others < SURELY_ALONE
    counts = np.bincount(np.minimum(records[rare & consistent], MOST), minlength=MOST + 1)[1:].astype(float)
    told = counts + _GROUPS * _long_tailed()
    with_date = float((dated[rare] > 0).mean()) if rare.any() else 0.0
    seen = float(rare.sum()) * with_date**2
    strangers = seen * float(others[rare].mean()) if rare.any() else 0.0
    relatives = (max(0.0, 2.0 * float(contradicting[rare].sum()) - strangers) + _WORTH * RELATIVES) / (seen + _WORTH)
    return Namesakes(relatives, tuple(float(each) for each in told / told.sum()))


def _long_tailed() -> NDArray[np.float64]:
    told = 1.0 / np.arange(1, MOST + 1) ** 2
    shares: NDArray[np.float64] = told / told.sum()
    return shares


@cache
def _odds(shares: tuple[float, ...]) -> NDArray[np.float64]:
    p = np.r_[0.0, shares]
    ways = np.array([[float(math.comb(of, chosen)) for chosen in range(MOST + 1)] for of in range(MOST + 1)])
    found = np.zeros((MOST + 1, MOST + 1))
    for size in range(2, MOST + 1):
        both = p[1:size] * p[size - 1 : 0 : -1] / ways[size, 1:size]
        for dated in range(1, size + 1):
            found[size, dated] = (both * ways[size - dated, 1:size]).sum() / p[size]
    return found
