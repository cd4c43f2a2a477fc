"""Bulk loading of one revision into a Neo4j: in batches that can go on where a killed builder stopped, then one switch."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from referralgraph.errors import StoreBusy, StoreError
from referralgraph.graph.neo4j_connection import Connection, first, run
from referralgraph.graph.neo4j_index import describe_index, index_chunks
from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

TABLES = (*(node.label for node in NODES), *(kind.name for kind in RELATIONSHIPS))
_BATCH = 5_000  # rows; see docs/decisions/neo4j-store.md for the measurement
_DELETED = 2_000  # nodes at once, with their relationships
_GRACE = 2.0  # seconds between the switch and the first deletion: a question that began before ends whole
_INDEX = "index"
_SEARCH = ("schema/range_Person_name", "schema/range_Organisation_name", "schema/range_Organisation_register_number",
           "schema/text_Person", "schema/text_Organisation")
Progress = Callable[[str, int], None]


class Loader:
    """Writes one revision beside the current one and switches to it.

    :param connection: to the store.
    :param token: of the lease; every batch checks it in its own transaction.
    :param progress: told the table and how many of its rows are there.
    """

    def __init__(self, connection: Connection, token: str, progress: Progress) -> None:
        self._connection = connection
        self._token = token
        self._progress = progress

    def publish(self, revision: Revision, tables: Path, index: Path) -> None:
        """Load the revision, check that all of it is there, switch, and delete what it replaced."""
        self._delete_others(revision.id)
        text = json.dumps(asdict(revision), ensure_ascii=False, sort_keys=True)
        begun = self._connection.write_one("write/begin_revision", revision=revision.id, token=self._token, text=text,
                                           index_files=describe_index(index))
        if not begun["current"]:
            self._load(revision.id, tables, index, begun["done_table"], begun["done_rows"])
            self._check(revision.id, tables)
            self._index_for_people()
            if not self._connection.write_one("write/switch_revision", revision=revision.id, token=self._token)["held"]:
                raise _taken_over()
        if self._others(revision.id):
            time.sleep(_GRACE)
            self._delete_others(revision.id)

    def _load(self, revision: str, tables: Path, index: Path, done_table: int, done_rows: int) -> None:
        for number, name in enumerate(TABLES):
            if number >= done_table:
                batches = _rows(tables / f"{name}.parquet", done_rows if number == done_table else 0)
                self._copy(revision, number, name, batches, done_rows if number == done_table else 0)
        begin = done_rows if done_table == len(TABLES) else 0
        self._copy(revision, len(TABLES), "IndexChunk", _from(index_chunks(index), begin), begin)

    def _copy(self, revision: str, number: int, name: str, batches: Iterator[list[list[Any]]], done: int) -> None:
        with ThreadPoolExecutor(1) as ahead:  # the next batch is made while the server writes this one
            following: Future[list[list[Any]]] = ahead.submit(next, batches, [])
            while rows := following.result():
                following = ahead.submit(next, batches, [])
                done += len(rows)
                self._connection.write(lambda transaction, rows=rows, done=done: self._batch(  # type: ignore[misc]
                    transaction, revision, number, name, rows, done))
                self._progress(_INDEX if name == "IndexChunk" else name, done)

    def _batch(self, transaction: ManagedTransaction, revision: str, number: int, name: str, rows: list[list[Any]], done: int) -> None:
        held = first(run(transaction, "write/advance_revision", {"revision": revision, "token": self._token, "table": number,
                                                                "rows": done}))
        if not held["held"]:
            raise _taken_over()
        run(transaction, f"write/copy_{name}", {"revision": revision, "rows": rows})

    def _check(self, revision: str, tables: Path) -> None:
        """Count everything: a relationship whose end is missing would otherwise be left out without a word."""
        for name in TABLES:
            expected = pq.read_metadata(tables / f"{name}.parquet").num_rows
            found = first(self._connection.read(
                lambda transaction, name=name: run(transaction, f"read/count_{name}", {"revision": revision})))["rows"]  # type: ignore[misc]
            if found != expected:
                self._forget(revision)
                raise StoreError(f"{found:,} of {expected:,} rows of {name} arrived in {self._connection.uri}; nothing is "
                                 "published. Run `referralgraph build` again")

    def _index_for_people(self) -> None:
        """Make what people search by: after the first load, because loading into an index costs more than making it."""
        for name in _SEARCH:
            self._connection.change_schema(name)
        self._connection.change_schema("schema/await_indexes", seconds=600)
        self._connection.change_schema("schema/await_text")

    def _others(self, revision: str) -> list[str]:
        return [row["id"] for row in self._connection.read(
            lambda transaction: run(transaction, "write/other_revisions", {"revision": revision}))]

    def _delete_others(self, revision: str) -> None:
        for old in self._others(revision):
            self._forget(old)

    def _forget(self, revision: str) -> None:
        self._connection.write_one("write/retire_revision", revision=revision)
        for name in ("IndexChunk", *(node.label for node in NODES)):
            while self._connection.write_one(f"write/delete_{name}", revision=revision, most=_DELETED)["deleted"]:
                pass
        self._connection.write_one("write/delete_revision", revision=revision)


def _rows(file: Path, begin: int) -> Iterator[list[list[Any]]]:
    """Yield the rows of a table as lists, without the first ones."""
    with pq.ParquetFile(file) as table:
        skip = begin
        for batch in table.iter_batches(_BATCH):
            if skip >= batch.num_rows:
                skip -= batch.num_rows
                continue
            columns = [column.to_pylist() for column in batch.slice(skip).columns]
            skip = 0
            yield [list(row) for row in zip(*columns, strict=True)]


def _from(batches: Iterator[list[list[Any]]], begin: int) -> Iterator[list[list[Any]]]:
    """Yield batches without the first rows, which were written in batches of the same size."""
    passed = 0
    for rows in batches:
        if passed >= begin:
            yield rows
        passed += len(rows)


def _taken_over() -> StoreBusy:
    return StoreBusy("another build has taken over, because this one gave no sign of life for too long; nothing of this one is "
                     "published")
