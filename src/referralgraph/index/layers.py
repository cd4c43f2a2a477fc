"""The people so many ties around the sources or the targets of a question."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from referralgraph.index.ranking import LEAST, RELAXED, SLACK, Ranking, halted
from referralgraph.index.table import ABSENT, BLOCKED, Records, Table, new_table, put

People = npt.NDArray[np.int32]

MEMBER = np.dtype(
    [
        ("person", np.int32),
        ("head", np.int32),
        ("best", np.float64),
        ("reach", np.float64),
        ("start", np.int64),
        ("stop", np.int64),
    ],
    align=True,
)
"""A person of a layer: the first of the links that lead here, the strongest way here, a bound for one tie further (0
for a barred person, who leads nowhere), and the row of ties. Opening a layer fills in the row and lowers the bound."""

LINK = np.dtype([("via", np.int32), ("after", np.int32), ("tie", np.float64)], align=True)
"""A last tie that leads to a member: where it comes from (a person for the first layer, which is the end itself, a
place in the layer before for the others), its strength, and the member's next link."""


class Ties(NamedTuple):
    """Compressed sparse rows, read-only and perhaps memory-mapped; both directions of a tie have the same strength."""

    indptr: npt.NDArray[np.int64]
    neighbour: npt.NDArray[np.int32]
    strength: npt.NDArray[np.float64]
    ceiling: npt.NDArray[np.float64]
    barred: npt.NDArray[np.bool_]


class Layer(NamedTuple):
    """Everyone so many ties away from an end, each person once, with all the last ties that lead there."""

    members: Records
    links: Records
    table: Table


def cut(ceiling: npt.NDArray[np.float64], start: int, stop: int, need: float) -> int:
    """Return where the ties of a row end that can be as strong as `need`."""
    if start == stop or ceiling[start] < need:
        return start
    if ceiling[stop - 1] >= need:
        return stop
    while stop - start > 1:
        middle = (start + stop) >> 1
        if ceiling[middle] >= need:
            start = middle
        else:
            stop = middle
    return stop


def table_without(most: int, blocked: People) -> Table:
    """Make a table for `most` people that turns away those who may not be inside a path."""
    table = new_table(most + len(blocked))
    for person in blocked:
        put(table, int(person), BLOCKED)
    return table


def first_layer(ties: Ties, ends: People, blocked: People, ranking: Ranking) -> Layer:
    """Collect everyone who may be an introducer and is one tie away from one of the ends."""
    most = 0
    for person in ends:
        most += ties.indptr[person + 1] - ties.indptr[person]
    table = table_without(most, blocked)
    members = np.empty(most, dtype=MEMBER)
    links = np.empty(most, dtype=LINK)
    count = 0
    entries = 0
    least = ranking.bound[LEAST]
    for person in ends:
        first = ties.indptr[person]
        last = cut(ties.ceiling, first, ties.indptr[person + 1], least)
        ranking.counter[RELAXED] += last - first
        for at in range(first, last):
            strength = ties.strength[at]
            if strength < least:
                continue
            place = put(table, int(ties.neighbour[at]), count)
            if place == BLOCKED:
                continue
            if place == count:
                members[count]["person"] = ties.neighbour[at]
                members[count]["best"] = strength
                members[count]["head"] = ABSENT
                count += 1
            elif strength > members[place]["best"]:
                members[place]["best"] = strength
            links[entries]["via"] = person
            links[entries]["tie"] = strength
            links[entries]["after"] = members[place]["head"]
            members[place]["head"] = entries
            entries += 1
    members = members[:count]
    for place in range(count):
        members[place]["reach"] = members[place]["best"]
    if len(ties.barred) > 0:
        for place in range(count):
            if ties.barred[members[place]["person"]]:
                members[place]["reach"] = 0.0
    return Layer(members, links[:entries], table)


