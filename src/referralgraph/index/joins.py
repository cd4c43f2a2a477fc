"""Where the layers of both ends meet: the chains of ties that make up each path, checked for loops and offered.

Paths are written down from the near end: the member of its first layer at place 1 of `ranking.path`, that of the far
end's first layer at the last place inside, and tie number i leads from person i to the next one.
"""

from __future__ import annotations

import numpy as np

from referralgraph.index.layers import Layer, People, Ties, cut, strongest
from referralgraph.index.ranking import FLIPPED, INSIDE, JOINED, LEAST, RELAXED, SLACK, Ranking, halted, offer
from referralgraph.index.table import Records, get, new_table, put


def close(ranking: Ranking, near: Records, far: Records, left: int, right: int, product: float) -> None:
    """Offer every path whose inside is written down, from each end on the left to each on the right.

    :param near: links of the near end's first layer, from `left` on.
    :param far: links of the far end's first layer, from `right` on.
    :param product: strength of the ties inside.
    """
    inside = ranking.counter[INSIDE]
    while left >= 0:
        other = right
        while other >= 0:
            ranking.counter[JOINED] += 1
            if (
                near[left]["via"] != far[other]["via"]
                and product * near[left]["tie"] * far[other]["tie"] >= ranking.bound[LEAST]
            ):
                ranking.path[0] = near[left]["via"]
                ranking.path[inside + 1] = far[other]["via"]
                ranking.ties[0] = near[left]["tie"]
                ranking.ties[inside] = far[other]["tie"]
                offer(ranking)
            other = far[other]["after"]
        left = near[left]["after"]


def met(ranking: Ranking, person: int, first: int, last: int) -> bool:
    """Tell whether a person already stands at one of these places of the path at hand."""
    for place in range(first, last + 1):  # numba compiles no generator
        if ranking.path[place] == person:
            return True
    return False


def meet(ranking: Ranking, near: Layer, far: Layer, links: Records, entry: int, j: int, product: float) -> None:
    """Complete paths that are written down from place 2 to the last one inside, which is the far member `j`.

    :param links: links of the near end's second layer, from `entry` on, to the person at place 2.
    :param product: strength of the ties from place 2 on, as far as they are written down.
    """
    if halted(ranking):
        return
    beyond = product * far.members[j]["best"]
    right = far.members[j]["head"]
    while entry >= 0:
        i = links[entry]["via"]
        ranking.counter[JOINED] += 1
        member = near.members[i]
        if member["best"] * links[entry]["tie"] * beyond >= ranking.bound[LEAST] and not met(
            ranking, member["person"], 3, ranking.counter[INSIDE]
        ):
            ranking.path[1] = member["person"]
            ranking.ties[1] = links[entry]["tie"]
            close(ranking, near.links, far.links, member["head"], right, links[entry]["tie"] * product)
        entry = links[entry]["after"]


def bridge(
    ranking: Ranking, near: Layer, shell: Layer, spot: int, far: Layer, links: Records, entry: int, product: float
) -> None:
    """Complete paths that are written down from place 2, the near shell's `spot`, to the last but one inside.

    :param links: links of the far end's second layer, from `entry` on, to the person at that last place.
    """
    if halted(ranking):
        return
    beyond = product * shell.members[spot]["best"]
    inside = ranking.counter[INSIDE]
    while entry >= 0:
        j = links[entry]["via"]
        ranking.counter[JOINED] += 1
        member = far.members[j]
        if member["best"] * links[entry]["tie"] * beyond >= ranking.bound[LEAST] and not met(
            ranking, member["person"], 2, inside - 1
        ):
            ranking.path[inside] = member["person"]
            ranking.ties[inside - 1] = links[entry]["tie"]
            meet(ranking, near, far, shell.links, shell.members[spot]["head"], j, links[entry]["tie"] * product)
        entry = links[entry]["after"]


