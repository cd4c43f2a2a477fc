"""Lanes of a bulk load: sessions that write at once, each with its own note of how far it has come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from referralgraph.errors import StoreBusy
from referralgraph.graph.neo4j_connection import Connection, first, run

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Batches = Iterator[tuple[int, dict[str, Any]]]
"""How many rows, and what the query that writes them is told."""
_READ = 100_000  # nodes at once


class Lanes:
    """All lanes of the load of one revision, taken over from whoever began it.

    Batches of a table are dealt to the lanes in turn. A batch and the note that it is written commit together, so whoever goes on
    after a kill writes none twice; the note lies on the lane's own node, whose lock also keeps a builder out who lost his lease.

    :param connection: to the store.
    :param revision: id of the revision.
    :param token: of the lease.
    :param lanes: how many.
    :param loading: how batches are dealt out, in words, for those who go on.
    :param progress: told the table and how many of its rows are there.
    """

    def __init__(self, connection: Connection, revision: str, token: str, lanes: int, loading: str,
                 progress: Callable[[str, int], None]) -> None:
        self._connection = connection
        self._revision = revision
        self._token = token
        self._progress = progress
        self._telling = threading.Lock()
        rows = connection.write(lambda transaction: run(transaction, "write/begin_lanes", {
            "revision": revision, "token": token, "loading": loading, "lanes": [f"lane-{number}" for number in range(lanes)]}))
        if not rows:
            raise taken_over()
        self._done = [(row["done_table"], row["done_batches"]) for row in rows]

    def unfinished(self, table: int) -> bool:
        """Return whether some of a table is still to be written."""
        return any(done <= table for done, _ in self._done)

    def copy(self, table: int, name: str, batches: Callable[[int], Batches], *, called: str | None = None) -> list[list[str]] | None:
        """Write what is missing of a table, in all lanes at once.

        :param table: its number; tables are written in this order.
        :param name: of the query that writes a batch.
        :param batches: gives the batches that are dealt to a lane.
        :param called: name of the table for progress, if it has another.
        :returns: element ids of what was written, by batch; None if some of it was there before.
        :raises StoreBusy: if another builder has taken over.
        """
        stop, told = threading.Event(), [0]
        made: dict[int, list[str]] = {}

        def work(lane: int) -> None:
            done_table, done = self._done[lane]
            skip = done if done_table == table else 0
            for number, (rows, parameters) in enumerate(batches(lane)):
                if stop.is_set():
                    return
                if number >= skip:
                    made[number * len(self._done) + lane] = self._write(table, name, lane, number + 1, parameters)
                with self._telling:
                    told[0] += rows
                    if number >= skip:
                        self._progress(called or name, told[0])

        def guarded(lane: int) -> None:
            try:
                work(lane)
            except BaseException:
                stop.set()
                raise

        wanted = [lane for lane, (done, _) in enumerate(self._done) if done <= table]
        whole = len(wanted) == len(self._done) and all(done < table or not batch for done, batch in self._done)
        with ThreadPoolExecutor(len(self._done)) as pool:
            for each in [pool.submit(guarded, lane) for lane in wanted]:
                each.result()
        return [made[number] for number in sorted(made)] if whole else None

    def _write(self, table: int, name: str, lane: int, batches: int, parameters: dict[str, Any]) -> list[str]:
        note = {"revision": self._revision, "lane": f"lane-{lane}", "token": self._token, "table": table, "batches": batches}

        def work(transaction: ManagedTransaction) -> list[str]:
            if not first(run(transaction, "write/advance_lane", note))["held"]:
                raise taken_over()
            return list(first(run(transaction, f"write/copy_{name}", {"revision": self._revision, **parameters})).get("made", ()))

        return self._connection.write(work)


class Ends:
    """What Neo4j calls the nodes that a load has made: to find an end of a relationship by that is quicker than by a key.

    :param connection: to the store.
    :param revision: id of the revision.
    :param tables: folder of the graph's tables.
    """

    def __init__(self, connection: Connection, revision: str, tables: Path) -> None:
        self._connection = connection
        self._revision = revision
        self._tables = tables
        self._ids: dict[str, pa.Array] = {}
        self._made: dict[str, pa.Array] = {}

    def note(self, label: str, made: list[list[str]] | None) -> None:
        """Keep what a load has made of a label, if it made all of it."""
        if made is not None:
            self._ids[label] = pq.read_table(self._tables / f"{label}.parquet", columns=["id"])["id"].combine_chunks()
            self._made[label] = pa.array([each for batch in made for each in batch], pa.large_string())

    def of(self, label: str, file: Path, column: str) -> pa.Array:
        """Return the nodes that a column of a table names, null where there is none."""
        if label not in self._ids:  # some of it was loaded before this builder began
            self._ids[label], self._made[label] = self._read(label)
        named = pq.read_table(file, columns=[column])[column].combine_chunks()
        return self._made[label].take(pc.index_in(named, value_set=self._ids[label]))

    def _read(self, label: str) -> tuple[pa.Array, pa.Array]:
        self._connection.change_schema(f"schema/key_{label}")  # or each page would be sought among all nodes
        ids: list[str] = []
        made: list[str] = []
        while True:
            asked = {"revision": self._revision, "after": ids[-1] if ids else "", "most": _READ}
            rows = self._connection.read(lambda transaction, asked=asked: run(  # type: ignore[misc]
                transaction, f"write/made_{label}", asked))
            ids += [row["id"] for row in rows]
            made += [row["made"] for row in rows]
            if len(rows) < _READ:
                return pa.array(ids, pa.string()), pa.array(made, pa.large_string())


def taken_over() -> StoreBusy:
    """Return what a builder is told whose lease another one has."""
    return StoreBusy("another build has taken over, because this one gave no sign of life for too long; nothing of this one is "
                     "published")
