"""The strong rival: meet in the middle, written plainly in numba.

Two ties are walked from the source and two from the target, into arrays as wide as the graph that are told apart by a
stamp and so need no clearing; where the walks meet, chains are multiplied out, and only those stronger than the k-th
best are kept. It knows no bounds: every tie within two steps of either end is looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Found = list[tuple[tuple[int, ...], float]]


@njit(nogil=True, cache=True)
def _offer(
    held: npt.NDArray[np.int32],
    sizes: npt.NDArray[np.int32],
    strengths: npt.NDArray[np.float64],
    count: int,
    path: npt.NDArray[np.int32],
    size: int,
    strength: float,
) -> int:
    """Insert a path into a sorted list; equal strengths by ids. Return how many are held."""
    k = len(strengths)
    place = count
    while place > 0:
        other = strengths[place - 1]
        if strength < other * (1.0 - 1e-12):
            break
        if strength <= other * (1.0 + 1e-12):
            later = size > sizes[place - 1]
            for i in range(min(size, sizes[place - 1])):
                if path[i] != held[place - 1, i]:
                    later = path[i] > held[place - 1, i]
                    break
            if later:
                break
        place -= 1
    if place == k:
        return count
    for i in range(min(count, k - 1), place, -1):
        held[i] = held[i - 1]
        sizes[i] = sizes[i - 1]
        strengths[i] = strengths[i - 1]
    held[place, :size] = path[:size]
    sizes[place] = size
    strengths[place] = strength
    return min(count + 1, k)


@njit(nogil=True, cache=True)
def _search(  # type: ignore[no-untyped-def]  # numba reads the types from the call
    indptr, neighbour, strength, source, target, k, floor, stamps, stamp, first, near, head, best
):
    held = np.zeros((k, 5), dtype=np.int32)
    sizes = np.zeros(k, dtype=np.int32)
    strengths = np.zeros(k, dtype=np.float64)
    path = np.zeros(5, dtype=np.int32)
    count = 0
    looked = 0
    path[0] = source
    most = 0
    for at in range(indptr[source], indptr[source + 1]):
        a = neighbour[at]
        most += indptr[a + 1] - indptr[a]
    via = np.empty(most, dtype=np.int32)
    tie = np.empty(most, dtype=np.float64)
    after = np.empty(most, dtype=np.int32)
    entries = 0
    for at in range(indptr[source], indptr[source + 1]):
        a = neighbour[at]
        looked += 1
        if a == target:
            if strength[at] >= floor:
                path[1] = target
                count = _offer(held, sizes, strengths, count, path, 2, strength[at])
            continue
        first[a] = stamp
        near[a] = strength[at]
    for at in range(indptr[source], indptr[source + 1]):
        a = neighbour[at]
        if a == target:
            continue
        for step in range(indptr[a], indptr[a + 1]):
            m = neighbour[step]
            looked += 1
            if m in (source, target):
                continue
            if stamps[m] != stamp:
                stamps[m] = stamp
                head[m] = -1
                best[m] = 0.0
            product = strength[at] * strength[step]
            best[m] = max(best[m], product)
            via[entries] = a
            tie[entries] = strength[step]
            after[entries] = head[m]
            head[m] = entries
            entries += 1
    for at in range(indptr[target], indptr[target + 1]):
        b = neighbour[at]
        looked += 1
        if b == source:
            continue
        least = max(floor * (1.0 - 1e-12), strengths[k - 1] * (1.0 - 2e-12) if count == k else 0.0)
        if first[b] == stamp and near[b] * strength[at] >= least:
            path[1] = b
            path[2] = target
            count = _offer(held, sizes, strengths, count, path, 3, near[b] * strength[at])
        if stamps[b] == stamp and best[b] * strength[at] >= least:
            entry = head[b]
            while entry >= 0:
                product = near[via[entry]] * tie[entry] * strength[at]
                if product >= least:
                    path[1] = via[entry]
                    path[2] = b
                    path[3] = target
                    count = _offer(held, sizes, strengths, count, path, 4, product)
                entry = after[entry]
        for step in range(indptr[b], indptr[b + 1]):
            m = neighbour[step]
            looked += 1
            if stamps[m] != stamp:
                continue
            least = max(floor * (1.0 - 1e-12), strengths[k - 1] * (1.0 - 2e-12) if count == k else 0.0)
            if best[m] * strength[step] * strength[at] < least:
                continue
            entry = head[m]
            while entry >= 0:
                product = near[via[entry]] * tie[entry] * strength[step] * strength[at]
                if product >= least and via[entry] != b:
                    path[1] = via[entry]
                    path[2] = m
                    path[3] = b
                    path[4] = target
                    count = _offer(held, sizes, strengths, count, path, 5, product)
                entry = after[entry]
    return held[:count], sizes[:count], strengths[:count], looked


class PlainSearch:
    """The rival with its wide arrays, for questions from one person to one, up to four ties."""

    def __init__(self, indptr: npt.NDArray[np.int64], neighbour: npt.NDArray[np.int32], strength: Any) -> None:
        """Take the rows of the index, and compile."""
        people = len(indptr) - 1
        self._rows = (indptr, neighbour, strength)
        self._wide = (
            np.zeros(people, dtype=np.int64),
            np.zeros(people, dtype=np.float64),
            np.zeros(people, dtype=np.int32),
            np.zeros(people, dtype=np.float64),
        )
        self._stamps = np.zeros(people, dtype=np.int64)
        self._stamp = 0
        self.looked = 0
        self.paths(0, min(1, people - 1), 1, 0.0)

    def paths(self, source: int, target: int, k: int, floor: float) -> Found:
        """Return the k strongest paths of at most four ties; `looked` then says at how many ties it looked."""
        self._stamp += 1
        held, sizes, strengths, self.looked = _search(
            *self._rows, source, target, k, floor, self._stamps, self._stamp, *self._wide
        )
        return [
            (tuple(people[:size]), worth)
            for people, size, worth in zip(held.tolist(), sizes.tolist(), strengths.tolist(), strict=True)
        ]
