"""Who opens which target companies: our best tie to each person times his ties to the decision-makers, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.index.reasons import Filter
from referralgraph.index.revision import RevisionIndex
from referralgraph.score.coverage import Openings

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Known:
    """How well each person of the revision is known to us.

    :param strength: of our best chain to him, 0 for none.
    :param through: position of who of us begins it, -1 for none.
    :param via: position of the introducer between, -1 for none.
    """

    strength: NDArray[np.float64]
    through: NDArray[np.int32]
    via: NDArray[np.int32]


def known_to_us(index: RevisionIndex, chosen: Filter, ours: Sequence[int], barred: NDArray[np.bool_], introducers: int) -> Known:
    """Return our best tie to everybody; with `introducers` 1 also over one person who may introduce.

    Of equal ties that of the lower position counts, ours first, then the introducer.
    """
    people = index.count
    strength, through, via = np.zeros(people), np.full(people, -1, np.int32), np.full(people, -1, np.int32)
    own = np.array(sorted(set(ours)), np.int64)
    of, to, weight = index.rows_of(own, chosen)
    # written from the weakest to the strongest, so that the last one to write is the best
    order = np.lexsort((-of, weight))
    strength[to[order]], through[to[order]] = weight[order], own[of[order]]
    mine = np.zeros(people, np.bool_)
    mine[own] = True
    strength[mine], through[mine] = 0.0, -1
    if introducers:
        between = np.flatnonzero((strength > 0) & ~barred)
        of, to, weight = index.rows_of(between, chosen)
        weight = weight * strength[between[of]]
        order = np.lexsort((-of, weight))
        of, to, weight = of[order], to[order], weight[order]
        better = weight > strength[to]
        of, to, weight = of[better], to[better], weight[better]
        first, by = through.copy(), between[of]
        strength[to], through[to], via[to] = weight, first[by], by
        strength[mine], through[mine], via[mine] = 0.0, -1, -1
    return Known(strength, through, via)


@dataclass(frozen=True)
class Reach:
    """Ties of people to decision-makers, one entry each, sorted by person, then company.

    :param person: position of who may open.
    :param company: number of the company in the target list.
    :param decision_maker: position of the person to be reached.
    :param tie: strength of their tie.
    """

    person: NDArray[np.int64]
    company: NDArray[np.int64]
    decision_maker: NDArray[np.int64]
    tie: NDArray[np.float64]
    companies: int


def reach_of(index: RevisionIndex, chosen: Filter, targets: Sequence[Sequence[int]]) -> Reach:
    """Return everybody who is tied to a decision-maker of a company.

    :param targets: positions of the decision-makers of each company.
    """
    company = np.repeat(np.arange(len(targets)), [len(each) for each in targets])
    deciding = np.array([person for each in targets for person in each], np.int64)
    of, person, tie = index.rows_of(deciding, chosen)
    order = np.lexsort((deciding[of], company[of], person))
    of = of[order]
    return Reach(person[order].astype(np.int64), company[of], deciding[of], tie[order], len(targets))


def openings_of(reach: Reach, known: NDArray[np.float64], least: float) -> tuple[NDArray[np.int64], Openings]:
    """Return what everybody opens who is known to us: the people by position, and their companies.

    :param known: strength of our tie to each person, 0 for who may not be counted.
    :param least: products of ties below this are noise and count for nothing.
    """
    strength = known[reach.person] * reach.tie
    kept = (strength > 0) & (strength >= least)
    person, company, missed = reach.person[kept], reach.company[kept], np.log1p(-np.minimum(strength[kept], 1 - 1e-15))
    if not len(person):
        return np.zeros(0, np.int64), Openings(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0), reach.companies)
    new = np.concatenate(([True], (person[1:] != person[:-1]) | (company[1:] != company[:-1])))
    at = np.flatnonzero(new)
    miss = np.exp(np.add.reduceat(missed, at))
    of, company = person[at], company[at]
    first = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1])))
    return of[first], Openings(np.append(first, len(of)).astype(np.int64), company, miss, reach.companies)
