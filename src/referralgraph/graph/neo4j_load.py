"""Bulk loading of one revision into a Neo4j: in batches that can go on where a killed builder stopped, then one switch."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from referralgraph.errors import StoreError
from referralgraph.graph.neo4j_connection import Connection, first, run
from referralgraph.graph.neo4j_index import describe_index, index_chunks
from referralgraph.graph.neo4j_lanes import Batches, Ends, Lanes, taken_over
from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import NODES, RELATIONSHIPS

TABLES = (*(node.label for node in NODES), *(kind.name for kind in RELATIONSHIPS))
LANES = 2  # sessions at once; see docs/decisions/neo4j-store.md for the measurements of these two
BATCH = 1_000  # rows of a transaction
_LOADING = f"{LANES} lanes of {BATCH} rows"  # whoever goes on with a load must deal the batches out in the same way
_DELETED = 2_000  # nodes at once, with their relationships
_GRACE = 2.0  # seconds between the switch and the first deletion: a question that began before ends whole
_INDEX = "index"
SEARCH = ("schema/range_Person_name", "schema/range_Organisation_name", "schema/range_Organisation_register_number",
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
        begun = self._begin(revision, index)
        if begun["loading"] not in {None, _LOADING} and not begun["current"]:
            self._forget(revision.id)  # another version of ReferralGraph began it and dealt the batches out in another way
            begun = self._begin(revision, index)
        if not begun["current"]:
            self._load(revision.id, tables, index)
            for node in NODES:  # after the first load: to make a key of what is there costs a tenth of keeping it up meanwhile
                self._connection.change_schema(f"schema/key_{node.label}")
            self._check(revision.id, tables)
            self._index_for_people()
            if not self._connection.write_one("write/switch_revision", revision=revision.id, token=self._token)["held"]:
                raise taken_over()
        self._delete("LoadLane", revision.id)
        if self._others(revision.id):
            time.sleep(_GRACE)
            self._delete_others(revision.id)

    def _begin(self, revision: Revision, index: Path) -> dict[str, Any]:
        text = json.dumps(asdict(revision), ensure_ascii=False, sort_keys=True)
        return self._connection.write_one("write/begin_revision", revision=revision.id, token=self._token, text=text,
                                          index_files=describe_index(index))

    def _load(self, revision: str, tables: Path, index: Path) -> None:
        lanes = Lanes(self._connection, revision, self._token, LANES, _LOADING, self._progress)
        ends = Ends(self._connection, revision, tables)
        for number, name in enumerate(TABLES):
            file = tables / f"{name}.parquet"
            if number < len(NODES):
                ends.note(name, lanes.copy(number, name, partial(_batches, file, ())))
            else:
                kind = RELATIONSHIPS[number - len(NODES)]
                if lanes.unfinished(number) and pq.read_metadata(file).num_rows:
                    start, end = ends.of(kind.start, file, "from"), ends.of(kind.end, file, "to")
                    lanes.copy(number, name, partial(_batches, file, (start, end)))
        lanes.copy(len(TABLES), "IndexChunk", partial(_chunks, index), called=_INDEX)

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
        for name in SEARCH:
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
        for name in ("LoadLane", "IndexChunk", *(node.label for node in NODES)):
            self._delete(name, revision)
        self._connection.write_one("write/delete_revision", revision=revision)

    def _delete(self, label: str, revision: str) -> None:
        while self._connection.write_one(f"write/delete_{label}", revision=revision, most=_DELETED)["deleted"]:
            pass


def _batches(file: Path, ends: tuple[pa.Array, ...], lane: int) -> Batches:
    """Yield those batches of a table that are dealt to one lane, column by column.

    :param file: the table.
    :param ends: for relationships the two ends of each row, instead of the ids in the first two columns.
    :param lane: number of the lane.
    """
    with pq.ParquetFile(file) as table:
        place = 0
        for number, batch in enumerate(table.iter_batches(BATCH)):
            if number % LANES == lane:
                columns = [*(end.slice(place, batch.num_rows) for end in ends), *batch.columns[len(ends):]]
                yield batch.num_rows, {"columns": [column.to_pylist() for column in columns]}
            place += batch.num_rows


def _chunks(index: Path, lane: int) -> Batches:
    """Yield the index, all of it in the first lane: its chunks are large."""
    for rows in index_chunks(index) if lane == 0 else ():
        yield len(rows), {"rows": rows}
