"""Contradictions: a cluster that would hold two birth dates or two profiles of one site doesn't stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.resolve.clusters import labels_of, positions

if TYPE_CHECKING:
    from numpy.typing import NDArray


def without_contradictions(
    records: pa.Array, edges: pa.Table, facts: pa.Table, strongest_first: Sequence[str]
) -> tuple[pa.Table, pa.Table]:
    """Part the pairs into those that may stand together and those that would join what contradicts.

    A cluster is looked at as a whole, so that A~B and B~C fall if A and C contradict. Kinds of pairs are admitted from
    the strongest to the weakest; where a kind would join contradicting records, all its pairs there are refused, not
    only the last one: which of two namesakes came first says nothing about which is meant.

    :param records: all record ids, sorted.
    :param edges: pairs with the columns ``record_id``, ``other`` and ``because``.
    :param facts: columns ``record_id``, ``topic`` and ``value``; two values of one topic contradict.
    :param strongest_first: all kinds of pairs, the words of ``because``.
    :returns: the pairs that stand and the refused ones, both in the order given.
    """
    left, right = positions(records, edges)
    owner = pc.index_in(facts.column("record_id"), records).to_numpy().astype(np.int64)
    topic, value = _codes(facts.column("topic")), _codes(facts.column("value"))
    torn = _torn(labels_of(len(records), left, right), owner, topic, value)
    stands = ~torn[left]
    kind = pc.index_in(edges.column("because"), pa.array(strongest_first)).to_numpy()
    doubtful = np.flatnonzero(~stands)
    for strength in range(len(strongest_first)) if len(doubtful) else ():
        tried = doubtful[kind[doubtful] == strength]
        together = np.r_[doubtful[stands[doubtful]], tried]
        torn = _torn(labels_of(len(records), left[together], right[together]), owner, topic, value)
        stands[tried] = ~torn[left[tried]]
    return edges.filter(pa.array(stands)), edges.filter(pa.array(~stands))


def _torn(
    labels: NDArray[np.int32], owner: NDArray[np.int64], topic: NDArray[np.int64], value: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say for each record whether its cluster holds two values of one topic."""
    told = np.unique(np.stack([labels[owner].astype(np.int64), topic, value]), axis=1)
    again = (told[0, 1:] == told[0, :-1]) & (told[1, 1:] == told[1, :-1])
    clusters = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.bool_)
    clusters[told[0, 1:][again]] = True
    result: NDArray[np.bool_] = clusters[labels]
    return result


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes
