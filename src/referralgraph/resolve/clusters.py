"""Clusters of records from pairs, as trees: each record hangs on the one it was recognised by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray


def cluster_labels(records: pa.Array, edges: pa.Table) -> NDArray[np.int32]:
    """Return the number of the cluster of each record.

    :param records: all record ids, sorted.
    :param edges: pairs in the columns ``record_id`` and ``other``.
    """
    return labels_of(len(records), *positions(records, edges))


def labels_of(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the number of the cluster of each of ``size`` records, by pairs of their positions."""
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels


def positions(records: pa.Array, edges: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions of both records of each pair.

    :param records: all record ids, sorted.
    :param edges: pairs in the columns ``record_id`` and ``other``, all of them among the records.
    """
    left = pc.index_in(edges.column("record_id"), records).to_numpy().astype(np.int64)
    right = pc.index_in(edges.column("other"), records).to_numpy().astype(np.int64)
    return left, right


def cluster_trees(records: pa.Array, rank: NDArray[np.int64], edges: pa.Table) -> pa.Table:
    """Return for each record the root of its cluster and the pair by which it hangs on its neighbour.

    The root is the record of the lowest rank, then of the lowest id, so neither the order of rows nor that of loads
    matters.

    :param records: all record ids, sorted.
    :param rank: rank of each record; lower is a better root.
    :param edges: columns ``record_id``, ``other``, ``because``, ``probability``, ``proof``.
    :returns: columns ``record_id``, ``root``, ``link_to``, ``because``, ``probability``, ``proof``; a root links to
        nothing.
    """
    size = len(records)
    order = np.lexsort((edges.column("proof").to_numpy(), -edges.column("probability").to_numpy()))
    edges = edges.take(pa.array(order))
    left, right = positions(records, edges)
    labels = labels_of(size, left, right)
    by_rank = np.lexsort((np.arange(size), rank, labels))
    starts = np.flatnonzero(np.r_[True, labels[by_rank][1:] != labels[by_rank][:-1]]) if size else np.array([], np.int64)
    roots = np.empty(size, np.int64)
    roots[labels[by_rank[starts]]] = by_rank[starts]
    root_of = roots[labels]
    # one search from an artificial record above all roots gives every tree at once
    top = np.full(len(starts), size)
    graph = coo_array(
        (np.ones(len(left) + len(top), np.int8), (np.r_[left, top], np.r_[right, by_rank[starts]])),
        shape=(size + 1, size + 1),
    ).tocsr()
    _, parents = breadth_first_order(graph, size, directed=False)
    parent = parents[:size].astype(np.int64)
    parent[parent == size] = -1
    return _with_edges(records, root_of, parent, edges, left, right)


def _with_edges(
    records: pa.Array,
    root_of: NDArray[np.int64],
    parent: NDArray[np.int64],
    edges: pa.Table,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> pa.Table:
    size = len(records)
    pair = np.minimum(left, right) * size + np.maximum(left, right)
    pairs, first = np.unique(pair, return_index=True)  # the first of equal pairs is the most probable one
    linked = np.flatnonzero(parent >= 0)
    wanted = np.minimum(linked, parent[linked]) * size + np.maximum(linked, parent[linked])
    edge = np.full(size, -1, np.int64)
    edge[linked] = first[np.searchsorted(pairs, wanted)] if len(pairs) else -1
    index = pa.array(edge, mask=edge < 0)
    return pa.table(
        {
            "record_id": records,
            "root": records.take(pa.array(root_of)),
            "link_to": records.take(pa.array(parent, mask=parent < 0)),
            "because": edges.column("because").combine_chunks().take(index),
            "probability": edges.column("probability").combine_chunks().take(index),
            "proof": edges.column("proof").combine_chunks().take(index),
        }
    )
