"""The stores that must answer alike; each holds the same fictional country, and the suite tells how many cases ran on each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
from tests.conformance.gaps import EMBEDDED, gap
from tests.conformance.samples import Sample, questions
from tests.conftest import CASES, Neo4jServer, publish_country

from referralgraph.demo import Country
from referralgraph.graph.store import Store, open_store
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace

SERVERS = {"neo4j-5.26": "neo4j_server", "neo4j-2026": "neo4j_newest"}
STORES = (EMBEDDED, *SERVERS)


@pytest.fixture(scope="session", params=STORES)
def address(request: pytest.FixtureRequest) -> str:
    """Name of the store that the suite runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def server(address: str, request: pytest.FixtureRequest) -> Neo4jServer | None:
    """The server of the store, None for the embedded one."""
    return None if address == EMBEDDED else request.getfixturevalue(SERVERS[address])


@pytest.fixture(scope="session")
def published(
    server: Neo4jServer | None, demo_workspace: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Store]:
    """Open the store that holds the country; with an empty folder as workspace on a server."""
    folder = tmp_path_factory.mktemp("published") / "workspace"
    if server is None:
        shutil.copytree(demo_workspace, folder)
        return lambda _: open_store(Workspace(folder))
    if server.uri == request.getfixturevalue("neo4j_server").uri:
        request.getfixturevalue("neo4j_published")
    else:
        publish_country(server, demo_workspace, folder)

    def opened(empty: Path) -> Store:
        with server.credentials():
            store = open_store(Workspace(empty), server.uri)
            store.current()  # connects
        return store

    return opened


@pytest.fixture(scope="session")
def store(published: Callable[[Path], Store], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the country published, opened for reading."""
    opened = published(tmp_path_factory.mktemp("empty"))
    yield opened
    opened.close()


@pytest.fixture
def emptied(server: Neo4jServer | None) -> Neo4jServer | None:
    """The server with nothing in it; who takes this runs after all that only ask."""
    if server is not None:
        with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            while driver.execute_query("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n").records[0]["n"]:
                pass
    return server


@pytest.fixture(scope="session")
def reference(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReferralGraph]:
    """The country in an embedded store of its own: what the others are compared with."""
    folder = shutil.copytree(demo_workspace, tmp_path_factory.mktemp("reference") / "workspace")
    graph = ReferralGraph.open(folder)
    yield graph
    graph.close()


@pytest.fixture(scope="session")
def sample(reference: ReferralGraph, demo_country: Country) -> Sample:
    """What is asked about."""
    return Sample.of(reference, demo_country)


@pytest.fixture(scope="session")
def expected() -> dict[str, list[str]]:
    """The answers of the reference by question, asked once."""
    return {}


@pytest.fixture
def count(address: str, record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Count cases that ran on this store."""
    return lambda cases: record_property(CASES, (address, cases))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let each question be a test, whoever adds it."""
    if "question" in metafunc.fixturenames:
        metafunc.parametrize("question", sorted(questions()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the declared gaps, strictly."""
    for item in items:
        told = getattr(getattr(item, "callspec", None), "params", {})
        name = told.get("name") or told.get("question")
        if "address" in told and name and (why := gap(told["address"], name)):
            item.add_marker(pytest.mark.xfail(reason=why, strict=True))
