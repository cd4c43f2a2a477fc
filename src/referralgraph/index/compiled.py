"""The search compiled by numba, by whole arrays before that is worth loading, or interpreted: the same answers in every way."""

from __future__ import annotations

import functools
import inspect
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from referralgraph.index import joins, kernel, layers, ranking, table, vectors

MODULES: tuple[ModuleType, ...] = (table, ranking, layers, joins, kernel)


@dataclass(frozen=True)
class Kernels:
    """The loops over the index, compiled or not."""

    search: Callable[..., tuple[Any, ...]]
    search_groups: Callable[..., tuple[Any, ...]]
    ceilings: Callable[..., Any]
    compiled: bool


INTERPRETED = Kernels(kernel.search, kernel.search_groups, layers.ceilings, False)

VECTORS = Kernels(vectors.search, kernel.search_groups, layers.ceilings, False)
"""One question by whole arrays: nothing to load, and some ten times slower than machine code once there is much to do."""

VECTOR_TIES = 4_000_000
"""Ties and chains that one question may look at in this way: about half a second, less than loading numba takes."""

ALL_VECTOR_TIES = 30_000_000
"""The same for all questions of a process together; then machine code is worth loading."""

VECTOR_TIES_ALONE = 60_000_000
"""The same for one question where there is no machine code to be had: plain Python would take minutes for as much."""


@functools.cache
def kernels() -> Kernels:
    """Return the loops as machine code, or as plain Python, a hundred times slower, where numba is missing or broken.

    They are loaded from the disk, beside this package or in the user's cache folder where that can't be written, or
    compiled and put there, which takes up to a minute.
    """
    try:
        from numba import njit
        from numba.extending import register_jitable
    except (ImportError, OSError, AttributeError, SystemError):
        return INTERPRETED
    for module in MODULES:
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__:
                register_jitable(function)
    machine_code = njit(nogil=True, cache=True)
    stamp = _sources()
    loops = Kernels(
        machine_code(_stamped_search(stamp, kernel.search)),
        machine_code(_stamped_search_groups(stamp, kernel.search_groups)),
        machine_code(_stamped_ceilings(stamp, layers.ceilings)),
        True,
    )
    _run_once(loops)
    return loops


def _run_once(loops: Kernels) -> None:
    """Call every loop with the types that real questions have, on two people who are tied."""
    indptr = np.array([0, 1, 2], dtype=np.int64)
    neighbour = np.array([1, 0], dtype=np.int32)
    strength = np.array([0.5, 0.5], dtype=np.float64)
    barred = np.zeros(0, dtype=np.bool_)
    for mapped in (indptr, neighbour, strength, barred):
        mapped.setflags(write=False)
    ties = (indptr, neighbour, strength, strength, barred)
    one, other = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    stop = np.zeros(1, dtype=np.uint8)
    loops.search(*ties, np.concatenate((one, other)), one, other, 1, 4, 0.0, 1 << 62, stop)
    loops.search_groups(*ties, one, one, other, np.array([1], dtype=np.int64), 1, 4, 0.0, stop)
    loops.ceilings(indptr, strength)


class Pace:
    """Which loops a process runs: whole arrays for its first questions, then machine code.

    Loading machine code costs more than a few questions by whole arrays, and compiling it far more; a command line that
    asks one question is answered before that would be done.
    """

    def __init__(self) -> None:
        """Start with nothing looked at."""
        self._looked = 0
        self._loading: threading.Thread | None = None

    def allowance(self) -> int:
        """Return how much the next question may look at by whole arrays, 0 once machine code is there."""
        if kernels.cache_info().currsize:
            return 0 if kernels().compiled else VECTOR_TIES_ALONE
        return max(0, min(VECTOR_TIES, ALL_VECTOR_TIES - self._looked))

    def spend(self, ties: int) -> None:
        """Count ties that were looked at by whole arrays; a question counts as some ten thousand by itself."""
        self._looked += ties + 20_000

    def loops(self, seconds: float | None) -> Kernels:
        """Return machine code if it is there within so many seconds, else plain Python; None waits for it."""
        if seconds is None or kernels.cache_info().currsize:
            return kernels()
        if self._loading is None:
            self._loading = threading.Thread(target=kernels, daemon=True)
            self._loading.start()
        self._loading.join(max(0.0, seconds))
        return kernels() if kernels.cache_info().currsize else INTERPRETED


@functools.cache
def pace() -> Pace:
    """Return the pace of this process."""
    return Pace()


def warm() -> bool:
    """Load the machine code, compiling it if need be; `build` calls this, so that no question waits for it.

    :return: whether there is machine code; False where numba is missing, and questions go by whole arrays, the largest interpreted.
    """
    return kernels().compiled


def _sources() -> int:
    """Return a number that changes with any source file of the search."""
    stamp = 0
    for module in MODULES:
        stamp = zlib.crc32(Path(str(module.__file__)).read_bytes(), stamp)
    return stamp


# numba looks only at the file of the outermost function to see whether its cache is stale, but also at what that
# function encloses: the stamp makes a change in any of the modules a miss. It reads the types from the call.


def _stamped_search(stamp: int, inner: Callable[..., Any]) -> Callable[..., Any]:
    def search_ties(  # type: ignore[no-untyped-def]
        indptr, neighbour, strength, ceiling, barred, blocked, sources, targets, k, max_ties, min_strength, limit, stop
    ):
        if stamp < 0:
            raise ValueError
        return inner(
            indptr,
            neighbour,
            strength,
            ceiling,
            barred,
            blocked,
            sources,
            targets,
            k,
            max_ties,
            min_strength,
            limit,
            stop,
        )

    return search_ties


def _stamped_search_groups(stamp: int, inner: Callable[..., Any]) -> Callable[..., Any]:
    def search_groups_of_ties(  # type: ignore[no-untyped-def]
        indptr, neighbour, strength, ceiling, barred, blocked, sources, targets, ends, k, max_ties, min_strength, stop
    ):
        if stamp < 0:
            raise ValueError
        return inner(
            indptr,
            neighbour,
            strength,
            ceiling,
            barred,
            blocked,
            sources,
            targets,
            ends,
            k,
            max_ties,
            min_strength,
            stop,
        )

    return search_groups_of_ties


def _stamped_ceilings(stamp: int, inner: Callable[..., Any]) -> Callable[..., Any]:
    def row_ceilings(indptr, strength):  # type: ignore[no-untyped-def]
        if stamp < 0:
            raise ValueError
        return inner(indptr, strength)

    return row_ceilings
