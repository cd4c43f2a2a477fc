"""The exact search: layers of people grown from both ends of a question and joined in the middle."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from referralgraph.index.joins import (
    direct,
    five_ties,
    four_ties_inward,
    four_ties_outward,
    six_ties,
    three_ties,
    turn,
    two_ties,
)
from referralgraph.index.layers import (
    Layer,
    People,
    Ties,
    breadth,
    by_strength,
    farthest,
    first_layer,
    next_layer,
    open_layer,
    strongest,
)
from referralgraph.index.ranking import HELD, RELAXED, Ranking, halted, new_ranking, settle
from referralgraph.index.table import Records

UNEVEN = 8
"""How many times more people one end must know than the other for its side to be left closed."""


def search(
    indptr: npt.NDArray[np.int64],
    neighbour: npt.NDArray[np.int32],
    strength: npt.NDArray[np.float64],
    ceiling: npt.NDArray[np.float64],
    barred: npt.NDArray[np.bool_],
    blocked: People,
    sources: People,
    targets: People,
    k: int,
    max_ties: int,
    min_strength: float,
    limit: int,
    stop: npt.NDArray[np.uint8],
) -> tuple[Records, int, bool]:
    """Find the k strongest simple paths of at most `max_ties` ties between any source and any target.

    Shorter paths come first, and each raises the strength that the rest must reach: what can't, by the strongest tie
    that could follow, is never looked at.

    :param blocked: who may not be inside a path, the sources and targets among them.
    :param limit: ties to look at before giving up.
    :param stop: one flag; another thread sets it to 1 to end the search.
    :return: the paths, ties looked at, whether the search is complete.
    """
    ties = Ties(indptr, neighbour, strength, ceiling, barred)
    ranking = new_ranking(k, min_strength, limit, blocked[:0], stop)
    direct(ties, sources, targets, ranking)
    if max_ties > 1:
        near = first_layer(ties, sources, blocked, ranking)
        far = first_layer(ties, targets, blocked, ranking)
        # Opening a layer costs cache misses, one or two a person: a hub's stays closed while the other end is small.
        uneven = max(len(near.members), len(far.members)) > UNEVEN * min(len(near.members), len(far.members))
        if uneven:
            away = len(near.members) > len(far.members)
        else:
            open_layer(ties, near)
            open_layer(ties, far)
            forward = breadth(near.members, strongest(far.members), ranking)
            away = forward > breadth(far.members, strongest(near.members), ranking)
        # The near end is the one whose next layer holds fewer ties.
        if away:
            turn(ranking)
            near, far = far, near
        if uneven:
            open_layer(ties, near)
        join(ties, near, far, not uneven, blocked, max_ties, ranking)
    settle(ranking)
    return ranking.held[: ranking.counter[HELD]], int(ranking.counter[RELAXED]), not halted(ranking)


def join(ties: Ties, near: Layer, far: Layer, is_open: bool, blocked: People, max_ties: int, ranking: Ranking) -> None:
    """Find the paths of two ties and more between two first layers.

    :param near: opened.
    :param is_open: whether the far one is opened, too.
    """
    two_ties(near, far, ranking)
    if max_ties < 3:
        return
    near_order = by_strength(near.members)
    three_ties(ties, near, near_order, far, ranking)
    if max_ties < 4:
        return
    shell = next_layer(ties, near, near_order, farthest(far.members), blocked, ranking)
    inward = breadth(far.members, strongest(shell.members), ranking) if is_open else 0
    outward = inward
    if not is_open or max_ties > 4 or inward > UNEVEN * len(shell.members):
        open_layer(ties, shell)
        outward = breadth(shell.members, strongest(far.members), ranking)
    if not is_open and (max_ties > 4 or outward > UNEVEN * len(far.members)):
        open_layer(ties, far)
        is_open = True
        inward = breadth(far.members, strongest(shell.members), ranking)
    if is_open and inward <= outward:
        four_ties_inward(ties, near, shell, far, by_strength(far.members), ranking)
    else:
        four_ties_outward(ties, near, shell, by_strength(shell.members), far, ranking)
    if max_ties > 4:
        longer(ties, near, shell, far, blocked, max_ties, ranking)


def longer(
    ties: Ties,
    near: Layer,
    shell: Layer,
    far: Layer,
    blocked: People,
    max_ties: int,
    ranking: Ranking,
) -> None:
    """Find the paths of five and six ties between two second layers."""
    order = by_strength(far.members)
    far_shell = next_layer(ties, far, order, strongest(shell.members), blocked, ranking)
    open_layer(ties, far_shell)
    forward = breadth(shell.members, strongest(far_shell.members), ranking)
    backward = breadth(far_shell.members, strongest(shell.members), ranking)
    if forward > backward:
        turn(ranking)
        near, far = far, near
        shell, far_shell = far_shell, shell
    order = by_strength(shell.members)
    five_ties(ties, near, shell, order, far, far_shell, ranking)
    if max_ties > 5:
        crust = next_layer(ties, shell, order, farthest(far_shell.members), blocked, ranking)
        six_ties(ties, near, shell, crust, far, far_shell, by_strength(far_shell.members), ranking)


def search_groups(
    indptr: npt.NDArray[np.int64],
    neighbour: npt.NDArray[np.int32],
    strength: npt.NDArray[np.float64],
    ceiling: npt.NDArray[np.float64],
    barred: npt.NDArray[np.bool_],
    blocked: People,
    sources: People,
    targets: People,
    ends: npt.NDArray[np.int64],
    k: int,
    max_ties: int,
    min_strength: float,
    stop: npt.NDArray[np.uint8],
) -> tuple[Records, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Answer one question for each group of targets, up to four ties, with the sources' two layers grown once for all.

    :param blocked: who may not be inside any path, the sources among them; the targets of a group are kept out of its
        own.
    :param targets: the groups one after the other, each in ascending order.
    :param ends: where each group ends in `targets`.
    :return: k places a group, number of paths of each group, and ties looked at for each, -1 where the search was
        stopped.
    """
    ties = Ties(indptr, neighbour, strength, ceiling, barred)
    growth = new_ranking(1, min_strength, 1 << 62, blocked[:0], stop)
    near = first_layer(ties, sources, blocked, growth)
    shell = near
    if max_ties > 3:
        open_layer(ties, near)
        shell = next_layer(ties, near, by_strength(near.members), 1.0, blocked, growth)
    paths = np.empty(len(ends) * k, dtype=growth.held.dtype)
    counts = np.zeros(len(ends), dtype=np.int64)
    looked = np.zeros(len(ends), dtype=np.int64)
    begin = 0
    for group in range(len(ends)):
        wanted = targets[begin : ends[group]]
        begin = ends[group]
        ranking = new_ranking(k, min_strength, 1 << 62, wanted, stop)
        direct(ties, sources, wanted, ranking)
        if max_ties > 1:
            far = first_layer(ties, wanted, np.concatenate((blocked, wanted)), ranking)
            open_layer(ties, far)
            order = by_strength(far.members)
            # Walking from the group's side costs nothing for the many who know the sources but not this group.
            turn(ranking)
            two_ties(far, near, ranking)
            if max_ties > 2:
                three_ties(ties, far, order, near, ranking)
            turn(ranking)
            if max_ties > 3:
                four_ties_inward(ties, near, shell, far, order, ranking)
        settle(ranking)
        counts[group] = ranking.counter[HELD]
        looked[group] = -1 if halted(ranking) else ranking.counter[RELAXED]
        for place in range(counts[group]):
            paths[group * k + place] = ranking.held[place]
    return paths, counts, looked
