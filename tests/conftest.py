"""One small fictional country, loaded and built once for all tests that only ask."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
import socket
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from referralgraph.build import build
from referralgraph.demo import Country, generate
from referralgraph.errors import ReferralGraphError
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.server import LONG_TERM, NEWEST, LocalServer, Release, fetch_artefacts
from referralgraph.settings import change_team, read_settings

CASES = "conformance cases"
"""What a test of the conformance suite reports: the store and how many cases ran on it."""

# servers of a minute spend a third of it on optimising their own code
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")


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
    """A real Neo4j for the tests.

    :param uri: its address.
    :param username: who the tests are there.
    :param password: in the environment too, where users have it.
    :param local: the server itself if the tests have started it from pip's packages, so that they may kill it.
    """

    uri: str
    username: str
    password: str
    local: LocalServer | None = None

    @contextmanager
    def credentials(self) -> Iterator[None]:
        """Put its credentials where a store looks for them when it opens."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("NEO4J_USERNAME", self.username)
            environment.setenv("NEO4J_PASSWORD", self.password)
            environment.delenv("NEO4J_DATABASE", raising=False)
            yield


_THREE_WAYS = """no Neo4j {version} to test with; give one in one of three ways:
  1. {variable}, with NEO4J_USERNAME and NEO4J_PASSWORD: an empty database that the tests may fill and empty
  2. a Docker engine that answers, and `pip install 'referralgraph[test]'`: the tests start neo4j:{version}-community
  3. pip install 'referralgraph[server]': the tests fetch Neo4j (134 to 170 MB, once) and start it"""


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The long-term release, by the first of three ways that there is; none is a failure."""
    with a_server(LONG_TERM, "REFERRALGRAPH_TEST_NEO4J_URI", tmp_path_factory.mktemp("neo4j")) as server, server.credentials():
        yield server


@pytest.fixture(scope="session")
def neo4j_newest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The newest release by the same ways, for the conformance suite."""
    with a_server(NEWEST, "REFERRALGRAPH_TEST_NEO4J_NEWEST_URI", tmp_path_factory.mktemp("neo4j-newest")) as server:
        yield server


@contextmanager
def a_server(release: Release, variable: str, home: Path) -> Iterator[Neo4jServer]:
    """Give a server of a release: the one that is named, else one in Docker, else one from pip."""
    if given := os.environ.get(variable):
        yield Neo4jServer(given, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        return
    with ExitStack() as stack:
        password = secrets.token_hex(12)
        if (address := _in_docker(stack, release, password)) is not None:
            yield Neo4jServer(address, "neo4j", password)
            return
        try:
            files = fetch_artefacts(release=release)
        except ReferralGraphError as error:
            pytest.fail(f"{_THREE_WAYS.format(version=release.version, variable=variable)}\n({error})", pytrace=False)
        local = LocalServer(home, files, port=free_port(), memory="768m", release=release)
        local.prepare({"server.config.strict_validation.enabled": "true"}, password)
        stack.callback(local.kill)  # nothing of it is wanted any more, and a clean stop takes ten seconds
        local.start()
        yield Neo4jServer(local.uri, "neo4j", password, local)


def _in_docker(stack: ExitStack, release: Release, password: str) -> str | None:
    """Start a container if an engine answers; its own warnings are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import docker
            from testcontainers.community.neo4j import Neo4jContainer
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
        container = stack.enter_context(Neo4jContainer(f"neo4j:{release.version}-community", username="neo4j", password=password))
        return str(container.get_connection_url())


def free_port() -> int:
    """Return a port of this computer that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def publish_country(server: Neo4jServer, demo_workspace: Path, folder: Path) -> str:
    """Publish the country on a server and delete the workspace that it was built in."""
    shutil.copytree(demo_workspace, folder)
    workspace = Workspace(folder)
    with server.credentials():
        store = open_store(workspace, server.uri)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
    shutil.rmtree(folder)
    return server.uri


@pytest.fixture(scope="session")
def neo4j_published(neo4j_server: Neo4jServer, demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The country published on the server; the workspace that it was built in is deleted. Tests only read it."""
    return publish_country(neo4j_server, demo_workspace, tmp_path_factory.mktemp("builder") / "workspace")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let those tests that empty the server, or kill it, run after all that only ask."""
    items.sort(key=lambda item: not {"empty", "emptied"}.isdisjoint(getattr(item, "fixturenames", ())))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a server."""
    if "neo4j_server" in getattr(item, "fixturenames", ()) or "[neo4j-" in item.name:
        item.add_marker(pytest.mark.neo4j)


class _FilesAndServers(LoadScopeScheduling):
    """Tests of one file stay in one process, and all that ask a Neo4j in one: it has the servers."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "servers" if file.split("/")[1] in {"neo4j", "conformance"} else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: the one that has the servers mostly waits for them."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Share the tests out among the processes of `pytest -n`."""
    return _FilesAndServers(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases ran on each store; the tests may have run in several processes."""
    counted: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", ()):
        counted.update({told[0]: told[1] for name, told in getattr(report, "user_properties", ()) if name == CASES})
    for address in sorted(counted):
        terminalreporter.write_line(f"conformance: {counted[address]:,} cases on {address}")
