"""Ties as they are after judgements that are newer than the build: people joined into one, or taken apart."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.errors import NotFound
from referralgraph.index.reasons import Filter, Ready, combine
from referralgraph.index.revision import RevisionIndex
from referralgraph.index.rows import Rows, ceilings
from referralgraph.index.told import IndexReason

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT = 4
_ALL = None


@dataclass(frozen=True)
class JudgedPerson:
    """A person as judged: what he is made of.

    :param id: his id.
    :param members: people of the index, each with those of his records that belong here; None for all of them.
    """

    id: str
    members: tuple[tuple[str, frozenset[str] | None], ...]


class OverlaidIndex(RevisionIndex):
    """The index of a revision with some people joined or taken apart; everybody else is as he was.

    Nobody's reasons are made anew: a person who was joined has the ties of all that he was made of, one who was taken apart
    those that stand on his records. What only the next build can know: that the parts of one person, both in one body,
    know each other, and that the body has one member more or less.

    :param base: the index of the revision.
    :param people: the people who were judged; whoever of the index stands in one of them stands for himself no more.
    :param stands_on: tells which records of a person a reason stands on: person, other person, reason.
    """

    def __init__(
        self, base: RevisionIndex, people: Sequence[JudgedPerson], stands_on: Callable[[str, str, IndexReason], frozenset[str]]
    ) -> None:
        super().__init__(base.folder)
        self._base = base
        self._judged = tuple(people)
        self._stands_on = stands_on
        self._overlaid: OrderedDict[Filter, Rows] = OrderedDict()
        self._overlaid_lock = threading.Lock()
        self._size = base.count
        self._new = {each.id: self._size + at for at, each in enumerate(self._judged)}
        self._parts: dict[int, list[tuple[int, frozenset[str] | None]]] = defaultdict(list)
        for each in self._judged:
            for member, records in each.members:
                self._parts[base.position(member)].append((self._new[each.id], records))
        self._members_of = {
            self._new[each.id]: np.array([base.position(member) for member, _ in each.members], np.int32) for each in self._judged
        }

    @cached_property
    def person_bodies(self) -> NDArray[np.int32]:
        """In how many bodies each person is or was; for a judged one at most."""
        told = np.asarray(self._base.person_bodies)
        added = [sum(int(told[self._base.position(member)]) for member, _ in each.members) for each in self._judged]
        return np.concatenate([told, np.array(added, told.dtype)])

    def position(self, person: str) -> int:
        """Return the number of a person.

        :raises NotFound: if the revision has no such person.
        """
        if person in self._new:
            return self._new[person]
        position = self._base.position(person)
        if position in self._parts:
            raise NotFound(f"{person} is another one now, by a judgement newer than the build")
        return position

    def person(self, position: int) -> str:
        """Return the id of the person of a number."""
        return self._judged[position - self._size].id if position >= self._size else self._base.person(position)

    @property
    def count(self) -> int:
        """How many numbers of people there are, those of judged ones included."""
        return self._size + len(self._judged)

    def spread(self, flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return flags of the people of the base for everybody: a judged one has a flag that anybody he is made of has."""
        added = [any(bool(flags[self._base.position(member)]) for member, _ in each.members) for each in self._judged]
        return np.concatenate([flags, np.array(added, np.bool_)])

    def today(self, position: int) -> int:
        """Return the number of whoever stands for a person of the index now; of several the first."""
        return self._parts[position][0][0] if position in self._parts else position

    def tie(self, one: int, other: int, chosen: Filter) -> tuple[float, list[IndexReason]]:
        """Return strength and reasons of the tie of two people under a filter, the strongest reason first."""
        if max(one, other) < self._size:
            return self._base.tie(one, other, chosen)
        best: dict[tuple[str, str | None, str | None], IndexReason] = {}
        for each, records in self._members(one):
            for whom, others in self._members(other):
                for reason in self._base.tie(each, whom, chosen)[1]:
                    if not (self._belongs(each, whom, records, reason) and self._belongs(whom, each, others, reason)):
                        continue
                    key = (reason.kind, reason.organisation, reason.owner)
                    if key not in best or reason.strength > best[key].strength:
                        best[key] = reason
        reasons = sorted(best.values(), key=lambda each: (-each.strength, each.kind, each.organisation or "", each.owner or ""))
        strengths = np.array(sorted(each.strength for each in reasons))
        strength = float(combine(strengths, np.array([0, len(strengths)]))[0]) if len(strengths) else 0.0
        return strength, reasons

    def neighbours(self, position: int, chosen: Filter) -> list[tuple[int, float]]:
        """Return who is tied to a person under a filter, strongest first, with the strength."""
        rows, _ = self._under(chosen)
        span = slice(int(rows.indptr[position]), int(rows.indptr[position + 1]))
        pairs = zip(rows.neighbour[span].tolist(), rows.strength[span].tolist(), strict=True)
        return sorted(((other, strength) for other, strength in pairs if strength > 0), key=lambda each: (-each[1], each[0]))

    def _members(self, position: int) -> list[tuple[int, frozenset[str] | None]]:
        if position < self._size:
            return [(position, _ALL)]
        return [(self._base.position(member), records) for member, records in self._judged[position - self._size].members]

    def _belongs(self, person: int, other: int, records: frozenset[str] | None, reason: IndexReason) -> bool:
        return records is _ALL or bool(records & self._stands_on(self._base.person(person), self._base.person(other), reason))

    def _under(self, chosen: Filter, until: float | None = None) -> tuple[Rows, Ready]:
        with self._overlaid_lock:
            known = self._overlaid.get(chosen)
        rows, strengths = self._base._under(chosen, until)
        if known is None:
            known = self._overlay(rows, chosen)
            with self._overlaid_lock:
                self._overlaid[chosen] = known
                while len(self._overlaid) > _KEPT:
                    self._overlaid.popitem(last=False)
        return known, strengths

    def _overlay(self, rows: Rows, chosen: Filter) -> Rows:
        """Take the rows of judged people out and put theirs at the end."""
        if all(records is _ALL for parts in self._parts.values() for _, records in parts):
            return self._joined(rows, chosen)
        touched = np.zeros(self._size, np.bool_)
        touched[list(self._parts)] = True
        degree = np.diff(rows.indptr)
        person = np.repeat(np.arange(self._size, dtype=np.int32), degree)
        kept = ~touched[person] & ~touched[rows.neighbour]
        pairs = self._judged_ties(rows, chosen)
        one = np.array([each for each, _ in pairs], np.int32)
        other = np.array([each for _, each in pairs], np.int32)
        added = np.array(list(pairs.values()), np.float64)
        person = np.concatenate([person[kept], one, other])
        neighbour = np.concatenate([rows.neighbour[kept], other, one]).astype(np.int32)
        strength = np.concatenate([rows.strength[kept], added, added])
        order = np.argsort(person, kind="stable")
        count = self._size + len(self._judged)
        indptr = np.concatenate(([0], np.cumsum(np.bincount(person, minlength=count)))).astype(np.int64)
        strength = strength[order]
        return Rows(indptr, neighbour[order], strength, ceilings(indptr, strength))

    def _joined(self, rows: Rows, chosen: Filter) -> Rows:
        """Do the same where people were joined and nobody was taken apart: only the rows of those who know them are looked at."""
        neighbour, strength, ceiling = rows.neighbour.copy(), rows.strength.copy(), rows.ceiling.copy()

        def row(person: int) -> slice:
            return slice(int(rows.indptr[person]), int(rows.indptr[person + 1]))

        known: dict[int, dict[int, list[float]]] = {new: defaultdict(list) for new in self._new.values()}
        for member, parts in self._parts.items():
            new = parts[0][0]
            for place in range(row(member).start, row(member).stop):
                end = self.today(int(rows.neighbour[place]))
                if end != new and rows.strength[place] > 0:
                    known[new][end].append(float(rows.strength[place]))
            strength[row(member)] = ceiling[row(member)] = 0.0
        added: list[list[tuple[int, float]]] = []
        for new, ends in known.items():
            told = [
                (end, of_tie[0] if len(of_tie) == 1 and end < self._size else self.tie(new, end, chosen)[0])
                for end, of_tie in ends.items()
            ]
            added.append(sorted(told, key=lambda each: (-each[1], each[0])))
            for end, of_tie_now in told:
                if end >= self._size:
                    continue
                places = row(end).start + np.flatnonzero(np.isin(rows.neighbour[row(end)], self._members_of[new]))
                strength[places] = 0.0
                neighbour[places[0]], strength[places[0]] = new, of_tie_now
                ceiling[row(end)] = np.maximum.accumulate(strength[row(end)][::-1])[::-1]
        ends_of = np.cumsum([len(each) for each in added]) + rows.indptr[-1]
        last = np.array([worth for each in added for _, worth in each], np.float64)
        return Rows(
            np.concatenate([rows.indptr, ends_of]).astype(np.int64),
            np.concatenate([neighbour, np.array([end for each in added for end, _ in each], np.int32)]),
            np.concatenate([strength, last]),
            np.concatenate([ceiling, last]),
        )

    def _judged_ties(self, rows: Rows, chosen: Filter) -> Mapping[tuple[int, int], float]:
        candidates: set[tuple[int, int]] = set()
        for member, parts in self._parts.items():
            for neighbour in rows.neighbour[int(rows.indptr[member]) : int(rows.indptr[member + 1])].tolist():
                ends = [part for part, _ in self._parts[neighbour]] if neighbour in self._parts else [neighbour]
                candidates |= {(min(part, end), max(part, end)) for part, _ in parts for end in ends if part != end}
        found = {pair: self.tie(*pair, chosen)[0] for pair in sorted(candidates)}
        return {pair: strength for pair, strength in found.items() if strength > 0}
