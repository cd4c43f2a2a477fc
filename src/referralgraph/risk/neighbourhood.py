"""The neighbourhood of companies on one day: who is linked to whose failure, seen with what was known by then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.risk.days import NEVER
from referralgraph.risk.identity import identity_of
from referralgraph.risk.table import RiskTable
from referralgraph.risk.votes import Votes, cast_votes
from referralgraph.score.risk import EvidenceRules

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLEAN, OLD, RECENT = 0, 1, 2


@dataclass(frozen=True)
class Pairs:
    """One row for each person and company linked by more than a liquidator's seat, sorted by person, then company.

    :ivar first: first row of the pair among the known seats.
    :ivar rows: how many rows it has.
    :ivar left: day on which the person left, ``NEVER`` if he isn't known to have left.
    """

    person: NDArray[np.int32]
    company: NDArray[np.int32]
    first: NDArray[np.int64]
    rows: NDArray[np.int64]
    left: NDArray[np.int32]


class Neighbourhood:
    """Everything that was known by one day.

    :param table: links and events.
    :param day: day number; nothing after it is seen.
    :param rules: what counts as evidence.
    """

    def __init__(self, table: RiskTable, day: int, rules: EvidenceRules) -> None:
        self.table, self.day, self.rules = table, day, rules
        known = (np.asarray(table.seat_known) <= day) & (np.asarray(table.seat_company) >= 0)
        self._seats = np.flatnonzero(known)
        person, company = table.seat_person[self._seats], table.seat_company[self._seats]
        new = np.ones(len(person), np.bool_)
        new[1:] = (person[1:] != person[:-1]) | (company[1:] != company[:-1])
        self.bodies = np.bincount(person[new], minlength=table.people)
        self.hub = self.bodies > rules.most_companies
        self.event = np.where(table.first_event <= day, table.first_event, NEVER)
        self.pairs = self._pairs()
        event, left = self.event[self.pairs.company].astype(np.int64), self.pairs.left.astype(np.int64)
        recent = (event > day - rules.window_days) & (event <= day) & (left >= event - rules.window_days)
        self.status = np.where(recent, RECENT, np.where(event <= day, OLD, CLEAN)).astype(np.int8)
        self.counts = np.stack(
            [np.bincount(self.pairs.person[self.status == each], minlength=table.people) for each in (CLEAN, OLD, RECENT)], axis=1
        )
        # who left the company that is asked about long ago says nothing about it any more
        self.stays = left >= day - rules.window_days
        self.eligible = ~self.hub & (self.counts.sum(axis=1) >= rules.fewest_companies)

    def _pairs(self) -> Pairs:
        table = self.table
        seats = self._seats[~table.seat_liquidator[self._seats]]
        person, company = table.seat_person[seats], table.seat_company[seats]
        new = np.ones(len(seats), np.bool_)
        new[1:] = (person[1:] != person[:-1]) | (company[1:] != company[:-1])
        first = np.flatnonzero(new)
        left = table.seat_left[seats]
        left = np.where(left <= self.day, left, NEVER).astype(np.int32)
        self._records = table.seat_record[seats]
        return Pairs(
            person[first],
            company[first],
            first,
            np.diff(np.r_[first, len(seats)]),
            np.maximum.reduceat(left, first) if len(first) else left,
        )

    @cached_property
    def others(self) -> NDArray[np.int64]:
        """For each pair, how many other companies of the person are clean, old and recent."""
        found = self.counts[self.pairs.person].copy()
        found[np.arange(len(found)), self.status] -= 1
        return found

    def any_link(self, status: int) -> NDArray[np.bool_]:
        """Return for each company whether somebody who counts has another company of a status."""
        used = self.eligible[self.pairs.person] & self.stays & (self.others[:, status] > 0)
        return self._flag(used)

    def any_hub(self) -> NDArray[np.bool_]:
        """Return for each company whether somebody with too many companies is linked to it."""
        return self._flag(self.hub[self.pairs.person])

    def linked_companies(self) -> NDArray[np.int64]:
        """Return for each company how many other companies its people have, summed over the people who count."""
        used = self.eligible[self.pairs.person] & self.stays
        return np.bincount(self.pairs.company[used], self.others.sum(axis=1)[used], minlength=self.table.companies).astype(np.int64)

    def mean_of_linked(self, value: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each company the mean of a value over the other companies of its people, each person once; NaN for none."""
        pairs = self.pairs
        used = self.eligible[pairs.person] & self.stays
        total = np.bincount(pairs.person, value[pairs.company], minlength=self.table.people)
        number = np.maximum(self.counts.sum(axis=1) - 1, 1)
        of_pair = (total[pairs.person] - value[pairs.company]) / number[pairs.person]
        people = np.bincount(pairs.company[used], minlength=self.table.companies)
        summed = np.bincount(pairs.company[used], of_pair[used], minlength=self.table.companies)
        return np.where(people > 0, summed / np.maximum(people, 1), np.nan)

    @cached_property
    def votes(self) -> Votes:
        """The votes for every company: one a person, one a failure."""
        return self.votes_for(None)

    def votes_for(self, companies: NDArray[np.int64] | None) -> Votes:
        """Return the votes for some companies, or for all.

        :param companies: positions; None for all.
        """
        pairs, people = self.pairs, self.table.people
        start = np.searchsorted(pairs.person, np.arange(people + 1))
        failed = np.flatnonzero((self.status == RECENT) & self.eligible[pairs.person])
        size = np.diff(start)[pairs.person[failed]]
        neighbour = np.repeat(failed, size)
        within = np.arange(len(neighbour)) - np.repeat(np.cumsum(size) - size, size)
        target = start[pairs.person[neighbour]] + within
        keep = (target != neighbour) & self.stays[target]
        if companies is not None:
            wanted = np.zeros(self.table.companies, np.bool_)
            wanted[companies] = True
            keep &= wanted[pairs.company[target]]
        target, neighbour = target[keep], neighbour[keep]
        return cast_votes(
            self, pairs.company[target], pairs.person[target], pairs.company[neighbour], self._identity(target, neighbour)
        )

    def _identity(self, target: NDArray[np.int64], neighbour: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance that the records on the two sides are one person, the best pair of them."""
        pairs = self.pairs
        sizes = pairs.rows[target] * pairs.rows[neighbour]
        item = np.repeat(np.arange(len(target)), sizes)
        within = np.arange(len(item)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        width = pairs.rows[neighbour][item]
        left = self._records[pairs.first[target][item] + within // np.maximum(width, 1)]
        right = self._records[pairs.first[neighbour][item] + within % np.maximum(width, 1)]
        best = np.zeros(len(target))
        np.maximum.at(best, item, identity_of(self.table, left, right))
        return best

    def people_of(self, company: int) -> NDArray[np.int32]:
        """Return everybody linked to a company by more than a liquidator's seat."""
        found: NDArray[np.int32] = self.pairs.person[self.rows_of(company)]
        return found

    def records_of(self, person: int, company: int) -> tuple[str, ...]:
        """Return the records by which a person is linked to a company, a liquidator's seat aside."""
        pairs = self.pairs
        begin, end = np.searchsorted(pairs.person, [person, person + 1])
        at = int(begin) + int(np.searchsorted(pairs.company[begin:end], company))
        if at >= end or pairs.company[at] != company:
            return ()
        records = self._records[pairs.first[at] : pairs.first[at] + pairs.rows[at]]
        return tuple(sorted(str(self.table.record_ids[each].decode()) for each in np.unique(records)))

    def rows_of(self, company: int) -> NDArray[np.int64]:
        """Return the pairs of a company."""
        order, start = self._by_company
        return order[start[company] : start[company + 1]]

    @cached_property
    def _by_company(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.pairs.company, kind="stable")
        return order, np.searchsorted(self.pairs.company[order], np.arange(self.table.companies + 1))

    def _flag(self, used: NDArray[np.bool_]) -> NDArray[np.bool_]:
        flags = np.zeros(self.table.companies, np.bool_)
        flags[self.pairs.company[used]] = True
        return flags