def open_layer(ties: Ties, layer: Layer) -> None:
    """Find the rows of a layer's people, and how strong they can still be one tie further."""
    members = layer.members
    for place in range(len(members)):
        person = members[place]["person"]
        members[place]["start"] = ties.indptr[person]
        members[place]["stop"] = ties.indptr[person + 1]
    for place in range(len(members)):
        # Everyone here has at least the tie that led here, so that the row has a first place.
        members[place]["reach"] = members[place]["best"] * ties.ceiling[members[place]["start"]]
    if len(ties.barred) > 0:
        for place in range(len(members)):
            if ties.barred[members[place]["person"]]:
                members[place]["reach"] = 0.0


def strongest(members: Records) -> float:
    """Return the strength of the strongest way to any of the members."""
    greatest = 0.0
    for place in range(len(members)):
        greatest = max(greatest, members[place]["best"])
    return greatest


def farthest(members: Records) -> float:
    """Return a bound for the strength of any way through the members to one tie further."""
    greatest = 0.0
    for place in range(len(members)):
        greatest = max(greatest, members[place]["reach"])
    return greatest


def breadth(members: Records, beyond: float, ranking: Ranking) -> int:
    """Return how many ties of an opened layer's people a path may still take, if `beyond` bounds the rest."""
    total = 0
    for place in range(len(members)):
        if members[place]["reach"] * beyond >= ranking.bound[LEAST]:
            total += members[place]["stop"] - members[place]["start"]
    return int(total)


def by_strength(members: Records) -> People:
    """Order places by strength, roughly: within a quarter of a doubling, and in linear time."""
    count = len(members)
    order = np.empty(count, dtype=np.int32)
    first = np.zeros(66, dtype=np.int64)
    bucket = np.empty(count, dtype=np.int8)
    for place in range(count):
        bucket[place] = min(64, int(-4.0 * np.log2(members[place]["best"])))
        first[bucket[place] + 1] += 1
    for i in range(1, 66):
        first[i] += first[i - 1]
    for place in range(count):
        order[first[bucket[place]]] = place
        first[bucket[place]] += 1
    return order


def next_layer(
    ties: Ties,
    layer: Layer,
    order: People,
    beyond: float,
    blocked: People,
    ranking: Ranking,
) -> Layer:
    """Collect everyone one tie further than an opened layer, as far as a path can still be strong enough.

    :param order: places of the layer, in the order to go through them.
    :param beyond: a bound for the product of the ties that follow.
    """
    most = breadth(layer.members, beyond, ranking)
    table = table_without(most, blocked)
    members = np.empty(most, dtype=MEMBER)
    links = np.empty(most, dtype=LINK)
    count = 0
    entries = 0
    least = ranking.bound[LEAST]
    for place in order:
        member = layer.members[place]
        near = member["best"]
        if member["reach"] * beyond < least:
            continue
        if halted(ranking):
            break
        first = member["start"]
        last = cut(ties.ceiling, first, member["stop"], least / (near * beyond) * SLACK)
        ranking.counter[RELAXED] += last - first
        for at in range(first, last):
            strength = ties.strength[at]
            product = near * strength
            if product * beyond < least:
                continue
            spot = put(table, int(ties.neighbour[at]), count)
            if spot == BLOCKED:
                continue
            if spot == count:
                members[count]["person"] = ties.neighbour[at]
                members[count]["best"] = product
                members[count]["head"] = ABSENT
                count += 1
            elif product > members[spot]["best"]:
                members[spot]["best"] = product
            links[entries]["via"] = place
            links[entries]["tie"] = strength
            links[entries]["after"] = members[spot]["head"]
            members[spot]["head"] = entries
            entries += 1
    return Layer(members[:count], links[:entries], table)


def ceilings(indptr: npt.NDArray[np.int64], strength: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return, for each place, the greatest strength from there to the end of its row."""
    ceiling = np.empty(len(strength), dtype=np.float64)
    for person in range(len(indptr) - 1):
        greatest = 0.0
        for at in range(indptr[person + 1] - 1, indptr[person] - 1, -1):
            greatest = max(greatest, strength[at])
            ceiling[at] = greatest
    return ceiling
