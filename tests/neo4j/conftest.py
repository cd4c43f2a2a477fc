"""A server that each test finds empty, and the country for those that only ask."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest

from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.records.workspace import Workspace

Ask = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="session")
def ask(neo4j_server) -> Iterator[Ask]:
    """Ask the server by Cypher, beside our store: the independent witness of what is in it."""
    with neo4j.GraphDatabase.driver(
            neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password), notifications_min_severity="OFF") as driver:

        def run(text: str, **parameters: object) -> list[dict[str, object]]:
            with driver.session() as session:
                return session.run(text, parameters).data()

        yield run


@pytest.fixture
def empty(ask: Ask, neo4j_server) -> str:
    """Address of the server with nothing in it."""
    while ask("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS deleted")[0]["deleted"]:
        pass
    return neo4j_server.uri


@pytest.fixture
def builder(demo_workspace: Path, tmp_path: Path) -> Workspace:
    """A workspace of one's own with everything loaded and every stage done."""
    folder = tmp_path / "builder"
    shutil.copytree(demo_workspace, folder)
    return Workspace(folder)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Neo4jStore]]:
    """Open stores that are closed at the end, each with a cache of its own: another computer."""
    stores: list[Neo4jStore] = []

    def open_it(uri: str, workspace: Workspace | None = None, **options: object) -> Neo4jStore:
        number = len(stores)
        store = Neo4jStore(workspace or Workspace(tmp_path / f"empty-{number}"), uri, cache=tmp_path / f"cache-{number}", **options)
        stores.append(store)
        return store

    yield open_it
    for store in stores:
        store.close()
