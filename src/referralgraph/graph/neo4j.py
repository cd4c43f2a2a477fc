"""The server store: one Neo4j that a team shares over Bolt, Community, Aura or a cluster."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.errors import NotFound, StoreBusy, StoreError, StoreUnavailable
from referralgraph.graph.batched import is_batched, read_batched
from referralgraph.graph.neo4j_connection import Connection, first, run
from referralgraph.graph.neo4j_index import fetch_index
from referralgraph.graph.neo4j_lease import SECONDS, Lease
from referralgraph.graph.query import query
from referralgraph.graph.revision import Revision
from referralgraph.records.workspace import Workspace

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_OURS = ("Revision", "BuildLease", "Judgement", "JudgementCounter", "IndexChunk", "LoadLane")
_KEYS = tuple(f"schema/key_{label}" for label in _OURS)  # those of the graph itself follow its first load


class Neo4jStore:
    """Published revisions as nodes that carry the revision's id, the current one marked on its ``Revision`` node.

    A handle reads one revision, the one that was current when it first asked.

    :param workspace: whose records a build publishes; may be empty for somebody who only asks.
    :param uri: address of the server, without credentials.
    :param force: publish beside somebody else's graph.
    :param cache: folder for indexes; the user's cache folder by default.
    :param lease_seconds: how long a builder who was killed keeps others out.
    """

    dialect = "neo4j"

    def __init__(self, workspace: Workspace, uri: str, *, force: bool = False, cache: Path | None = None,
                 lease_seconds: float = SECONDS) -> None:
        self.workspace = workspace
        self.uri = uri
        self._force = force
        self._cache = cache
        self._lease_seconds = lease_seconds
        self._connection = Connection(uri)
        self._pinned: str | None = None
        self._pinning = threading.Lock()
        self._preparing = threading.Lock()
        self._lease: Lease | None = None

    @contextmanager
    def building(self) -> Iterator[None]:
        """Keep other builds out of the workspace and, by a lease, out of the server."""
        with self.workspace.lock():
            self._prepare()
            with Lease(self._connection, self.workspace.folder, self._lease_seconds) as lease:
                self._lease = lease
                try:
                    yield
                finally:
                    self._lease = None

    def publish(self, revision: Revision, tables: Path, index: Path, *,
                progress: Callable[[str, int], None] = lambda table, rows: None) -> None:
        """Load the revision in batches beside the current one, check it, switch, and delete the old one."""
        from referralgraph.graph.neo4j_load import Loader

        if self._lease is None:
            raise StoreBusy("publishing needs the lease of a build")
        Loader(self._connection, self._lease.token, progress).publish(revision, tables, index)
        self._pinned = None

    def current(self) -> Revision:
        """Return the current revision; the first call also settles which one this handle reads."""
        rows = self._connection.read(lambda transaction: run(transaction, "read/current_revision", {}))
        if not rows:
            raise NotFound(f"nothing is published in {self.uri} yet: run `referralgraph --store {self.uri} build` where the data is "
                           "loaded")
        with self._pinning:
            if self._pinned is None:
                self._pinned = rows[0]["id"]
        values = json.loads(rows[0]["text"])
        return Revision(**{**values, "loads": tuple(values["loads"]), "decided": tuple(values.get("decided", ()))})

    def index_folder(self) -> Path:
        """Return the folder of the index in the user's cache, fetched from the server if it is a new one."""
        return fetch_index(self._connection, self._revision(), self._cache or _user_cache())

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[dict[str, Any]]:
        """Run a reading query for each row of parameters, many ids as lists, all in one transaction on one server."""
        revision, asked = self._revision(), query(name, self.dialect)

        def work(transaction: ManagedTransaction) -> list[dict[str, Any]]:
            if is_batched(asked, rows, 2):
                found = read_batched(rows, lambda ids: run(transaction, name, {"revision": revision, "ids": ids}, many=True))
            else:
                found = [each for row in rows for each in run(transaction, name, {"revision": revision, **row})]
            # asked last: what was whole after reading was whole while it was read
            if not first(run(transaction, "read/revision_is_whole", {"revision": revision}))["whole"]:
                raise StoreUnavailable("a newer revision has replaced the one that this question began with: ask again")
            return found

        return self._connection.read(work, timeout=timeout) if rows else []

    def append_judgements(self, judgements: Iterable[Mapping[str, Any]]) -> None:
        """Append judgements on the server; everyone sees them with the next question."""
        rows = [[secrets.token_hex(16), json.dumps(each, ensure_ascii=False, sort_keys=True)] for each in judgements]
        if rows:
            with self._preparing:
                if not self._is_ours():
                    self._prepare()
            self._connection.write_one("write/append_judgements", rows=rows)

    def judgements(self) -> list[dict[str, Any]]:
        """Return the judgements of everyone in the order in which they were made."""
        return [json.loads(row["text"]) for row in self._connection.read(
            lambda transaction: run(transaction, "read/judgements", {}))]

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _revision(self) -> str:
        if self._pinned is None:
            self.current()
        return str(self._pinned)

    def _prepare(self) -> None:
        """Make constraints and indexes in a database that is empty or ours.

        :raises StoreError: if it holds somebody else's graph, which we never touch.
        """
        if not self._force:
            labels = [row["label"] for row in self._connection.read(lambda transaction: run(transaction, "schema/labels", {}))]
            # asked last: a colleague may make it ours between the two
            if labels and not self._is_ours():
                raise StoreError(f"{self.uri} already holds another graph (labels {', '.join(labels[:5])}): name another database "
                                 "with NEO4J_DATABASE, or build with --force to publish beside it; what is there stays as it is")
        made = {row["name"] for row in self._connection.read(lambda transaction: run(transaction, "schema/made", {}))}
        for name in (*_KEYS, "schema/order_Judgement"):
            kind, _, label = name.partition("/")[2].partition("_")
            if f"{label.lower()}_{kind}" not in made:  # to make one that is there waits for everybody's transactions
                self._connection.change_schema(name)
        self._connection.change_schema("schema/await_indexes", seconds=300)

    def _is_ours(self) -> bool:
        return bool(first(self._connection.read(lambda transaction: run(transaction, "schema/is_ours", {})))["ours"])


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("referralgraph") / "index"