def direct(ties: Ties, sources: People, targets: People, ranking: Ranking) -> None:
    """Paths of one tie."""
    ranking.counter[INSIDE] = 0
    wanted = new_table(len(targets))
    for person in targets:
        put(wanted, int(person), 0)
    for person in sources:
        first = ties.indptr[person]
        last = cut(ties.ceiling, first, ties.indptr[person + 1], ranking.bound[LEAST])
        ranking.counter[RELAXED] += last - first
        for at in range(first, last):
            if get(wanted, int(ties.neighbour[at])) == 0 and ties.strength[at] >= ranking.bound[LEAST]:
                ranking.path[0] = person
                ranking.path[1] = ties.neighbour[at]
                ranking.ties[0] = ties.strength[at]
                offer(ranking)


def two_ties(near: Layer, far: Layer, ranking: Ranking) -> None:
    """Paths of two ties: whoever stands in both first layers."""
    ranking.counter[INSIDE] = 1
    for i in range(len(near.members)):
        member = near.members[i]
        j = get(far.table, int(member["person"]))
        if j >= 0 and member["reach"] > 0.0 and member["best"] * far.members[j]["best"] >= ranking.bound[LEAST]:
            ranking.path[1] = member["person"]
            close(ranking, near.links, far.links, member["head"], far.members[j]["head"], 1.0)


def promising(ties: Ties, member: np.void, beyond: float, ranking: Ranking) -> tuple[int, int]:
    """Return from where to where in a member's row ties may lead to a path of use, by the best there is beyond them."""
    first = member["start"]
    last = cut(ties.ceiling, first, member["stop"], ranking.bound[LEAST] / (member["best"] * beyond) * SLACK)
    ranking.counter[RELAXED] += last - first
    return first, last


def three_ties(ties: Ties, near: Layer, order: People, far: Layer, ranking: Ranking) -> None:
    """Paths of three ties: the rows of one first layer, looked up in the other."""
    ranking.counter[INSIDE] = 2
    beyond = strongest(far.members)
    for i in order:
        member = near.members[i]
        if member["reach"] * beyond < ranking.bound[LEAST]:
            continue
        if halted(ranking):
            return
        first, last = promising(ties, member, beyond, ranking)
        for at in range(first, last):
            j = get(far.table, int(ties.neighbour[at]))
            if j < 0 or far.members[j]["reach"] == 0.0:
                continue
            strength = ties.strength[at]
            if member["best"] * strength * far.members[j]["best"] >= ranking.bound[LEAST]:
                ranking.path[1] = member["person"]
                ranking.path[2] = ties.neighbour[at]
                ranking.ties[1] = strength
                close(ranking, near.links, far.links, member["head"], far.members[j]["head"], strength)


def four_ties_inward(ties: Ties, near: Layer, shell: Layer, far: Layer, order: People, ranking: Ranking) -> None:
    """Paths of four ties, two and two: the rows of the far end's first layer, looked up in the near end's second."""
    ranking.counter[INSIDE] = 3
    beyond = strongest(shell.members)
    for j in order:
        member = far.members[j]
        if member["reach"] * beyond < ranking.bound[LEAST]:
            continue
        if halted(ranking):
            return
        first, last = promising(ties, member, beyond, ranking)
        for at in range(first, last):
            spot = get(shell.table, int(ties.neighbour[at]))
            if spot < 0:
                continue
            strength = ties.strength[at]
            if shell.members[spot]["best"] * strength * member["best"] < ranking.bound[LEAST]:
                continue
            if len(ties.barred) > 0 and ties.barred[ties.neighbour[at]]:
                continue
            ranking.path[2] = ties.neighbour[at]
            ranking.path[3] = member["person"]
            ranking.ties[2] = strength
            meet(ranking, near, far, shell.links, shell.members[spot]["head"], j, strength)


