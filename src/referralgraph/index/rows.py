"""Ties laid out as compressed sparse rows, and how they get there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from referralgraph.errors import StoreError


@dataclass(frozen=True, slots=True)
class Rows:
    """Compressed sparse rows of a graph of ties, over compact ids in the order of the people's own ids.

    :param indptr: where each person's row starts, and at the end the number of all places.
    :param neighbour: compact id of who is tied to the person of the row.
    :param strength: of each tie, the same in both directions; 0 for a tie that a filter took away.
    :param ceiling: the greatest strength from here to the end of the row. The search stops reading a row where its
        ceiling falls below what a path still needs. The same array as `strength` where every row falls in strength;
        under a filter rows keep the order of the unfiltered strengths, which is nearly that of the filtered ones.
    """

    indptr: npt.NDArray[np.int64]
    neighbour: npt.NDArray[np.int32]
    strength: npt.NDArray[np.float64]
    ceiling: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        """Keep plain read-only views of the arrays, mapped or not: machine code is compiled for just these types."""
        for name, dtype in (
            ("indptr", np.int64),
            ("neighbour", np.int32),
            ("strength", np.float64),
            ("ceiling", np.float64),
        ):
            object.__setattr__(self, name, read_only(getattr(self, name), dtype))

    def with_changes(
        self, changes: Sequence[tuple[int, int, float, float]], strength: npt.NDArray[np.float64], ceiling: npt.NDArray[np.float64]
    ) -> Rows:
        """Return rows in which single ties are stronger or weaker; one that isn't there stays away.

        :param changes: two people, a factor, and the strength of a reason that is added by noisy-or.
        :param strength: a copy of the strengths, which is written into.
        :param ceiling: a copy of the ceilings, likewise.
        """
        for one, other, factor, added in changes:
            for person, neighbour in ((one, other), (other, one)):
                row = slice(int(self.indptr[person]), int(self.indptr[person + 1]))
                for place in (np.flatnonzero(self.neighbour[row] == neighbour) + row.start).tolist():
                    if strength[place] > 0:
                        strength[place] = 1.0 - (1.0 - factor * strength[place]) * (1.0 - added)
                ceiling[row] = np.maximum.accumulate(strength[row][::-1])[::-1]
        return Rows(self.indptr, self.neighbour, strength, ceiling)

    def __reduce__(self) -> tuple[type[Rows], tuple[npt.NDArray[Any], ...]]:
        """Pickle by way of the constructor, for arrays come back writable."""
        return Rows, (self.indptr, self.neighbour, self.strength, self.ceiling)


def mapped(file: Path) -> npt.NDArray[Any]:
    """Map an array of a file into memory, as a plain array: numpy's own class for it makes every look five times slower.

    :raises StoreError: if the file is gone or damaged.
    """
    try:
        array: npt.NDArray[Any] = np.asarray(np.load(file, mmap_mode="r"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{file} is missing, damaged or of another version of ReferralGraph: run `referralgraph build` where the data is loaded"
        ) from error
    return array


def read_only(values: npt.ArrayLike, dtype: type[np.generic]) -> npt.NDArray[Any]:
    """Return a plain, contiguous, read-only view, so that numba sees one type whether it is mapped or not."""
    view = np.ascontiguousarray(np.asarray(values, dtype=dtype)).view()
    view.setflags(write=False)
    return view


def ceilings(indptr: npt.NDArray[np.int64], strength: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return, for each place, the greatest strength from there to the end of its row, without machine code."""
    ceiling = strength.copy()
    at = np.arange(len(strength))
    ends = np.repeat(indptr[1:], np.diff(indptr))
    step = 1
    while True:
        # Each place knows the greatest of the next `step` ones; two such stretches make one twice as long.
        further = at + step < ends
        at, ends = at[further], ends[further]
        if not len(at):
            return ceiling
        ceiling[at] = np.maximum(ceiling[at], ceiling[at + step])
        step *= 2


def whole_numbers(ids: npt.NDArray[np.generic], name: str) -> npt.NDArray[np.int64]:
    """Return ids as 64-bit integers, refusing anything that would be changed by that."""
    if len(ids) and not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(f"{name} holds integer ids, not {ids.dtype}")
    if ids.dtype == np.uint64 and len(ids) and int(ids.max()) > np.iinfo(np.int64).max:
        raise ValueError(f"{name} holds an id above the largest 64-bit integer")
    return ids.astype(np.int64)


def combined_ties(
    one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], strength: npt.NDArray[np.float64], count: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Give each pair one tie: noisy-or over its rows, the weakest first, so that their order doesn't matter."""
    pair = np.minimum(one, other) * count + np.maximum(one, other)
    order = np.lexsort((strength, pair))
    pair, strength = pair[order], strength[order]
    start = (
        np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else np.zeros(0, dtype=np.int64)
    )
    alone = np.diff(np.append(start, len(pair))) == 1
    if len(start):
        missed = np.multiply.reduceat(1.0 - strength, start)
        # The strongest row is a lower bound that subtraction may lose when every strength is tiny.
        combined = np.where(alone, strength[start], np.maximum(1.0 - missed, np.maximum.reduceat(strength, start)))
    else:
        combined = strength
    pair = pair[start]
    return (pair // max(count, 1)).astype(np.int32), (pair % max(count, 1)).astype(np.int32), combined


def lay_out(
    first: npt.NDArray[np.int32], second: npt.NDArray[np.int32], strength: npt.NDArray[np.float64], count: int
) -> Rows:
    """Lay ties out in both directions, each row from the strongest tie to the weakest, equal ones by neighbour."""
    falling = np.argsort(-strength, kind="stable")
    person = np.stack((first[falling], second[falling]), axis=1).ravel()
    neighbour = np.stack((second[falling], first[falling]), axis=1).ravel()
    by_person = np.argsort(person, kind="stable")
    indptr = np.concatenate(([0], np.cumsum(np.bincount(person, minlength=count)))).astype(np.int64)
    ordered = np.repeat(strength[falling], 2)[by_person]
    return Rows(indptr, neighbour[by_person], ordered, ordered)
