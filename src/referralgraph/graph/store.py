"""The store protocol: published revisions, judgements, and read access by queries of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from referralgraph.errors import UsageError
from referralgraph.graph.revision import Revision
from referralgraph.records.workspace import Workspace

Row = dict[str, Any]
EMBEDDED = "embedded"
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


class Store(Protocol):
    """Where revisions are published and read. Handles are safe to share between threads."""

    uri: str
    dialect: str

    def building(self) -> AbstractContextManager[None]:
        """Keep every other build of this store out within a block.

        :raises StoreBusy: if somebody else is building; the message says who.
        """

    def publish(self, revision: Revision, tables: Path, index: Path, *,
                progress: Callable[[str, int], None] = lambda table, rows: None) -> None:
        """Publish one complete revision and make it the current one by a single switch; only while building.

        :param revision: what it is made of.
        :param tables: folder of the graph's tables.
        :param index: folder of the index; the store takes it over.
        :param progress: told the table and how many of its rows are loaded.
        :raises StoreUnavailable: if the store can't be reached; the current revision stays what it was.
        """

    def current(self) -> Revision:
        """Return the current revision.

        :raises NotFound: if nothing was published yet.
        """

    def index_folder(self) -> Path:
        """Return a local folder with the index of the current revision."""

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Run a reading query of the library for each row of parameters; many ids cost little more than a few.

        :param name: folder and file of the query, ``read/person``.
        :param rows: parameters of each run; the store adds ``revision``, the one this handle reads.
        :param timeout: seconds for all runs together.
        :returns: the rows of all runs, in the order of the runs and of the query.
        :raises StoreUnavailable: if the store can't be reached.
        :raises DeadlineExceeded: if it took longer than allowed.
        """

    def append_judgements(self, judgements: Iterable[Mapping[str, Any]]) -> None:
        """Keep judgements for ever; when this returns they are safe."""

    def judgements(self) -> list[Row]:
        """Return all judgements in the order in which they were made."""

    def close(self) -> None:
        """Give back files and connections."""


def open_store(workspace: Workspace, uri: str | None = None, *, force: bool = False) -> Store:
    """Open the store of a workspace.

    :param workspace: the workspace; the embedded store lies in it.
    :param uri: ``embedded`` (the default), or the address of a Neo4j: ``neo4j://``, ``bolt://``, with ``+s`` for TLS.
    :param force: publish into a Neo4j database even if it holds somebody else's graph, which stays as it is.
    :raises UsageError: for an address of an unknown scheme.
    """
    if uri is None or uri == EMBEDDED:
        from referralgraph.graph.ladybug import LadybugStore  # each store loads its own driver

        return LadybugStore(workspace)
    if uri.partition("://")[0] in NEO4J_SCHEMES:
        from referralgraph.graph.neo4j import Neo4jStore

        return Neo4jStore(workspace, uri, force=force)
    scheme = uri.partition("://")[0] if "://" in uri else uri  # what follows may hold a password
    raise UsageError(f"unknown store {scheme!r}: leave --store out for the embedded store of the workspace, "
                     f"or name a Neo4j by {', '.join(NEO4J_SCHEMES)}, as in neo4j://localhost:7687")
