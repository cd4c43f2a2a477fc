"""One vote a person and one a failure: a group wound up together is one event, however many of its people sit here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from referralgraph.risk.neighbourhood import Neighbourhood

_MOST_COMPARED = 60  # failures of one company's people that are compared pair by pair


@dataclass(frozen=True)
class Votes:
    """Every recent failure that somebody links a company to; sorted by company, the surest first.

    :ivar group: failures of one company with an equal number are one event.
    :ivar counts: whether it is a vote, or tells a person or an event a second time.
    :ivar once: for each company of the table the chance of at least one vote; ``twice`` of at least two.
    """

    company: NDArray[np.int32]
    person: NDArray[np.int32]
    neighbour: NDArray[np.int32]
    identity: NDArray[np.float64]
    group: NDArray[np.int64]
    counts: NDArray[np.bool_]
    once: NDArray[np.float64]
    twice: NDArray[np.float64]

    def of(self, company: int) -> NDArray[np.int64]:
        """Return the rows of one company."""
        return np.arange(*np.searchsorted(self.company, [company, company + 1]))


def cast_votes(
    around: Neighbourhood,
    company: NDArray[np.int32],
    person: NDArray[np.int32],
    neighbour: NDArray[np.int32],
    identity: NDArray[np.float64],
) -> Votes:
    """Choose among all links to failures those that count.

    The surest first, then the latest failure: a link counts if neither its person nor its event has voted yet.

    :param around: the day on which is asked.
    :param company: company of each link; ``person``, ``neighbour`` (the company that failed) and ``identity`` beside it.
    """
    order = np.lexsort((neighbour, person, -around.event[neighbour], -np.round(identity, 12), company))
    company, person, neighbour, identity = company[order], person[order], neighbour[order], identity[order]
    group = np.arange(len(company))
    counts = np.ones(len(company), np.bool_)
    once, twice = np.zeros(around.table.companies), np.zeros(around.table.companies)
    start = np.flatnonzero(np.r_[True, company[1:] != company[:-1]]) if len(company) else np.zeros(0, np.int64)
    size = np.diff(np.r_[start, len(company)])
    once[company[start[size == 1]]] = identity[start[size == 1]]
    for first, length in zip(start[size > 1].tolist(), size[size > 1].tolist(), strict=True):
        rows = slice(first, first + length)
        group[rows] = first + _groups(around, neighbour[rows])
        counts[rows] = first_votes(person[rows].tolist(), group[rows].tolist())
        none, one = 1.0, 0.0  # chances of no vote and of exactly one
        for chance in identity[rows][counts[rows]].tolist():
            none, one = none * (1 - chance), one * (1 - chance) + none * chance
        once[company[first]], twice[company[first]] = 1 - none, 1 - none - one
    return Votes(company, person, neighbour, identity, group, counts, once, np.maximum(twice, 0.0))


def first_votes(people: Sequence[int], events: Sequence[int]) -> list[bool]:
    """Return which links count: those whose person and whose event haven't voted before, in the order given."""
    heard: set[int] = set()
    seen: set[int] = set()
    found = []
    for who, event in zip(people, events, strict=True):
        free = who not in heard and event not in seen
        if free:
            heard.add(who)
            seen.add(event)
        found.append(free)
    return found


def _groups(around: Neighbourhood, neighbour: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return for each failure the number of the first one of its group: within the days, and of one address, name or people."""
    failed = list(dict.fromkeys(neighbour.tolist()))
    leader = {each: each for each in failed}

    def find(each: int) -> int:
        while leader[each] != each:
            each = leader[each]
        return each

    compared = failed[:_MOST_COMPARED]
    for at, one in enumerate(compared):
        for other in compared[at + 1 :]:
            if find(one) != find(other) and same_event(around, one, other):
                leader[find(other)] = find(one)
    place = {each: at for at, each in enumerate(failed)}
    return np.array([place[find(each)] for each in neighbour.tolist()], np.int64)


def same_event(around: Neighbourhood, one: int, other: int) -> bool:
    """Return whether two failures are one event: close in time, and of one group."""
    apart = abs(int(around.event[one]) - int(around.event[other]))
    return apart <= around.rules.group_days and same_group(around, one, other)


def same_group(around: Neighbourhood, one: int, other: int) -> bool:
    """Return whether two companies are of one group: one address, one name stem, or two shared people."""
    table = around.table
    for column in (table.company_stem, table.company_address):
        if column[one] >= 0 and column[one] == column[other]:
            return True
    return len(np.intersect1d(around.people_of(one), around.people_of(other))) >= 2
