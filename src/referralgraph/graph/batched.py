"""Many runs of a query about one node as a few queries about lists of nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from referralgraph.graph.query import Query

Row = dict[str, Any]
AT_ONCE = 10_000
"""Ids of one query: what comes back, some rows each, stays below some tens of megabytes."""


def is_batched(found: Query, rows: Sequence[Mapping[str, Any]], fewest: int) -> bool:
    """Return whether runs are better asked as lists.

    :param fewest: from so many on, in the store that is asked.
    """
    return bool(found.many) and len(rows) >= fewest


def read_batched(rows: Sequence[Mapping[str, Any]], ask: Callable[[list[str]], list[Row]]) -> list[Row]:
    """Return the rows of many runs as if each had been asked by itself, in the order of the runs.

    :param rows: parameters of each run: an id.
    :param ask: runs the query for a list of ids; each row that it returns begins with the id it belongs to, ``wanted``.
    """
    of_id: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    ids = list(of_id)
    for start in range(0, len(ids), AT_ONCE):
        for row in ask(ids[start : start + AT_ONCE]):
            of_id[row.pop("wanted")].append(row)
    return [row for each in rows for row in of_id[each["id"]]]