def four_ties_outward(ties: Ties, near: Layer, shell: Layer, order: People, far: Layer, ranking: Ranking) -> None:
    """Paths of four ties, three and one: the rows of the near end's second layer, looked up in the far end's first."""
    ranking.counter[INSIDE] = 3
    beyond = strongest(far.members)
    for spot in order:
        member = shell.members[spot]
        if member["reach"] * beyond < ranking.bound[LEAST]:
            continue
        if halted(ranking):
            return
        first, last = promising(ties, member, beyond, ranking)
        for at in range(first, last):
            j = get(far.table, int(ties.neighbour[at]))
            if j < 0 or far.members[j]["reach"] == 0.0:
                continue
            strength = ties.strength[at]
            if member["best"] * strength * far.members[j]["best"] < ranking.bound[LEAST]:
                continue
            ranking.path[2] = member["person"]
            ranking.path[3] = ties.neighbour[at]
            ranking.ties[2] = strength
            meet(ranking, near, far, shell.links, member["head"], j, strength)


def five_ties(
    ties: Ties,
    near: Layer,
    shell: Layer,
    order: People,
    far: Layer,
    far_shell: Layer,
    ranking: Ranking,
) -> None:
    """Paths of five ties: the rows of one second layer, looked up in the other."""
    ranking.counter[INSIDE] = 4
    beyond = strongest(far_shell.members)
    for spot in order:
        member = shell.members[spot]
        if member["reach"] * beyond < ranking.bound[LEAST]:
            continue
        if halted(ranking):
            return
        first, last = promising(ties, member, beyond, ranking)
        for at in range(first, last):
            other = get(far_shell.table, int(ties.neighbour[at]))
            if other < 0 or far_shell.members[other]["reach"] == 0.0:
                continue
            strength = ties.strength[at]
            if member["best"] * strength * far_shell.members[other]["best"] < ranking.bound[LEAST]:
                continue
            ranking.path[2] = member["person"]
            ranking.path[3] = ties.neighbour[at]
            ranking.ties[2] = strength
            entry = far_shell.members[other]["head"]
            bridge(ranking, near, shell, spot, far, far_shell.links, entry, strength)


def six_ties(
    ties: Ties,
    near: Layer,
    shell: Layer,
    crust: Layer,
    far: Layer,
    far_shell: Layer,
    order: People,
    ranking: Ranking,
) -> None:
    """Paths of six ties: the rows of the far end's second layer, looked up in the near end's third, the crust."""
    ranking.counter[INSIDE] = 5
    beyond = strongest(crust.members)
    for other in order:
        member = far_shell.members[other]
        if member["reach"] * beyond < ranking.bound[LEAST]:
            continue
        if halted(ranking):
            return
        first, last = promising(ties, member, beyond, ranking)
        for at in range(first, last):
            middle = get(crust.table, int(ties.neighbour[at]))
            if middle < 0:
                continue
            strength = ties.strength[at]
            if crust.members[middle]["best"] * strength * member["best"] < ranking.bound[LEAST]:
                continue
            if len(ties.barred) > 0 and ties.barred[ties.neighbour[at]]:
                continue
            ranking.path[3] = ties.neighbour[at]
            ranking.path[4] = member["person"]
            ranking.ties[3] = strength
            entry = crust.members[middle]["head"]
            while entry >= 0:
                spot = crust.links[entry]["via"]
                product = crust.links[entry]["tie"] * strength
                inner = shell.members[spot]
                ranking.counter[JOINED] += 1
                if (
                    inner["person"] != member["person"]
                    and inner["best"] * product * member["best"] >= ranking.bound[LEAST]
                ):
                    ranking.path[2] = inner["person"]
                    ranking.ties[2] = crust.links[entry]["tie"]
                    bridge(ranking, near, shell, spot, far, far_shell.links, member["head"], product)
                entry = crust.links[entry]["after"]


def turn(ranking: Ranking) -> None:
    """Exchange the near and the far end for the paths that follow."""
    ranking.counter[FLIPPED] = 1 - ranking.counter[FLIPPED]
