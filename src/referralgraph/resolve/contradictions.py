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

BIRTH = "birth"
JUDGED = "judgement"


def without_contradictions(
    records: pa.Array, edges: pa.Table, facts: pa.Table, strongest_first: Sequence[str], judged: pa.Table | None = None
) -> tuple[pa.Table, pa.Table]:
    """Part the pairs into those that may stand together and those that would join what contradicts.

    A cluster is looked at as a whole, so that A~B and B~C fall if A and C contradict. Kinds of pairs are admitted from
    the strongest to the weakest; where a kind would join contradicting records, all its pairs there are refused, not
    only the last one: which of two namesakes came first says nothing about which is meant.

    :param records: all record ids, sorted.
    :param edges: pairs with the columns ``record_id``, ``other`` and ``kind`` (or ``because``, where that is the kind).
    :param facts: columns ``record_id``, ``topic`` and ``value``; two values of one topic contradict, birth dates as
        :func:`dates_contradict` says.
    :param strongest_first: all kinds of pairs, the words of ``kind``.
    :param judged: pairs that somebody decided to be one: they stand whatever the facts say.
    :returns: the pairs that stand and the refused ones, both in the order given.
    """
    left, right = positions(records, edges)
    fixed = positions(records, judged) if judged is not None else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    told = _Facts(records, facts, labels_of(len(records), *fixed))

    def torn(chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
        labels = labels_of(len(records), np.r_[fixed[0], left[chosen]], np.r_[fixed[1], right[chosen]])
        return told.torn(labels)

    every = np.arange(len(left))
    stands = ~torn(every)[left]
    kind = pc.index_in(edges.column("kind" if "kind" in edges.column_names else "because"), pa.array(strongest_first)).to_numpy()
    doubtful = np.flatnonzero(~stands)
    for strength in range(len(strongest_first)) if len(doubtful) else ():
        tried = doubtful[kind[doubtful] == strength]
        if len(tried):
            stands[tried] = ~torn(np.r_[doubtful[stands[doubtful]], tried])[left[tried]]
    return edges.filter(pa.array(stands)), edges.filter(pa.array(~stands))


def dates_contradict(one: str, other: str) -> bool:
    """Say whether two partial dates can't be dates of birth of one person.

    Of two full dates, one digit more, less, other or swapped, and day and month the other way round, are how dates are
    mistyped, and no contradiction. A shorter date contradicts only another year or month.

    >>> dates_contradict("1960-01-02", "1960-02-01"), dates_contradict("1960-01-02", "1961-03-02")
    (False, True)
    """
    if len(one) != 10 or len(other) != 10:
        return not (one.startswith(other) or other.startswith(one))
    left, right = one.replace("-", ""), other.replace("-", "")
    apart = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(apart) <= 1 or left == right[:4] + right[6:] + right[4:6]:
        return False
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and left[apart[0]] == right[apart[1]] and left[apart[1]] == right[apart[0]]
    return not swapped


class _Facts:
    """What is known of records that can only be so or otherwise.

    :param same: number of the group of each record that people judged to be one; what such a group says of one topic
        against itself was known to them and counts no more.
    """

    def __init__(self, records: pa.Array, facts: pa.Table, same: NDArray[np.int32]) -> None:
        self._known_dates: dict[tuple[int, int], bool] = {}
        self._owner = pc.index_in(facts.column("record_id"), records).to_numpy().astype(np.int64)
        self._topics = facts.column("topic").combine_chunks().dictionary_encode()
        self._values = facts.column("value").combine_chunks().dictionary_encode()
        self._topic = self._topics.indices.to_numpy().astype(np.int64)
        self._value = self._values.indices.to_numpy().astype(np.int64)
        words = self._topics.dictionary.to_pylist()
        self._birth = words.index(BIRTH) if BIRTH in words else -1
        judged = np.array([each.startswith(JUDGED) for each in words], np.bool_)
        clusters, topics = self._contradicting(same)
        overruled = set(zip(clusters.tolist(), topics.tolist(), strict=True))
        if overruled:
            kept = np.array(
                [
                    bool(judged[topic]) or (cluster, topic) not in overruled
                    for cluster, topic in zip(same[self._owner].tolist(), self._topic.tolist(), strict=True)
                ]
            )
            self._owner, self._topic, self._value = self._owner[kept], self._topic[kept], self._value[kept]

    def torn(self, labels: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Say for each record whether its cluster contradicts itself."""
        clusters = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.bool_)
        clusters[self._contradicting(labels)[0]] = True
        result: NDArray[np.bool_] = clusters[labels]
        return result

    def _contradicting(self, labels: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return clusters, each with a topic of which it holds two values that contradict."""
        cluster = labels[self._owner].astype(np.int64)
        order = np.lexsort((self._value, self._topic, cluster))
        told = _distinct(np.stack([cluster[order], self._topic[order], self._value[order]]))
        again = (told[0, 1:] == told[0, :-1]) & (told[1, 1:] == told[1, :-1])
        plain = _distinct(told[:2, 1:][:, again & (told[1, 1:] != self._birth)])
        dated = self._dates_contradict(told[:, told[1] == self._birth])
        clusters = np.r_[plain[0], dated]
        return clusters, np.r_[plain[1], np.full(len(dated), self._birth, np.int64)]

    def _dates_contradict(self, told: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the clusters of which two birth dates contradict; each pair of dates is looked at once, however many have it."""
        torn = []
        for apart in range(1, told.shape[1]):
            together = np.flatnonzero(told[0, apart:] == told[0, :-apart])
            if not len(together):
                break  # values of one cluster stand side by side
            pairs, of = np.unique(np.stack([told[2, together], told[2, together + apart]]), axis=1, return_inverse=True)
            contradict = np.array([self._dates_apart(one, other) for one, other in pairs.T.tolist()], np.bool_)
            torn.append(told[0, together[contradict[of.ravel()]]])
        return np.unique(np.concatenate(torn)) if torn else np.zeros(0, np.int64)

    def _dates_apart(self, one: int, other: int) -> bool:
        if (one, other) not in self._known_dates:
            dates = [self._values.dictionary[each].as_py() for each in (one, other)]
            self._known_dates[one, other] = dates_contradict(*dates)
        return self._known_dates[one, other]


def _distinct(sorted_columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each column once, of columns that are sorted."""
    changes = (sorted_columns[:, 1:] != sorted_columns[:, :-1]).any(axis=0)
    result: NDArray[np.int64] = sorted_columns[:, np.r_[True, changes]] if sorted_columns.shape[1] else sorted_columns
    return result
