"""A small hash table from people to places, with a filter that answers most misses from the nearest cache.

Every function of this module and of its neighbours `ranking`, `layers`, `joins` and `kernel` is plain Python that numba
can compile: without numba the very same code is interpreted, so that both ways give the same answers. What belongs
together lies together in records, because a cache miss and a reference to an array each cost more than the arithmetic.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[np.void]

SLOT = np.dtype([("person", np.int32), ("place", np.int32)], align=True)

EMPTY = -1
BLOCKED = -1
"""Place of a person who may not be an introducer: the question's own sources and targets, and people to avoid."""

ABSENT = -2


class Table(NamedTuple):
    """Open addressing with linear probing; sized by what it holds, so that clearing costs no more than filling."""

    slots: Records
    bits: npt.NDArray[np.uint8]
    shift: int


def new_table(most: int) -> Table:
    """Make an empty table for at most `most` people."""
    width = 4
    while (1 << width) < 2 * most:
        width += 1
    size = 1 << width
    slots = np.empty(size, dtype=SLOT)
    for slot in range(size):
        slots[slot]["person"] = EMPTY
    return Table(slots, np.zeros(size, dtype=np.uint8), 32 - width)


def put(table: Table, person: int, place: int) -> int:
    """Return the place of a person, who gets this one if there is none yet."""
    mixed = (person * 1640531527) & 0xFFFFFFFF
    slot = mixed >> table.shift
    last = len(table.slots) - 1
    while table.slots[slot]["person"] != person:
        if table.slots[slot]["person"] == EMPTY:
            table.slots[slot]["person"] = person
            table.slots[slot]["place"] = place
            bit = mixed >> (table.shift - 3)
            table.bits[bit >> 3] |= np.uint8(1 << (bit & 7))
            return place
        slot = (slot + 1) & last
    return int(table.slots[slot]["place"])


def get(table: Table, person: int) -> int:
    """Return the place of a person, or `ABSENT`."""
    mixed = (person * 1640531527) & 0xFFFFFFFF
    bit = mixed >> (table.shift - 3)
    # Most people looked up aren't there: one bit tells, and eight bits a slot stay in the nearest cache.
    if (table.bits[bit >> 3] >> (bit & 7)) & 1 == 0:
        return ABSENT
    slot = mixed >> table.shift
    last = len(table.slots) - 1
    while table.slots[slot]["person"] != person:
        if table.slots[slot]["person"] == EMPTY:
            return ABSENT
        slot = (slot + 1) & last
    return int(table.slots[slot]["place"])
