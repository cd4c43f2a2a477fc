"""The index of a revision's ties, and the exact search for introduction paths over it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt

from referralgraph.errors import NotFound
from referralgraph.index.compiled import pace
from referralgraph.index.rows import Rows, ceilings, combined_ties, lay_out, read_only, whole_numbers
from referralgraph.index.search import SearchResult, TiePath, run_groups, run_search

FEW = 8
"""Ids that are found sooner one by one than by a call to numpy."""


class TieIndex:
    """Ties between people as compressed sparse rows; safe to share between threads, and to map from a file."""

    def __init__(self, people: npt.ArrayLike, rows: Rows) -> None:
        """Take rows that are ready; use `from_arrays` to build them.

        :param people: ids in ascending order, each once; compact id i in the rows stands for people[i].
        :param rows: the ties, over compact ids. Arrays may be memory-mapped and are never written.
        """
        self.people = read_only(people, np.int64)
        self.rows = rows
        self._ids = self.people.data
        count = len(self.people)
        self._plain = count == 0 or (int(self.people[0]) == 0 and int(self.people[-1]) == count - 1)

    @classmethod
    def from_arrays(cls, left: npt.ArrayLike, right: npt.ArrayLike, strength: npt.ArrayLike) -> TieIndex:
        """Build the index of undirected ties.

        :param left: id of one person of each tie, any 64-bit integers.
        :param right: id of the other, as long as `left`.
        :param strength: of each tie, in (0, 1]. Several rows of one pair are combined by noisy-or, 1 - prod(1 - s).
        :return: the index; people are all who stand in `left` or `right`.
        :raises ValueError: for a strength outside (0, 1], a person tied to himself, or arrays of different lengths.

        >>> index = TieIndex.from_arrays([1, 2, 1], [2, 3, 3], [0.5, 0.8, 0.1])
        >>> index.paths([1], [3])
        [TiePath(people=(1, 2, 3), strength=0.4), TiePath(people=(1, 3), strength=0.1)]
        """
        one, other, worth = np.asarray(left), np.asarray(right), np.asarray(strength, dtype=np.float64)
        if not (one.ndim == 1 and one.shape == other.shape == worth.shape):
            raise ValueError(f"left, right and strength differ in shape: {one.shape}, {other.shape}, {worth.shape}")
        one, other = whole_numbers(one, "left"), whole_numbers(other, "right")
        if not bool(np.all((worth > 0.0) & (worth <= 1.0))):
            raise ValueError(f"a strength is above 0 and at most 1, not {worth[~((worth > 0.0) & (worth <= 1.0))][0]}")
        if bool(np.any(one == other)):
            raise ValueError(f"person {one[one == other][0]} is tied to himself")
        people, compact = np.unique(np.concatenate((one, other)), return_inverse=True)
        first, second, combined = combined_ties(compact[: len(one)], compact[len(one) :], worth, len(people))
        return cls(people, lay_out(first, second, combined, len(people)))

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.people)

    def __reduce__(self) -> tuple[type[TieIndex], tuple[npt.NDArray[np.int64], Rows]]:
        """Pickle by way of the constructor."""
        return TieIndex, (self.people, self.rows)

    @property
    def ties(self) -> int:
        """Number of ties, each pair of people once."""
        return len(self.rows.neighbour) // 2

    def with_strengths(self, strength: npt.ArrayLike) -> TieIndex:
        """Return the same ties with other strengths, for a question's filter; everything else is shared.

        :param strength: of each place in `rows.neighbour`, 0 for a tie the filter takes away, else in (0, 1]; both
            directions of a tie must have the same. It may be higher than before.
        :return: an index that answers as if it were built from the ties that remain.
        :raises ValueError: if it isn't as long as the rows, or outside [0, 1].
        """
        changed = read_only(strength, np.float64)
        if changed.shape != self.rows.neighbour.shape:
            raise ValueError(f"{len(self.rows.neighbour)} strengths are wanted, not {changed.shape}")
        if not bool(np.all((changed >= 0.0) & (changed <= 1.0))):
            raise ValueError("a strength is 0 to 1")
        # Loading machine code would cost a question in a fresh process more than it saves here.
        find = ceilings if pace().allowance() else pace().loops(None).ceilings
        rows = Rows(self.rows.indptr, self.rows.neighbour, changed, find(self.rows.indptr, changed))
        return TieIndex(self.people, rows)

    def paths(
        self,
        sources: Iterable[int],
        targets: Iterable[int],
        k: int = 10,
        max_ties: int = 4,
        min_strength: float = 0.0,
        *,
        avoid: Collection[int] = (),
        deadline: float | None = None,
    ) -> list[TiePath]:
        """Return the paths of `search`, which see: strongest first; no path is an empty list."""
        return self.search(sources, targets, k, max_ties, min_strength, avoid=avoid, deadline=deadline).paths

    def search(
        self,
        sources: Iterable[int],
        targets: Iterable[int],
        k: int = 10,
        max_ties: int = 4,
        min_strength: float = 0.0,
        *,
        avoid: Collection[int] = (),
        deadline: float | None = None,
    ) -> SearchResult:
        """Find the k strongest introduction paths from any source to any target.

        A path meets no person twice, and no source or target between its ends: what lies before or after one is a
        path of its own. Who is both source and target ends paths from and to others; no path leads to oneself.
        The strength of a path is the product of its ties' strengths from source to target; strengths are compared
        to 41 binary (12 decimal) digits, and equal ones are ordered by the ids of the people, in their order.

        :param sources: ids of the people to start from.
        :param targets: ids of the people to reach.
        :param k: paths wanted, at least 1.
        :param max_ties: ties of the longest path, 1 to 6. Five and six look at far more ties than four.
        :param min_strength: of the weakest path, 0 to 1.
        :param avoid: ids of people who may not be between the ends; they may be the ends.
        :param deadline: seconds after which the search gives what it has; None for no limit.
        :return: the paths, whether they are proven to be the strongest, and the number of ties looked at.
        :raises NotFound: for an id among sources, targets or avoid that has no tie.
        :raises ValueError: for k, max_ties or min_strength out of range.
        """
        return run_search(
            self.rows,
            None if self._plain else self.people,
            self.compact(sources),
            self.compact(targets),
            k=k,
            max_ties=max_ties,
            min_strength=min_strength,
            avoid=self.compact(avoid),
            deadline=deadline,
        )

    def best_paths(
        self,
        sources: Iterable[int],
        target_groups: Iterable[Iterable[int]],
        k: int = 1,
        max_ties: int = 4,
        min_strength: float = 0.0,
        *,
        avoid: Collection[int] = (),
        deadline: float | None = None,
    ) -> list[SearchResult]:
        """Answer `search` for each of many groups of targets in one run, much faster than one by one.

        :param sources: ids of the people to start from, the same for every group.
        :param target_groups: for each question the ids of the people to reach, one or many.
        :param k: paths wanted for each group, at least 1.
        :param max_ties: 1 to 6; above 4 each group is searched by itself.
        :param min_strength: 0 to 1.
        :param avoid: ids of people who may not be between the ends.
        :param deadline: seconds for all groups together; groups not reached in time are not complete.
        :return: one result a group, in the order of the groups, each equal to that of `search`.
        :raises NotFound: for an id that has no tie.
        :raises ValueError: for k, max_ties or min_strength out of range.
        """
        return run_groups(
            self.rows,
            None if self._plain else self.people,
            self.compact(sources),
            [self.compact(group) for group in target_groups],
            k=k,
            max_ties=max_ties,
            min_strength=min_strength,
            avoid=self.compact(avoid),
            deadline=deadline,
        )

    def compact(self, ids: Iterable[int]) -> npt.NDArray[np.int32]:
        """Return the compact ids of people, each once, in the order given.

        :raises NotFound: for an id that has no tie.
        """
        wanted = list(dict.fromkeys(map(int, ids)))
        if self._plain or len(wanted) <= FEW:
            places = [self._place(person) for person in wanted]
            return np.array(places, dtype=np.int32)
        given = np.array(wanted, dtype=np.int64)
        place = np.searchsorted(self.people, given)
        place[place == len(self.people)] = 0
        known = self.people[place] == given
        if not known.all():
            raise _unknown(int(given[~known][0]))
        return place.astype(np.int32)

    def _place(self, person: int) -> int:
        """Return the compact id of one person."""
        place = person if self._plain else bisect_left(self._ids, person)
        if not 0 <= place < len(self._ids) or self._ids[place] != person:
            raise _unknown(person)
        return place


def _unknown(person: int) -> NotFound:
    return NotFound(f"person {person} isn't in the index: nobody is tied to that id")
