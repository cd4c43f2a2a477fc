"""Servers of the tests' own: the settings of docker-compose.yml, the import tool, and the command `server`, on real ones."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import free_port

from referralgraph.build import build
from referralgraph.build.neo4j_import import export_for_import, import_arguments
from referralgraph.errors import StoreBusy, StoreUnavailable
from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.graph.store import open_store
from referralgraph.questions.graph import ReferralGraph
from referralgraph.server import LocalServer, fetch_artefacts
from referralgraph.settings import read_settings

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def compose_settings() -> dict[str, str]:
    """The settings of docker-compose.yml as the image turns them into neo4j.conf: `_` is a dot, `__` an underscore."""
    found = {}
    for name, value in re.findall(r"^      NEO4J_(\w+): \"?(.*?)\"?$", COMPOSE.read_text(encoding="utf-8"), re.MULTILINE):
        if name != "AUTH":
            found[name.replace("__", "\0").replace("_", ".").replace("\0", "_")] = value
    return found


@pytest.fixture
def own(neo4j_server, tmp_path, monkeypatch):
    """A second server, never started here beside a third; it is stopped at the end."""
    server = LocalServer(tmp_path / "own", fetch_artefacts(), port=free_port(), memory="512m")
    yield server
    server.kill()


def test_the_server_accepts_every_setting_of_docker_compose_and_imported_files_answer_the_same(
        own, builder, demo_graph, demo_country, monkeypatch, tmp_path):
    """The files go through the real import tool, a server with the settings of docker-compose.yml starts on the result.

    One `build` later, which only adds the index and switches, it gives the same answers as the embedded store.
    """
    settings = compose_settings()
    assert settings["server.config.strict_validation.enabled"] == "true"
    assert len(settings) >= 5
    password = own.prepare(settings)
    assert own.prepare(settings) is None  # made once
    rows = {file.stem: count for file, count in export_for_import(builder, tmp_path / "files")}
    assert rows["Person"] == demo_graph.context.revision.coverage["people"]
    own.admin(*import_arguments(tmp_path / "files"))
    own.start()
    monkeypatch.setenv("NEO4J_PASSWORD", str(password))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    loaded = set()
    store = open_store(builder, own.uri)
    build(builder, store, read_settings(builder.settings_file), progress=lambda table, count: loaded.add(table))
    store.close()
    assert loaded == {"index"}
    graph = ReferralGraph.open(tmp_path / "nothing", store=own.uri)
    for question in demo_country.questions:
        if question.kind == "path":
            answers = [each.path(question.start, [question.to]).model_dump_json(by_alias=True) for each in (graph, demo_graph)]
            assert answers[0] == answers[1]
    for found in demo_graph.context.names.find("a", limit=400)[0][::20]:
        answers = [each.show(found.id, identity=True).model_dump_json(by_alias=True) for each in (graph, demo_graph)]
        assert answers[0] == answers[1]
    graph.close()
    with pytest.raises(StoreBusy, match=r"process \d+ already serves .* --stop"):
        LocalServer(own.home, fetch_artefacts(), port=free_port()).start()


def test_docker_compose_follows_its_schema(tmp_path):
    """By the schema of the Compose specification, which check-jsonschema carries; a misspelt key fails."""

    def checked(file: Path) -> int:
        return subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)],
                              capture_output=True, check=False).returncode

    assert checked(COMPOSE) == 0
    text = COMPOSE.read_text(encoding="utf-8")
    for right, wrong in (("restart:", "restrat:"), ("healthcheck:", "healthchek:"), ("start_period: 40s", "start_period: [40]")):
        assert right in text
        (tmp_path / "docker-compose.yml").write_text(text.replace(right, wrong), encoding="utf-8")
        assert checked(tmp_path / "docker-compose.yml") == 1


def test_docker_compose_binds_to_this_computer_and_wants_a_password():
    text = COMPOSE.read_text(encoding="utf-8")
    assert re.findall(r'^      - "(.*)"$', text, re.MULTILINE) == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]
    assert "NEO4J_AUTH: neo4j/${NEO4J_PASSWORD:?" in text
    assert re.findall(r"^NEO4J_PASSWORD=(.*)$", (COMPOSE.parent / ".env.example").read_text(encoding="utf-8"), re.MULTILINE) == [""]


@pytest.mark.soak
def test_a_full_disk_loses_nothing(own, builder, monkeypatch, tmp_path):
    """The server may write no file beyond 400 kB, as on a full disk: one clear error; with room the build goes on.

    The judgement that was acknowledged before is there afterwards.
    """
    password = own.prepare({"db.tx_log.preallocate": "false"})
    monkeypatch.setenv("NEO4J_PASSWORD", str(password))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, allowed[1]))
    try:
        own.start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    store = Neo4jStore(builder, own.uri, lease_seconds=1.0)
    store.append_judgements([{"kind": "note", "text": "kept"}])
    settings = read_settings(builder.settings_file)
    with pytest.raises(StoreUnavailable, match="free disk space"):
        build(builder, store, settings)
    with pytest.raises(StoreUnavailable, match="free disk space"):
        store.append_judgements([{"kind": "note", "text": "refused"}])
    store.close()
    own.kill()
    own.start()
    store = Neo4jStore(builder, own.uri, lease_seconds=1.0)
    revision = build(builder, store, settings)
    assert store.current().id == revision.id
    assert store.judgements() == [{"kind": "note", "text": "kept"}]
    store.close()


def test_a_wrong_setting_stops_the_server_with_its_words(own):
    own.prepare()
    own.prepare({"server.config.strict_validation.enabled": "true", "server.memory.heap.most": "1g"})
    with pytest.raises(StoreUnavailable, match=r"server\.memory\.heap\.most"):
        own.start()
    assert own.running() is None


def test_the_command_runs_a_server_and_stops_it_cleanly(neo4j_server, tmp_path):
    """Password shown once on stderr, the address on stdout, on loopback only; SIGTERM stops both processes."""
    port = free_port()
    command = [sys.executable, "-m", "referralgraph.cli", "--workspace", str(tmp_path), "server", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        server = LocalServer(tmp_path / "neo4j", (), port=port)
        running = server.running()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=120)
    assert f"answers at neo4j://localhost:{port}, from this computer only" in first
    assert len(re.findall(r"NEO4J_PASSWORD=\S{20,}", err)) == 1
    assert running is not None
    assert server.running() is None
    with pytest.raises(ProcessLookupError):
        os.kill(running, 0)
    assert f"server.bolt.listen_address=127.0.0.1:{port}" in (tmp_path / "neo4j" / "conf" / "neo4j.conf").read_text()
