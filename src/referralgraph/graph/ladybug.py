"""The embedded store: LadybugDB in a folder of the workspace, one file a revision, never opened for writing once published."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

import ladybug

from referralgraph.errors import DeadlineExceeded, NotFound, QueryInvalid, StoreUnavailable
from referralgraph.graph.batched import is_batched, read_batched
from referralgraph.graph.query import query
from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import NODES, RELATIONSHIPS
from referralgraph.records.workspace import Workspace, write_text_atomically

_BATCH = 500_000  # rows handed over at once: large enough to load fast, small enough for a laptop
_MANY = 400  # one node takes half a millisecond; a list takes some tenths of a second on a million people, and little more for each
_JUDGEMENTS = "judgements.jsonl"
_FILE = "graph.lbdb"


class LadybugStore:
    """Published revisions as folders ``revisions/<id>``, the current one named by the file ``current``.

    :param workspace: whose store it is.
    """

    dialect = "ladybug"

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.uri = "embedded"
        self._database: ladybug.Database | None = None
        self._revision = ""
        self._local = threading.local()
        self._opening = threading.Lock()

    def building(self) -> AbstractContextManager[None]:
        """Keep a second build out of the workspace."""
        return self.workspace.lock()

    def publish(self, revision: Revision, tables: Path, index: Path, *,
                progress: Callable[[str, int], None] = lambda table, rows: None) -> None:
        """Write the graph beside the others, rename it, then switch ``current`` to it."""
        final = self.workspace.revisions / revision.id
        if final.exists() and not (_sizes(index).items() <= _sizes(final / "index").items() and (final / _FILE).exists()):
            shutil.rmtree(final)  # damaged: whoever reads it gets errors already
        if not final.exists():
            with self.workspace.new_folder(final) as folder:
                self._write_graph(folder / _FILE, tables, revision.id)
                index.rename(folder / "index")
                revision.write(folder)
        write_text_atomically(self.workspace.current, revision.id + "\n")

    def current(self) -> Revision:
        """Return the current revision."""
        return Revision.read(self.workspace.current_revision())

    def index_folder(self) -> Path:
        """Return the folder of the index of the current revision."""
        return self.workspace.current_revision() / "index"

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[dict[str, Any]]:
        """Run a reading query for each row of parameters; many ids are one query, which finds each by its key."""
        found, ends = query(name, self.dialect), None if timeout is None else time.monotonic() + timeout
        late = f"the graph didn't answer within {timeout} s; ask for less or allow more with --timeout"

        def run(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
            connection, revision = self._connection()
            left = 0.0 if ends is None else ends - time.monotonic()
            if left < 0:
                raise DeadlineExceeded(late)
            connection.set_query_timeout(int(left * 1000) + (left > 0))  # 0 is no limit
            try:
                result = connection.execute(text, {"revision": revision, **parameters})
            except RuntimeError as error:
                if "interrupt" in str(error).lower():
                    raise DeadlineExceeded(late) from error
                raise QueryInvalid(f"{name}: {error}") from error
            # one statement gives one result, and rows_as_dict makes its rows dictionaries
            return cast("list[dict[str, Any]]", cast("ladybug.QueryResult", result).rows_as_dict().get_all())

        if is_batched(found, rows, _MANY):
            return read_batched(rows, lambda ids: run(found.many, {"ids": ids}))
        return [each for row in rows for each in run(found.text, row)]

    def append_judgements(self, judgements: Iterable[Mapping[str, Any]]) -> None:
        """Append to the workspace's judgements and wait until they are on the disk."""
        self.workspace.judgements.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(each, ensure_ascii=False, sort_keys=True) + "\n" for each in judgements)
        with (self.workspace.judgements / _JUDGEMENTS).open("a+b") as stream:
            stream.seek(0)
            stream.truncate(_acknowledged(stream.read()))
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())

    def judgements(self) -> list[dict[str, Any]]:
        """Return the judgements; a last line that was cut off by a kill was never acknowledged and is left out."""
        file = self.workspace.judgements / _JUDGEMENTS
        if not file.exists():
            return []
        written = file.read_bytes()
        return [json.loads(line) for line in written[: _acknowledged(written)].split(b"\n") if line]

    def close(self) -> None:
        """Close the graph file."""
        if self._database is not None:
            self._database.close()
            self._database = None
            self._local = threading.local()

    def _connection(self) -> tuple[ladybug.Connection, str]:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            with self._opening:
                if self._database is None:
                    folder = self.workspace.current_revision()
                    self._database, self._revision = self._open(folder / _FILE), folder.name
            connection = self._local.connection = ladybug.Connection(self._database)
        return connection, self._revision

    @staticmethod
    def _open(file: Path) -> ladybug.Database:
        if not file.exists():
            raise NotFound(f"{file} is missing: run `referralgraph build`")
        try:
            return ladybug.Database(str(file), read_only=True)
        except RuntimeError as error:
            raise StoreUnavailable(f"{file} can't be opened ({error}); `referralgraph build` makes it anew") from error

    def _write_graph(self, file: Path, tables: Path, revision: str) -> None:
        database = ladybug.Database(str(file))
        try:
            connection = ladybug.Connection(database)
            connection.execute(query("schema/tables", self.dialect).text)
            for node in NODES:
                self._copy(connection, node.label, tables / f"{node.label}.parquet", {"revision": revision})
            for kind in RELATIONSHIPS:
                self._copy(connection, kind.name, tables / f"{kind.name}.parquet", {})
            connection.execute(query("write/checkpoint", self.dialect).text)
            connection.close()
        finally:
            database.close()

    def _copy(self, connection: ladybug.Connection, name: str, file: Path, constants: Mapping[str, str]) -> None:
        import pyarrow as pa  # only a build needs it: a question starts faster without
        import pyarrow.parquet as pq

        text = query(f"write/copy_{name}", self.dialect).text
        with pq.ParquetFile(file) as rows:
            for batch in rows.iter_batches(_BATCH):
                if batch.num_rows:
                    table = pa.Table.from_batches([batch])
                    for column, value in constants.items():
                        table = table.append_column(column, pa.array([value] * batch.num_rows))
                    connection.execute(text, {"rows": table})


def _sizes(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_size for file in folder.rglob("*.npy")}


def _acknowledged(written: bytes) -> int:
    """Return how many bytes of the judgements are whole lines; what follows was cut off while it was written."""
    return written.rfind(b"\n") + 1
