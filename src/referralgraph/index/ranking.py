"""The k strongest paths found so far, and the strength below which nothing can enter any more."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from referralgraph.index.table import Records

LONGEST = 6
"""Ties of the longest path that can be asked for."""

SPARE_BITS = 12
"""Two strengths are equal when they agree to 53 - 12 = 41 binary digits, which are 12 decimal ones: products of the
same ties in another order differ only below that."""

SLACK = 1.0 - 1e-12
"""Bounds multiply in another order than paths do; so much lower, they never cut off a path of the same rounded
strength."""

PATH = np.dtype(
    [("people", np.int32, (LONGEST + 1,)), ("size", np.int32), ("strength", np.float64), ("rank", np.int64)], align=True
)

HELD, RELAXED, JOINED, LIMIT, FLIPPED, INSIDE = 0, 1, 2, 3, 4, 5
"""Places in `counter`: paths held, ties looked at, chains joined, how many of both are allowed; whether paths are
written down from target to source, and how many introducers the path at hand has."""

LEAST, FLOOR = 0, 1
"""Places in `bound`: what a strength must reach to be of use, and the question's own minimum."""


class Ranking(NamedTuple):
    """A heap with the weakest path on top, and the path at hand: its people and its ties, from the near end.

    `shunned` are people who may not be inside a path although the layers hold them, in ascending order; another thread
    sets `stop` to end the search.
    """

    held: Records
    path: npt.NDArray[np.int64]
    ties: npt.NDArray[np.float64]
    bound: npt.NDArray[np.float64]
    counter: npt.NDArray[np.int64]
    shunned: npt.NDArray[np.int32]
    stop: npt.NDArray[np.uint8]


def rounded(strength: float) -> int:
    """Return an integer that orders strengths, and is equal for those that differ by less than rounding can tell."""
    return (int(np.float64(strength).view(np.int64)) + (1 << (SPARE_BITS - 1))) >> SPARE_BITS


def lowest(rank: int) -> float:
    """Return a number no higher than any strength of this rank."""
    return float(np.int64(max((rank << SPARE_BITS) - (1 << SPARE_BITS), 0)).view(np.float64))


def new_ranking(
    k: int, min_strength: float, limit: int, shunned: npt.NDArray[np.int32], stop: npt.NDArray[np.uint8]
) -> Ranking:
    """Make an empty ranking of k places, for paths of at least this strength and at most so many ties looked at."""
    ranking = Ranking(
        np.empty(k + 1, dtype=PATH),
        np.zeros(LONGEST + 1, dtype=np.int64),
        np.zeros(LONGEST, dtype=np.float64),
        np.zeros(2, dtype=np.float64),
        np.zeros(6, dtype=np.int64),
        shunned,
        stop,
    )
    # The smallest positive number keeps ties of strength 0, absent under a filter, out of every comparison.
    ranking.bound[LEAST] = max(lowest(rounded(min_strength)) * SLACK, 5e-324)
    ranking.bound[FLOOR] = min_strength
    ranking.counter[LIMIT] = limit
    return ranking


def weaker(held: Records, one: int, other: int) -> bool:
    """Tell whether the path at one place goes after the one at another."""
    if held[one]["rank"] != held[other]["rank"]:
        return bool(held[one]["rank"] < held[other]["rank"])
    size = min(held[one]["size"], held[other]["size"])
    for i in range(size):
        if held[one]["people"][i] != held[other]["people"][i]:
            return bool(held[one]["people"][i] > held[other]["people"][i])
    return bool(held[one]["size"] > held[other]["size"])


def copy(held: Records, source: int, target: int) -> None:
    """Copy the path at one place to another."""
    for i in range(LONGEST + 1):
        held[target]["people"][i] = held[source]["people"][i]
    held[target]["size"] = held[source]["size"]
    held[target]["strength"] = held[source]["strength"]
    held[target]["rank"] = held[source]["rank"]


def holds(people: npt.NDArray[np.int32], person: int) -> bool:
    """Tell whether ascending ids hold a person."""
    first = 0
    last = len(people)
    while first < last:
        middle = (first + last) >> 1
        if people[middle] < person:
            first = middle + 1
        else:
            last = middle
    return bool(first < len(people) and people[first] == person)


def offer(ranking: Ranking) -> None:
    """Put the path at hand into the ranking if it is among the k strongest."""
    inside = ranking.counter[INSIDE]
    flipped = ranking.counter[FLIPPED] == 1
    strength = 1.0
    for i in range(inside + 1):
        strength *= ranking.ties[inside - i if flipped else i]
    rank = rounded(strength)
    if rank < rounded(ranking.bound[FLOOR]) or strength <= 0.0:
        return
    for i in range(1, inside + 1):
        if holds(ranking.shunned, ranking.path[i]):
            return
    held = ranking.held
    # The last place is kept free for whoever asks to enter.
    spare = len(held) - 1
    for i in range(inside + 2):
        held[spare]["people"][i] = ranking.path[inside + 1 - i if flipped else i]
    for i in range(inside + 2, LONGEST + 1):
        held[spare]["people"][i] = 0
    held[spare]["size"] = inside + 2
    held[spare]["strength"] = strength
    held[spare]["rank"] = rank
    count = ranking.counter[HELD]
    if count < spare:
        copy(held, spare, count)
        ranking.counter[HELD] += 1
        rise(held, count)
    elif weaker(held, 0, spare):
        copy(held, spare, 0)
        sink(held, 0, spare)
    if ranking.counter[HELD] == spare:
        ranking.bound[LEAST] = max(ranking.bound[LEAST], lowest(held[0]["rank"]) * SLACK)


def swap(held: Records, one: int, other: int) -> None:
    """Exchange two places, by way of the last one."""
    spare = len(held) - 1
    copy(held, one, spare)
    copy(held, other, one)
    copy(held, spare, other)


def rise(held: Records, place: int) -> None:
    """Move the path at a place up the heap while it is weaker than the one above."""
    while place > 0 and weaker(held, place, (place - 1) // 2):
        swap(held, place, (place - 1) // 2)
        place = (place - 1) // 2


def sink(held: Records, place: int, count: int) -> None:
    """Move the path at a place down the heap while one below is weaker."""
    while 2 * place + 1 < count:
        child = 2 * place + 1
        if child + 1 < count and weaker(held, child + 1, child):
            child += 1
        if not weaker(held, child, place):
            return
        swap(held, place, child)
        place = child


def settle(ranking: Ranking) -> None:
    """Turn the heap into a list, strongest first."""
    for count in range(ranking.counter[HELD] - 1, 0, -1):
        swap(ranking.held, 0, count)
        sink(ranking.held, 0, count)


def halted(ranking: Ranking) -> bool:
    """Tell whether the question is out of time, or has looked at as many ties as it may."""
    return bool(ranking.stop[0] != 0 or ranking.counter[RELAXED] + ranking.counter[JOINED] > ranking.counter[LIMIT])
