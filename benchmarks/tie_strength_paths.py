"""Searches of the tie-strength study, compiled: over every two seat-holders, so simpler than the product's own."""

from __future__ import annotations

import numpy as np
from numba import njit
from tie_strength_boards import Floats, Ints, Steps


@njit(nogil=True)
def best_products(indptr: Ints, indices: Ints, strength: Floats, sources: Ints) -> Floats:
    """Return the strength of the best path of any length from each source (rows) to everybody (columns).

    :param indptr: where each person's ties start in the next two (compressed sparse rows).
    :param indices: the other person of each tie.
    :param strength: in (0, 1].
    :param sources: people, one a row.
    """
    people = len(indptr) - 1
    best = np.zeros((len(sources), people))
    queue = np.empty(people, np.int64)
    waits = np.zeros(people, np.bool_)
    for row in range(len(sources)):
        of_row = best[row]
        of_row[sources[row]] = 1.0
        queue[0] = sources[row]
        head, size = 0, 1
        while size:
            one = queue[head]
            head = (head + 1) % people
            size -= 1
            waits[one] = False
            for at in range(indptr[one], indptr[one + 1]):
                other = indices[at]
                reached = of_row[one] * strength[at]
                if reached > of_row[other]:
                    of_row[other] = reached
                    if not waits[other]:
                        waits[other] = True
                        queue[(head + size) % people] = other
                        size += 1
    return best


@njit(nogil=True)
def disjoint_routes(
    indptr: Ints, indices: Ints, strength: Floats, steps: Steps, holders: Ints, count: int, longest: int
) -> Floats:
    """Return the strengths of paths without a common introducer, for every two of the holders.

    Greedy: the strongest path, then the strongest without its introducers, and so on; 0 where there is none.

    :param steps: ties from each holder (rows) to everybody (columns), which say early where a search can't arrive.
    :param holders: people, rows and columns of the result; the third axis is the route.
    :param count: most routes.
    :param longest: most ties of a route.
    """
    people, n = len(indptr) - 1, len(holders)
    found = np.zeros((n, n, count))
    reached = np.zeros((longest + 1, people))
    before = np.full((longest + 1, people), -1)
    layer = np.empty((longest + 1, people), np.int64)
    size = np.zeros(longest + 1, np.int64)
    used = np.zeros(people, np.bool_)
    for i in range(n):
        for j in range(i + 1, n):
            source, target = holders[i], holders[j]
            if steps[i, target] > longest:
                continue
            met = False
            for route in range(count):
                reached[0, source] = 1.0
                layer[0, 0] = source
                size[0] = 1
                for step in range(longest):
                    size[step + 1] = 0
                    for one in layer[step, : size[step]]:
                        if one == target:
                            continue
                        for at in range(indptr[one], indptr[one + 1]):
                            other = indices[at]
                            # The hops that are left must do; the static distances stay a bound when people are used.
                            if steps[j, other] > longest - step - 1 or used[other] or other == source:
                                continue
                            if met and one == source and other == target:
                                continue
                            so_far = reached[step, one] * strength[at]
                            if so_far > reached[step + 1, other]:
                                if reached[step + 1, other] == 0.0:
                                    layer[step + 1, size[step + 1]] = other
                                    size[step + 1] += 1
                                reached[step + 1, other] = so_far
                                before[step + 1, other] = one
                last = 0
                for step in range(1, longest + 1):
                    if reached[step, target] > found[i, j, route]:
                        found[i, j, route] = reached[step, target]
                        last = step
                for step in range(longest + 1):
                    for one in layer[step, : size[step]]:
                        reached[step, one] = 0.0
                if last == 0:
                    break
                met = met or last == 1
                one = target
                for step in range(last, 1, -1):
                    one = before[step, one]
                    used[one] = True
            found[j, i] = found[i, j]
            used[:] = False
    return found
