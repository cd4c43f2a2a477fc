"""Kill -9 of the server and of the builder at random moments: the old or the new answers, never a mixture, and no judgement lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time

import pytest
from tests.conftest import free_port

from referralgraph.build import build
from referralgraph.errors import NotFound, StoreError, StoreUnavailable
from referralgraph.graph.store import open_store
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace
from referralgraph.server import LocalServer, fetch_artefacts
from referralgraph.settings import change_team, read_settings

ASKED = ("Mara Wiesentau", "Friederike Moosgrund")
BUILD = """
import sys
from referralgraph.build import build
from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings
workspace = Workspace(sys.argv[1])
build(workspace, Neo4jStore(workspace, sys.argv[2], lease_seconds=1.0), read_settings(workspace.settings_file),
      step=lambda name: print(name, flush=True))
"""


@pytest.fixture
def mortal(empty, neo4j_server, tmp_path, monkeypatch):
    """A server that the tests may kill, with nothing in it; where theirs runs elsewhere, one of their own."""
    if neo4j_server.local is not None:
        yield neo4j_server.local
        if neo4j_server.local.running() is None:
            neo4j_server.local.start()
        return
    own = LocalServer(tmp_path / "mortal", fetch_artefacts(), port=free_port(), memory="512m")
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", str(own.prepare()))
    own.start()
    yield own
    own.kill()


def answers(graph: ReferralGraph) -> tuple[str, ...]:
    """What everybody is shown of two people and how one leads to the other: names, reasons and ties of one revision."""
    told = [graph.show(name, viewer="Mara Wiesentau") for name in ASKED]
    told.append(graph.path([ASKED[0]], [ASKED[1]], viewer="Mara Wiesentau"))
    told.append(graph.find("Else"))  # whom only one of the revisions knows
    # judgements are part of a revision's id, and colleagues judge all the time
    return tuple(each.model_dump_json(by_alias=True).replace(graph.context.revision.id, "id") for each in told)


def which(graph: ReferralGraph) -> tuple[str, ...]:
    """Which of the two countries it is: who is in the team."""
    return graph.context.settings.team.members


class Life:
    """Colleagues who ask and judge all the time, and note what they were told."""

    def __init__(self, uri, folder, expected):
        self.uri, self.folder, self.expected = uri, folder, expected
        self.wrong, self.acknowledged, self.asked = [], [], 0
        self.done = threading.Event()
        self.threads = [threading.Thread(target=work) for work in (self.ask, self.judge)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def ask(self):
        while not self.done.is_set():
            store = open_store(Workspace(self.folder / "asks"), self.uri)
            try:
                graph = ReferralGraph(Context(store, None))
                if answers(graph) != self.expected[which(graph)]:
                    self.wrong.append(graph.context.revision.id)
                self.asked += 1
            except (StoreError, StoreUnavailable, NotFound):
                pass
            except Exception as error:  # a thread's own failure would go unnoticed
                self.wrong.append(repr(error))
                raise
            finally:
                store.close()
            time.sleep(0.1)

    def judge(self):
        store, number = open_store(Workspace(self.folder / "judges"), self.uri), 0
        while not self.done.is_set():
            number += 1
            try:
                store.append_judgements([{"kind": "note", "number": number}])
            except (StoreError, StoreUnavailable):
                time.sleep(0.05)
            else:
                self.acknowledged.append(number)
            time.sleep(0.02)
        store.close()


def kills(number, seed, victims, server, builder, tmp_path, monkeypatch):
    """Publish two revisions in turn; each time the victim is killed somewhere in between, and the next build completes."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    dice, uri = random.Random(seed), server.uri
    workspaces, expected = [], {}
    for members in (("Somebody Else",), ()):
        workspace = Workspace(shutil.copytree(builder.folder, tmp_path / f"builder-{len(workspaces)}"))
        change_team(workspace.settings_file, members=members)
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        graph = ReferralGraph.open(workspace.folder)
        expected[which(graph)] = answers(graph)
        graph.close()
        workspaces.append(workspace)
    assert len(set(expected.values())) == len(expected) == 2
    complete(workspaces[1], uri)
    acknowledged, asked = [], 0
    for turn in range(number):
        workspace = workspaces[turn % 2]
        with Life(uri, tmp_path, expected) as life, subprocess.Popen(
                [sys.executable, "-c", BUILD, str(workspace.folder), uri], env=os.environ, text=True, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            while "publish" not in process.stdout.readline():
                assert process.poll() is None
            time.sleep(dice.uniform(0.0, 2.5))
            if victims[turn % len(victims)] == "server":
                server.kill()
                server.start()
            process.kill()
            process.communicate()
            reader = open_store(Workspace(tmp_path / "nothing"), uri)
            reader.current()  # there is one at every moment
            reader.close()
            time.sleep(1.1)  # the lease of the dead
            complete(workspace, uri)
            seen = life.asked
            while life.asked < seen + 2 and not life.wrong:  # the new answers too
                time.sleep(0.05)
        assert life.wrong == []
        assert life.asked
        reader = open_store(Workspace(tmp_path / "nothing"), uri)
        kept = [each["number"] for each in reader.judgements()]
        reader.close()
        acknowledged += life.acknowledged
        asked += life.asked
        assert sorted(each for each in set(acknowledged) if acknowledged.count(each) > kept.count(each)) == []
    assert len(acknowledged) > number
    assert asked > number


def complete(workspace, uri):
    store = open_store(workspace, uri)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()


def test_a_kill_of_both(mortal, builder, tmp_path, monkeypatch):
    kills(1, 5, ("server",), mortal, builder, tmp_path, monkeypatch)


@pytest.mark.soak
def test_twenty_kills(mortal, builder, tmp_path, monkeypatch):
    kills(20, int(os.environ.get("REFERRALGRAPH_SOAK_SEED", "6")), ("server", "builder"), mortal, builder, tmp_path,
          monkeypatch)


def test_a_handle_outlives_its_server(mortal, builder, tmp_path, monkeypatch):
    """Killed during questions: one clear message; once the server is back, the same handle answers as before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    complete(builder, mortal.uri)
    graph = ReferralGraph(Context(open_store(Workspace(tmp_path / "nothing"), mortal.uri), None))
    before = answers(graph)
    told = []

    def ask():
        while not told:
            try:
                assert answers(graph) == before
            except StoreUnavailable as error:
                told.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    mortal.kill()
    thread.join()
    assert "doesn't answer" in told[0] or "can't be reached" in told[0]
    assert "\n" not in told[0]
    mortal.start()
    assert answers(graph) == before
    graph.close()
