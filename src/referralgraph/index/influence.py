"""Influence in the graph: weighted PageRank and betweenness of every person, computed once at build."""

from __future__ import annotations

import importlib.util
import json
import math
from collections import deque
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DAMPING = 0.85
_SMALL = 4_000
"""Ties, each counted from both sides: below this all is computed exactly and the library isn't loaded."""
_WORK, _FEWEST, _MOST = 30_000_000, 12, 300
_SURE = 0.95


def write_influence(index: Path, folder: Path) -> None:
    """Write the influence of every person, by the ties that everybody in the team may see.

    Weighted PageRank (Brin, Page 1998, doi:10.1016/S0169-7552(98)00110-X) with damping 0.85, strengths as weights, times the
    number of people: 1 is the average. Betweenness (Freeman 1977, doi:10.2307/3033543) on unweighted ties, as a share of all
    pairs: exact on small graphs, else from a sample of starting people; then each value is within the stated error of the true
    one with 95 % certainty (Hoeffding 1963, doi:10.1080/01621459.1963.10500830).

    :param index: folder of the index.
    :param folder: gets ``influence.parquet``: id, influence_score, betweenness, influence_method.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    indptr, neighbour, strength = (np.load(index / f"{name}.npy", mmap_mode="r") for name in ("indptr", "neighbour", "strength"))
    kept = np.asarray(strength) > 0
    person = np.repeat(np.arange(len(indptr) - 1, dtype=np.int64), np.diff(indptr))[kept]
    other, weight = np.asarray(neighbour)[kept].astype(np.int64), np.asarray(strength)[kept]
    people = len(indptr) - 1
    if len(person) <= _SMALL or library() == "none":
        rank = page_rank(person, other, weight, people)
        between = exact_betweenness(person, other, people) if len(person) <= _SMALL else None
        told: dict[str, Any] = {"betweenness": "exact" if between is not None else "not computed: networkit isn't installed"}
    else:
        rank, between, told = _by_library(person, other, weight, people)
    method = json.dumps({"influence_score": "weighted PageRank, damping 0.85, 1 is the average", **told})
    pq.write_table(pa.table({
        "id": [each.decode() for each in np.load(index / "person_id.npy", mmap_mode="r")],
        # the last digits depend on the order of additions, and a revision's id on every digit
        "influence_score": np.array([float(f"{each:.6g}") for each in rank.tolist()], np.float64),
        "betweenness": pa.nulls(people, pa.float64()) if between is None else np.array(
            [float(f"{each:.6g}") for each in between.tolist()], np.float64),
        "influence_method": pa.array([method] * people, pa.string()),
    }), folder / "influence.parquet")  # fmt: skip


def library() -> str:
    """Return by which library betweenness of larger graphs is estimated here, ``none`` without: a revision's id depends on it."""
    return f"networkit {version('networkit')}" if importlib.util.find_spec("networkit") else "none"


def page_rank(
    person: NDArray[np.int64], other: NDArray[np.int64], weight: NDArray[np.float64], people: int
) -> NDArray[np.float64]:
    """Return PageRank times the number of people, by power iteration; whoever has no tie keeps 1 - damping.

    :param person: one end of each tie, each tie from both sides.
    :param other: the other end.
    :param weight: its strength.
    """
    from scipy.sparse import csr_array

    if not people:
        return np.zeros(0)
    given = np.bincount(person, weights=weight, minlength=people)
    flow = csr_array((weight / given[person], (other, person)), shape=(people, people))
    rank = np.ones(people)
    for _ in range(200):
        following = (1 - DAMPING) + DAMPING * (flow @ rank)
        if np.abs(following - rank).sum() < 1e-9 * people:
            return np.asarray(following, np.float64)
        rank = following
    return rank


def exact_betweenness(person: NDArray[np.int64], other: NDArray[np.int64], people: int) -> NDArray[np.float64]:
    """Return the share of all pairs whose shortest chains lead over each person (Brandes 2001, doi:10.1080/0022250X.2001.9990249)."""
    beside: dict[int, list[int]] = {}
    for one, two in zip(person.tolist(), other.tolist(), strict=True):
        beside.setdefault(one, []).append(two)
    total = np.zeros(people)
    for start in beside:
        order, ways, depth, before = [], {start: 1.0}, {start: 0}, dict[int, list[int]]()
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            order.append(at)
            for each in beside[at]:
                if each not in depth:
                    depth[each] = depth[at] + 1
                    waiting.append(each)
                if depth[each] == depth[at] + 1:
                    ways[each] = ways.get(each, 0.0) + ways[at]
                    before.setdefault(each, []).append(at)
        share = dict.fromkeys(order, 0.0)
        for each in reversed(order):
            for at in before.get(each, ()):
                share[at] += ways[at] / ways[each] * (1 + share[each])
            if each != start:
                total[each] += share[each]
    pairs = (people - 1) * (people - 2)
    return total / pairs if pairs > 0 else total


def _by_library(
    person: NDArray[np.int64], other: NDArray[np.int64], weight: NDArray[np.float64], people: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], dict[str, Any]]:
    import networkit  # half a second to load, and only a build of a larger graph needs it

    networkit.setNumberOfThreads(1)  # sums in one order, so that two builds say the same
    networkit.setSeed(1, False)
    once = person < other
    ends = (person[once], other[once])
    graph = networkit.GraphFromCoo((weight[once], ends), n=people, weighted=True, directed=False)
    ranking = networkit.centrality.PageRank(graph, damp=DAMPING, tol=1e-10)
    ranking.run()
    rank = np.array(ranking.scores(), np.float64) * people
    plain = networkit.GraphFromCoo((np.ones(int(once.sum())), ends), n=people, weighted=False, directed=False)
    starts = min(people, max(_FEWEST, min(_MOST, _WORK // len(person))))
    sampling = networkit.centrality.EstimateBetweenness(plain, starts, True, False)
    sampling.run()
    error = math.sqrt(math.log(2 / (1 - _SURE)) / (2 * starts))
    told = {"betweenness": f"sampled from {starts} people", "betweenness_error": round(error, 4), "certainty": _SURE}
    return rank, np.array(sampling.scores(), np.float64), told
