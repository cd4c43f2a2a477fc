"""The index of one revision: ties with their reasons, opened by memory mapping and shared by threads."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.errors import NotFound
from referralgraph.index.attributes import OrganisationAttributes
from referralgraph.index.bodies import BodySizes
from referralgraph.index.interactions import Interactions
from referralgraph.index.reasons import Filter, Ready, Reasons, ReasonTable, combine
from referralgraph.index.rows import Rows, mapped
from referralgraph.index.search import SearchResult, run_groups, run_search
from referralgraph.index.ties import TieIndex
from referralgraph.index.told import IndexReason, day_number, told_reason
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILTERS_KEPT = 8


class RevisionIndex:
    """Read access to the index of one revision.

    :param folder: the index folder of the revision.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "indptr.npy").exists():
            raise NotFound(f"{folder} holds no index: run `referralgraph build`")
        self.folder = folder
        self.owners = (folder / "owners.txt").read_text(encoding="utf-8").split("\n")
        self._filters: OrderedDict[Filter, tuple[Rows, Ready]] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def person_ids(self) -> NDArray[np.bytes_]:
        """Ids of all people, sorted; a person's position is his number in the arrays."""
        return self._map("person_id")

    @cached_property
    def organisation_ids(self) -> NDArray[np.bytes_]:
        """Ids of all organisations, sorted."""
        return self._map("organisation_id")

    @cached_property
    def person_bodies(self) -> NDArray[np.int32]:
        """In how many bodies each person is or was."""
        return self._map("person_bodies")

    @cached_property
    def reasons(self) -> Reasons:
        """The reasons of all ties, with the constants that the revision was built with."""
        constants = json.loads((self.folder / "formula.json").read_text(encoding="utf-8"))
        settings = TieSettings(**{**constants, "closeness": tuple(constants["closeness"])})
        return Reasons(
            ReasonTable.open(self.folder), BodySizes.open(self.folder), Interactions.open(self.folder), settings)

    @cached_property
    def _built(self) -> Rows:
        strength = self._map("strength")
        return Rows(self._map("indptr"), self._map("neighbour"), strength, strength)

    @cached_property
    def _tie(self) -> NDArray[np.int32]:
        return self._map("tie")

    @property
    def count(self) -> int:
        """How many numbers of people there are."""
        return len(self.person_ids)

    def position(self, person: str) -> int:
        """Return the number of a person.

        :raises NotFound: if the revision has no such person.
        """
        return _find(self.person_ids, person)

    def organisation_position(self, organisation: str) -> int:
        """Return the number of an organisation.

        :raises NotFound: if the revision has no such organisation.
        """
        return _find(self.organisation_ids, organisation)

    def person(self, position: int) -> str:
        """Return the id of the person of a number."""
        return str(self.person_ids[position].decode())

    def organisation(self, position: int) -> str:
        """Return the id of the organisation of a number."""
        return str(self.organisation_ids[position].decode())

    def filter(
        self,
        *,
        as_of: date | None = None,
        current_only: bool = False,
        kinds: Iterable[str] | None = None,
        avoid_organisations: Iterable[str] = (),
        viewer: str | None = None,
        changes: tuple[tuple[int, int, float, float], ...] = (),
    ) -> Filter:
        """Return the filter that a question's words stand for."""
        return Filter(
            None if as_of is None else day_number(as_of),
            current_only,
            None if kinds is None else tuple(sorted(set(kinds))),
            tuple(sorted({self.organisation_position(each) for each in avoid_organisations})),
            self._owner(viewer),
            changes,
        )

    def _owner(self, viewer: str | None) -> int:
        """Return the position of a viewer among the owners; who has nothing private sees what everybody sees."""
        if not viewer or viewer not in self.owners:
            return -1
        owner = self.owners.index(viewer)
        return owner if owner in self._with_private else -1

    @cached_property
    def _with_private(self) -> frozenset[int]:
        table = self.reasons.table
        private = np.flatnonzero(table.private)
        of_entries = table.owner[np.searchsorted(table.stretch_start, private, side="right") - 1].tolist()
        met = self.reasons.interactions
        return frozenset([*of_entries, *met.owner[met.private].tolist()])

    def search(
        self,
        sources: Sequence[int],
        targets: Sequence[int],
        chosen: Filter,
        *,
        k: int,
        max_ties: int,
        min_strength: float,
        barred: NDArray[np.bool_],
        avoid: Sequence[int] = (),
        deadline: float | None = None,
    ) -> SearchResult:
        """Find the k strongest introduction paths under a filter; see :meth:`referralgraph.index.TieIndex.search`.

        :param barred: one flag a person: who may not be between the ends.
        :raises DeadlineExceeded: if not even the ties under the filter are worked out in time.
        """
        rows, deadline = self._rows_in_time(chosen, deadline)
        return run_search(
            rows,
            None,
            np.array(sources, np.int32),
            np.array(targets, np.int32),
            k=k,
            max_ties=max_ties,
            min_strength=min_strength,
            avoid=np.array(avoid, np.int32),
            barred=barred,
            deadline=deadline,
        )

    def search_groups(
        self,
        sources: Sequence[int],
        groups: Sequence[Sequence[int]],
        chosen: Filter,
        *,
        max_ties: int,
        min_strength: float,
        barred: NDArray[np.bool_],
        deadline: float | None = None,
    ) -> list[SearchResult]:
        """Find the strongest path to each of many groups of targets in one search; results in their order.

        :raises DeadlineExceeded: if not even the ties under the filter are worked out in time.
        """
        rows, deadline = self._rows_in_time(chosen, deadline)
        return run_groups(
            rows,
            None,
            np.array(sources, np.int32),
            [np.array(group, np.int32) for group in groups],
            k=1,
            max_ties=max_ties,
            min_strength=min_strength,
            avoid=np.zeros(0, np.int32),
            barred=barred,
            deadline=deadline,
        )

    def tie(self, one: int, other: int, chosen: Filter) -> tuple[float, list[IndexReason]]:
        """Return strength and reasons of the tie of two people under a filter, the strongest reason first."""
        rows, ready = self._under(chosen)
        place = self._place(one, other)
        if place is None or rows.strength[place] <= 0:
            return 0.0, []
        starts, tie = self.reasons.table.tie_start, int(self._tie[place])
        of_tie = slice(int(starts[tie]), int(starts[tie + 1]))
        strengths = self.reasons.strengths_of(of_tie, ready).tolist()
        reasons = [
            told_reason(self.reasons, row, strength, chosen, owners=self.owners, organisation=self.organisation)
            for row, strength in zip(range(of_tie.start, of_tie.stop), strengths, strict=True)
            if strength > 0
        ]
        return float(rows.strength[place]), sorted(
            reasons, key=lambda each: (-each.strength, each.kind, each.organisation or "", each.owner or "")
        )

    def _place(self, one: int, other: int) -> int | None:
        """Return where the tie of two people stands in the row of the one who has fewer."""
        indptr, neighbour = self._built.indptr, self._built.neighbour
        if indptr[one + 1] - indptr[one] > indptr[other + 1] - indptr[other]:
            one, other = other, one
        start = int(indptr[one])
        found = np.flatnonzero(neighbour[start : int(indptr[one + 1])] == other)
        return start + int(found[0]) if len(found) else None

    def neighbours(self, position: int, chosen: Filter) -> list[tuple[int, float]]:
        """Return who is tied to a person under a filter, strongest first, with the strength."""
        rows, _ = self._under(chosen)
        span = slice(int(rows.indptr[position]), int(rows.indptr[position + 1]))
        pairs = zip(rows.neighbour[span].tolist(), rows.strength[span].tolist(), strict=True)
        return sorted(((other, strength) for other, strength in pairs if strength > 0), key=lambda each: (-each[1], each[0]))

    def rows_of(
        self, positions: Sequence[int] | NDArray[np.int64], chosen: Filter
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
        """Return all ties of many people at once: which of them (a place in `positions`), to whom, and how strong."""
        rows, _ = self._under(chosen)
        people = np.asarray(positions, np.int64)
        counts = rows.indptr[people + 1] - rows.indptr[people]
        of = np.repeat(np.arange(len(people)), counts)
        before = np.concatenate(([0], np.cumsum(counts)[:-1])) if len(people) else np.zeros(0, np.int64)
        at = rows.indptr[people][of] + np.arange(int(counts.sum())) - before[of]
        there = rows.strength[at] > 0
        return of[there], rows.neighbour[at][there], rows.strength[at][there]

    @cached_property
    def attributes(self) -> OrganisationAttributes:
        """Place, industry and size of organisations."""
        return OrganisationAttributes(self.folder)

    def as_tie_index(self, chosen: Filter | None = None) -> TieIndex:
        """Return the ties under a filter as a plain index over the people's numbers."""
        rows, _ = self._under(chosen or Filter())
        return TieIndex(np.arange(self.count), rows)

    def _rows_in_time(self, chosen: Filter, deadline: float | None) -> tuple[Rows, float | None]:
        """Return rows under a filter, and the seconds that are left of a deadline."""
        if deadline is None:
            return self._under(chosen)[0], None
        until = time.monotonic() + deadline
        return self._under(chosen, until)[0], max(0.0, until - time.monotonic())

    def _under(self, chosen: Filter, until: float | None = None) -> tuple[Rows, Ready]:
        """Return rows under a filter, and the filter ready for single ties; the last few filters are kept."""
        with self._lock:
            known = self._filters.get(chosen)
            if known is not None:
                self._filters.move_to_end(chosen)
                return known
        if chosen.changes:
            rows, ready = self._under(replace(chosen, changes=()))
            # only the pages of a file that are written anew take memory
            writable = (np.load(self.folder / "strength.npy", mmap_mode="c") for _ in range(2))
            arrays = writable if rows is self._built else (rows.strength.copy(), rows.ceiling.copy())
            found = rows.with_changes(chosen.changes, *arrays), ready
        else:
            found = self._rows_under(chosen, until), self.reasons.ready(chosen)
        with self._lock:
            self._filters[chosen] = found
            while len(self._filters) > _FILTERS_KEPT:
                self._filters.popitem(last=False)
        return found

    def _rows_under(self, chosen: Filter, until: float | None) -> Rows:
        if chosen == Filter():
            return self._built
        if chosen == Filter(owner=chosen.owner):
            return self._rows_of_viewer(chosen)
        of_tie = combine(self.reasons.strengths(chosen, until), self.reasons.table.tie_start)
        index = TieIndex(np.arange(len(self.person_ids)), self._built)
        return index.with_strengths(of_tie[self._tie] if len(of_tie) else self._built.strength).rows

    def _rows_of_viewer(self, chosen: Filter) -> Rows:
        """Return the rows of a viewer with private contacts: only the ties of his own contacts differ from everybody's."""
        table, built, ready = self.reasons.table, self._built, self.reasons.ready(chosen)
        strength, ceiling = built.strength.copy(), built.ceiling.copy()
        mine = np.flatnonzero(table.owner == chosen.owner)
        ties = np.unique(np.searchsorted(table.tie_start, mine, side="right") - 1)
        touched = np.zeros(len(table.tie_start), np.bool_)
        touched[ties] = True
        places = np.flatnonzero(touched[self._tie])
        changed = {}
        for tie in ties.tolist():
            rows = slice(int(table.tie_start[tie]), int(table.tie_start[tie + 1]))
            of_reasons = self.reasons.strengths_of(rows, ready)
            changed[tie] = float(combine(of_reasons, np.array([0, len(of_reasons)]))[0])
        strength[places] = [changed[tie] for tie in self._tie[places].tolist()]
        people = np.unique(np.searchsorted(built.indptr, places, side="right") - 1)
        for person in people.tolist():
            row = slice(int(built.indptr[person]), int(built.indptr[person + 1]))
            ceiling[row] = np.maximum.accumulate(strength[row][::-1])[::-1]
        return Rows(built.indptr, built.neighbour, strength, ceiling)

    def _map(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = mapped(self.folder / f"{name}.npy")
        return array


def _find(ids: NDArray[np.bytes_], wanted: str) -> int:
    key = wanted.encode()
    place = int(np.searchsorted(ids, key))
    if place >= len(ids) or ids[place] != key:
        raise NotFound(f"there is no {wanted}")
    return place
