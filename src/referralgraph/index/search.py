"""Questions put to the search: their deadline, compiled or interpreted, and the paths as a person reads them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from referralgraph.errors import NotFound
from referralgraph.index.compiled import VECTORS, Kernels, pace
from referralgraph.index.ranking import LONGEST
from referralgraph.index.rows import Rows, read_only
from referralgraph.index.table import Records

__all__ = ["Rows", "SearchResult", "TiePath", "check_question", "run_groups", "run_search"]

NO_LIMIT = 1 << 62

UNTIMED = 300_000
"""Ties a question may look at before it starts a clock, which costs more than most questions: about a millisecond."""


SHARED_TIES = 4
"""Longest paths for which the sources' side of many questions is grown once."""


@dataclass(frozen=True, slots=True)
class TiePath:
    """A chain of ties: the people from source to target, and the product of the strengths of their ties."""

    people: tuple[int, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, strongest first, and whether that is proven to be all.

    :param paths: the paths, strongest first, equal strengths ordered by the ids of their people.
    :param complete: false when the deadline passed first: each path is right, but stronger ones may be missing.
    :param relaxed: ties looked at, a measure of work that is free of noise.
    """

    paths: list[TiePath]
    complete: bool
    relaxed: int


def check_question(k: int, max_ties: int, min_strength: float) -> None:
    """Raise ValueError for a question that can't be asked."""
    if k < 1:
        raise ValueError(f"k is the number of paths wanted, at least 1, not {k}")
    if not 1 <= max_ties <= LONGEST:
        raise ValueError(f"max_ties is 1 to {LONGEST}, not {max_ties}")
    if not 0.0 <= min_strength <= 1.0:
        raise ValueError(f"min_strength is 0 to 1, not {min_strength}")


def chosen_people(rows: Rows, chosen: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return compact ids, each once and in their order; machine code would read past the rows for one that is none."""
    people = list(dict.fromkeys(chosen.tolist()))
    if people and not 0 <= min(people) <= max(people) < len(rows.indptr) - 1:
        raise NotFound(f"one of {people} is no compact id: there are {len(rows.indptr) - 1} people")
    return np.array(people, dtype=np.int32)


NOBODY = np.zeros(0, dtype=np.bool_)
NOBODY.setflags(write=False)


def run_search(
    rows: Rows,
    people: npt.NDArray[np.int64] | None,
    sources: npt.NDArray[np.int32],
    targets: npt.NDArray[np.int32],
    *,
    k: int,
    max_ties: int,
    min_strength: float,
    avoid: npt.NDArray[np.int32],
    barred: npt.NDArray[np.bool_] = NOBODY,
    deadline: float | None = None,
    loops: Kernels | None = None,
) -> SearchResult:
    """Find the k strongest simple paths from any source to any target.

    :param rows: the ties.
    :param people: the ids to answer with, ascending; None when they are the compact ids themselves.
    :param sources: compact ids.
    :param targets: compact ids.
    :param k: paths wanted, at least 1.
    :param max_ties: 1 to 6.
    :param min_strength: 0 to 1.
    :param avoid: compact ids that may not be inside a path; few, for they are put into a table for each question.
    :param barred: one flag a person, read-only, for many who may not be inside a path; empty for nobody.
    :param deadline: seconds; None for as long as it takes.
    :param loops: which loops to run; None to leave the choice to the pace of this process.
    :return: the paths over the people's own ids, strongest first.
    :raises NotFound: for a compact id that is none.
    :raises ValueError: for numbers out of these ranges.
    """
    check_question(k, max_ties, min_strength)
    # Copies, and a read-only view: machine code is compiled for exactly these types.
    sources, targets, avoid = (chosen_people(rows, each) for each in (sources, targets, avoid))
    barred = read_only(barred, np.bool_)
    blocked = np.concatenate((sources, targets, avoid))
    stop = np.zeros(1, dtype=np.uint8)

    def run(loops: Kernels, limit: int) -> tuple[Records, int, bool]:
        answer: tuple[Records, int, bool] = loops.search(
            rows.indptr,
            rows.neighbour,
            rows.strength,
            rows.ceiling,
            barred,
            blocked,
            sources,
            targets,
            k,
            max_ties,
            float(min_strength),
            limit,
            stop,
        )
        return answer

    ends = None if deadline is None else time.monotonic() + deadline
    answer: tuple[Records, int, bool] | None = None
    allowance = 0 if loops else pace().allowance()
    if allowance:
        with _alarm(stop, deadline):
            answer = run(VECTORS, allowance)
        pace().spend(answer[1])
    if answer is None or not (answer[2] or stop[0]):
        loops = loops or pace().loops(None if ends is None else (ends - time.monotonic()) / 2)
        if ends is None:
            answer = run(loops, NO_LIMIT)
        else:
            if loops.compiled:
                answer = run(loops, UNTIMED)
            left = ends - time.monotonic()
            if answer is None or (left > 0.0 and not answer[2]):
                with _alarm(stop, left):
                    answer = run(loops, NO_LIMIT)
    found, relaxed, complete = answer
    return SearchResult(named(people, found), bool(complete), int(relaxed))


def run_groups(
    rows: Rows,
    people: npt.NDArray[np.int64] | None,
    sources: npt.NDArray[np.int32],
    groups: Sequence[npt.NDArray[np.int32]],
    *,
    k: int,
    max_ties: int,
    min_strength: float,
    avoid: npt.NDArray[np.int32],
    barred: npt.NDArray[np.bool_] = NOBODY,
    deadline: float | None = None,
    loops: Kernels | None = None,
) -> list[SearchResult]:
    """Answer `run_search` for each group of targets; up to four ties the sources' side is grown once for all.

    :return: one result a group, in their order. The deadline is for all of them together.
    """
    check_question(k, max_ties, min_strength)
    began = time.monotonic()
    if max_ties > SHARED_TIES:
        results = []
        for group in groups:
            left = None if deadline is None else max(0.0, deadline - (time.monotonic() - began))
            results.append(
                run_search(
                    rows,
                    people,
                    sources,
                    group,
                    k=k,
                    max_ties=max_ties,
                    min_strength=min_strength,
                    avoid=avoid,
                    barred=barred,
                    deadline=left,
                    loops=loops,
                )
            )
        return results
    stop = np.zeros(1, dtype=np.uint8)
    sources, avoid, *groups = (chosen_people(rows, each) for each in (sources, avoid, *groups))
    targets = np.concatenate([np.zeros(0, dtype=np.int32), *(np.sort(group) for group in groups)])
    with _alarm(stop, deadline):
        chosen = loops or pace().loops(None if deadline is None else deadline / 2)
        found, counts, relaxed = chosen.search_groups(
            rows.indptr,
            rows.neighbour,
            rows.strength,
            rows.ceiling,
            read_only(barred, np.bool_),
            np.concatenate((sources, avoid)),
            sources,
            targets,
            np.cumsum(np.array([len(group) for group in groups], dtype=np.int64)),
            k,
            max_ties,
            float(min_strength),
            stop,
        )
    return [
        SearchResult(named(people, found[place * k : place * k + count]), looked >= 0, max(looked, 0))
        for place, (count, looked) in enumerate(zip(counts.tolist(), relaxed.tolist(), strict=True))
    ]


@contextmanager
def _alarm(stop: npt.NDArray[np.uint8], seconds: float | None) -> Iterator[None]:
    """Set a flag when so many seconds have passed; None for never."""
    if seconds is None:
        yield
        return

    def ring() -> None:
        stop[0] = 1

    if seconds <= 0.0:
        ring()
    clock = threading.Timer(max(seconds, 0.0), ring)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def named(people: npt.NDArray[np.int64] | None, found: Records) -> list[TiePath]:
    """Turn the kernel's records into paths over the people's own ids."""
    chains = found["people"] if people is None else people[found["people"]]
    return [
        TiePath(tuple(chain[:size]), strength)
        for chain, size, strength in zip(
            chains.tolist(), found["size"].tolist(), found["strength"].tolist(), strict=True
        )
    ]
