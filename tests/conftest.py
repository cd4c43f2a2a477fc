"""One small fictional country, loaded and built once for all tests that only ask."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import socket
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from referralgraph.build import build
from referralgraph.demo import Country, generate
from referralgraph.errors import ReferralGraphError
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.server import LocalServer, fetch_artefacts
from referralgraph.settings import change_team, read_settings


@pytest.fixture(scope="session")
def demo_country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Raw files of a country with 300 companies besides those of the story."""
    return generate(tmp_path_factory.mktemp("country"), companies=300, seed=7)


def load_country(workspace: Workspace, country: Country) -> None:
    """Load every raw file of a country the way the demo does."""
    stated = datetime.combine(country.retrieved_at, datetime.min.time(), UTC)
    change_team(workspace.settings_file, me=country.team.me, members=country.team.colleagues,
                organisation=country.team.company)
    load_files(workspace, source("offeneregister"), [country.register])
    for export in country.exports:
        load_files(workspace, source(export.source), [export.path], owner=export.owner, retrieved_at=stated)
    for listing in country.listings:
        load_files(workspace, source("table"), [listing.path], mapping=listing.mapping)


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory, demo_country: Country) -> Path:
    """A workspace with the country loaded and built; tests only read it."""
    folder = tmp_path_factory.mktemp("workspace")
    workspace = Workspace(folder)
    load_country(workspace, demo_country)
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    return folder


@pytest.fixture(scope="session")
def demo_graph(demo_workspace: Path) -> ReferralGraph:
    """The built country, opened for questions."""
    return ReferralGraph.open(demo_workspace)


@dataclass
class Neo4jServer:
    """A real Neo4j for the tests; its credentials are in the environment, where users have them.

    :param local: the server itself if the tests have started it from pip's packages, so that they may kill it.
    """

    uri: str
    local: LocalServer | None = None


_THREE_WAYS = """no Neo4j to test with; give one in one of three ways:
  1. REFERRALGRAPH_TEST_NEO4J_URI, with NEO4J_USERNAME and NEO4J_PASSWORD: an empty database that the tests may fill and empty
  2. a Docker engine that answers: the tests start neo4j:5.26-community
  3. pip install 'referralgraph[server]': the tests fetch Neo4j (134 MB, once) and start it"""


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The first of three servers that is to be had; none is a failure."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as environment:
        if given := os.environ.get("REFERRALGRAPH_TEST_NEO4J_URI"):
            yield Neo4jServer(given)
            return
        environment.setenv("NEO4J_USERNAME", "neo4j")
        environment.delenv("NEO4J_DATABASE", raising=False)
        if (address := _in_docker(stack, environment)) is not None:
            yield Neo4jServer(address)
            return
        try:
            files = fetch_artefacts()
        except ReferralGraphError as error:
            pytest.fail(f"{_THREE_WAYS}\n({error})", pytrace=False)
        local = LocalServer(tmp_path_factory.mktemp("neo4j"), files, port=_free_port(), memory="768m")
        password = local.prepare({"server.config.strict_validation.enabled": "true"})
        environment.setenv("NEO4J_PASSWORD", str(password))
        stack.callback(local.stop)
        local.start()
        yield Neo4jServer(local.uri, local)


def _in_docker(stack: ExitStack, environment: pytest.MonkeyPatch) -> str | None:
    """Start a container if an engine answers; its own warnings are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import docker
            from testcontainers.neo4j import Neo4jContainer
        except ImportError:
            return None
        answers = True
        try:
            docker.from_env().ping()
        except (docker.errors.DockerException, OSError):
            answers = False
        gc.collect()  # its client leaves a socket open
    if not answers:
        return None
    password = secrets.token_urlsafe(12)
    environment.setenv("NEO4J_PASSWORD", password)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        container = stack.enter_context(Neo4jContainer("neo4j:5.26-community", password=password))
        return str(container.get_connection_url())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def neo4j_published(neo4j_server: Neo4jServer, demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The country published on the server; the workspace that it was built in is deleted. Tests only read it."""
    folder = tmp_path_factory.mktemp("builder") / "workspace"
    shutil.copytree(demo_workspace, folder)
    workspace = Workspace(folder)
    store = open_store(workspace, neo4j_server.uri)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    shutil.rmtree(folder)
    return neo4j_server.uri


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server: `make test-neo4j` runs it, as the store for teams isn't finished yet."""
    for item in items:
        needs_server = "neo4j_server" in getattr(item, "fixturenames", ()) or "[neo4j" in item.name
        if needs_server or Path(str(item.path)).parent.name == "neo4j":
            item.add_marker(pytest.mark.neo4j)
