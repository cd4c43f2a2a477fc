"""The index of one revision: ties with their reasons, opened by memory mapping and shared by threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.errors import NotFound
from referralgraph.index.reasons import KINDS, NO_DAY, VISIBILITIES, Filter, ReasonTable, combine
from referralgraph.index.rows import Rows
from referralgraph.index.search import SearchResult, run_search
from referralgraph.index.ties import TieIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1)
_FILTERS_KEPT = 8


class IndexReason:
    """One reason of a tie as the index holds it.

    :ivar kind: word of ``KINDS``.
    :ivar organisation: id of the body, None for contacts and colleagues.
    :ivar since: first day together, None if unknown.
    :ivar end: last day on which both were there or last seen there.
    :ivar is_open: neither is known to have left.
    :ivar strength: under the filter asked for, (0, 1].
    """

    __slots__ = ("end", "is_open", "kind", "mean_members", "organisation", "owner", "since", "strength", "visibility")

    def __init__(self, index: RevisionIndex, row: int, strength: float) -> None:
        reasons = index.reasons
        body = int(reasons.organisation[row])
        self.kind = KINDS[reasons.kind[row]]
        self.organisation = None if body < 0 else index.organisation(body)
        known = bool(reasons.start_known[row]) and reasons.start[row] != NO_DAY
        self.since = day(int(reasons.start[row])) if known else None
        self.end = None if reasons.end[row] == NO_DAY else day(int(reasons.end[row]))
        self.is_open = bool(reasons.is_open[row])
        self.mean_members = float(reasons.mean_members[row])
        self.owner = index.owners[reasons.owner[row]] if reasons.owner[row] >= 0 else None
        self.visibility = VISIBILITIES[reasons.visibility[row]]
        self.strength = strength


class RevisionIndex:
    """Read access to the index of one revision.

    :param folder: the index folder of the revision.
    :param half_life_years: constant of the tie formula that the revision was built with.
    """

    def __init__(self, folder: Path, half_life_years: float) -> None:
        if not (folder / "indptr.npy").exists():
            raise NotFound(f"{folder} holds no index: run `referralgraph build`")
        self.folder = folder
        self.half_life_years = half_life_years
        self.owners = (folder / "owners.txt").read_text(encoding="utf-8").split("\n")
        self._filters: OrderedDict[Filter, tuple[Rows, NDArray[np.float64]]] = OrderedDict()
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
    def reasons(self) -> ReasonTable:
        """The reasons of all ties."""
        return ReasonTable.open(self.folder)

    @cached_property
    def _built(self) -> Rows:
        strength = self._map("strength")
        return Rows(self._map("indptr"), self._map("neighbour"), strength, strength)

    @cached_property
    def _tie(self) -> NDArray[np.int32]:
        return self._map("tie")

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

    def filter(self, *, as_of: date | None = None, current_only: bool = False, kinds: Iterable[str] | None = None,
               avoid_organisations: Iterable[str] = (), viewer: str | None = None) -> Filter:
        """Return the filter that a question's words stand for."""
        return Filter(
            None if as_of is None else day_number(as_of), current_only,
            None if kinds is None else tuple(sorted(kinds)),
            tuple(sorted(self.organisation_position(each) for each in avoid_organisations)),
            self.owners.index(viewer) if viewer and viewer in self.owners else -1,
        )

    def search(self, sources: Sequence[int], targets: Sequence[int], chosen: Filter, *, k: int, max_ties: int,
               min_strength: float, barred: NDArray[np.bool_], avoid: Sequence[int] = (),
               deadline: float | None = None) -> SearchResult:
        """Find the k strongest introduction paths under a filter; see :meth:`referralgraph.index.TieIndex.search`.

        :param barred: one flag a person: who may not be between the ends.
        """
        rows, _ = self._under(chosen)
        return run_search(
            rows, None, np.array(sources, np.int32), np.array(targets, np.int32), k=k, max_ties=max_ties,
            min_strength=min_strength, avoid=np.array(avoid, np.int32), barred=barred, deadline=deadline)

    def tie(self, one: int, other: int, chosen: Filter) -> tuple[float, list[IndexReason]]:
        """Return strength and reasons of the tie of two people under a filter, the strongest reason first."""
        rows, strengths = self._under(chosen)
        start, end = int(rows.indptr[one]), int(rows.indptr[one + 1])
        found = np.flatnonzero(rows.neighbour[start:end] == other)
        if not len(found):
            return 0.0, []
        place = start + int(found[0])
        tie = int(self._tie[place])
        first, last = int(self.reasons.tie_start[tie]), int(self.reasons.tie_start[tie + 1])
        reasons = [IndexReason(self, row, float(strengths[row])) for row in range(first, last) if strengths[row] > 0]
        return float(rows.strength[place]), sorted(reasons, key=lambda each: (-each.strength, each.kind, each.organisation or ""))

    def neighbours(self, position: int, chosen: Filter) -> list[tuple[int, float]]:
        """Return who is tied to a person under a filter, strongest first, with the strength."""
        rows, _ = self._under(chosen)
        span = slice(int(rows.indptr[position]), int(rows.indptr[position + 1]))
        pairs = zip(rows.neighbour[span].tolist(), rows.strength[span].tolist(), strict=True)
        return sorted(((other, strength) for other, strength in pairs if strength > 0), key=lambda each: (-each[1], each[0]))

    def as_tie_index(self, chosen: Filter | None = None) -> TieIndex:
        """Return the ties under a filter as a plain index over the people's numbers."""
        rows, _ = self._under(chosen or Filter())
        return TieIndex(np.arange(len(self.person_ids)), rows)

    def _under(self, chosen: Filter) -> tuple[Rows, NDArray[np.float64]]:
        """Return rows and strengths of reasons under a filter; the last few filters are kept."""
        with self._lock:
            known = self._filters.get(chosen)
            if known is not None:
                self._filters.move_to_end(chosen)
                return known
        strengths = self.reasons.strengths(chosen, self.half_life_years)
        if chosen == Filter():
            rows = self._built
        else:
            of_tie = combine(strengths, self.reasons.tie_start)
            index = TieIndex(np.arange(len(self.person_ids)), self._built)
            rows = index.with_strengths(of_tie[self._tie] if len(of_tie) else self._built.strength).rows
        with self._lock:
            self._filters[chosen] = rows, strengths
            while len(self._filters) > _FILTERS_KEPT:
                self._filters.popitem(last=False)
        return rows, strengths

    def _map(self, name: str) -> NDArray[np.generic]:
        return np.load(self.folder / f"{name}.npy", mmap_mode="r")


def day(number: int) -> date:
    """Return the day of a day number (days since 1970-01-01)."""
    return _EPOCH + timedelta(days=number)


def day_number(moment: date) -> int:
    """Return the day number (days since 1970-01-01) of a day."""
    return (moment - _EPOCH).days


def _find(ids: NDArray[np.bytes_], wanted: str) -> int:
    key = wanted.encode()
    place = int(np.searchsorted(ids, key))
    if place >= len(ids) or ids[place] != key:
        raise NotFound(f"there is no {wanted}")
    return place
