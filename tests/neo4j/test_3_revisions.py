"""Publishing: the old revision until the new one is complete, one switch, and nothing left behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from referralgraph.build import build
from referralgraph.errors import NotFound, StoreBusy, StoreError, StoreUnavailable
from referralgraph.questions.context import Context
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

CURRENT = "MATCH (r:Revision {current: true}) RETURN r.id AS id"


def build_it(workspace, store):
    return build(workspace, store, read_settings(workspace.settings_file))


def counted(ask):
    return {row["label"]: row["n"] for row in ask(
        "MATCH (n) WHERE NOT n:Revision AND NOT n:BuildLease UNWIND labels(n) AS label RETURN label, count(*) AS n")}


def test_an_empty_database_says_what_to_do(empty, opened):
    with pytest.raises(NotFound, match=r"nothing is published in \w+://\S+ yet: .* build"):
        opened(empty).current()


def test_a_new_revision_replaces_the_old_one_whole(empty, opened, builder, ask):
    """Other settings, another revision: the same nodes afterwards, all of the new one; the old handle is told to ask again."""
    first = build_it(builder, opened(empty, builder))
    nodes = counted(ask)
    reader = opened(empty)
    person = ask("MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 1")[0]["id"]
    assert reader.read("read/person", [{"id": person}])[0]["id"] == person
    change_team(builder.settings_file, members=("Somebody Else",))
    second = build_it(builder, opened(empty, builder))
    assert second.id != first.id
    assert ask(CURRENT) == [{"id": second.id}]
    assert ask("MATCH (n) WHERE n.revision <> $id RETURN count(*) AS n", id=second.id) == [{"n": 0}]
    assert counted(ask)["Organisation"] == nodes["Organisation"]
    assert counted(ask)["Person"] == nodes["Person"] + 1  # the new member of the team
    with pytest.raises(StoreUnavailable, match="a newer revision has replaced"):
        reader.read("read/person", [{"id": person}])


def test_a_second_builder_is_told_who_builds(empty, opened, builder, tmp_path):
    with opened(empty, builder).building():
        other = opened(empty)
        with pytest.raises(StoreBusy, match=r"process \d+\) has been building since \d{4}-\d\d-\d\d .* UTC; wait"), other.building():
            pass
    with other.building():  # given back
        pass


def test_the_lease_of_a_killed_builder_expires(empty, opened, ask):
    """A builder that is killed holds the lease for its time and not longer; one that lives renews it."""
    with opened(empty, lease_seconds=1.0).building():
        time.sleep(1.5)
        with pytest.raises(StoreBusy), opened(empty).building():
            pass
    ask("MATCH (l:BuildLease) SET l.token = 'gone', l.until = timestamp() + 700, l.owner = 'anna', l.since = timestamp()")
    with pytest.raises(StoreBusy, match="anna"), opened(empty).building():
        pass
    time.sleep(1.0)
    with opened(empty).building():
        pass


def test_a_builder_that_lost_its_lease_publishes_nothing(empty, opened, builder, ask):
    """Paused for too long, another took over: what the first still writes is refused, in the transaction itself."""
    first = build_it(builder, opened(empty, builder))
    change_team(builder.settings_file, members=("Somebody Else",))

    def taken(table: str, rows: int) -> None:
        ask("MATCH (l:LoadLane) SET l.builder = 'another'")

    store = opened(empty, builder)
    with pytest.raises(StoreBusy, match="another build has taken over"):
        build(builder, store, read_settings(builder.settings_file), progress=taken)
    assert ask(CURRENT) == [{"id": first.id}]


def test_somebody_elses_graph_is_refused_and_never_touched(empty, opened, builder, ask):
    ask("CREATE (:Film {title: 'Metropolis'})-[:BY]->(:Person {name: 'Fritz Lang'})")
    before = ask("MATCH (n)-[r]->(m) RETURN properties(n) AS n, properties(m) AS m")
    with pytest.raises(StoreError, match=r"already holds another graph \(labels Film, Person\).*--force"):
        build_it(builder, opened(empty, builder))
    assert ask("MATCH (n) RETURN count(*) AS n") == [{"n": 2}]
    build_it(builder, opened(empty, builder, force=True))
    assert ask("MATCH (n)-[r:BY]->(m) RETURN properties(n) AS n, properties(m) AS m") == before


BUILD = """
import os, signal, sys
from referralgraph.build import build
from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings
workspace = Workspace(sys.argv[1])
def progress(table, rows):
    if table == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
build(workspace, Neo4jStore(workspace, sys.argv[2], lease_seconds=1.0), read_settings(workspace.settings_file), progress=progress)
"""


PAUSED = """
import sys, time
from referralgraph.build import build
from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings
workspace = Workspace(sys.argv[1])
def progress(table, rows):
    print("loading", flush=True)
    time.sleep(600)
build(workspace, Neo4jStore(workspace, sys.argv[2], lease_seconds=float(sys.argv[3])), read_settings(workspace.settings_file),
      progress=progress)
"""


@contextmanager
def loading(workspace, uri, lease):
    """A builder in a process of its own, which is killed in the middle of loading."""
    with subprocess.Popen([sys.executable, "-c", PAUSED, str(workspace.folder), uri, str(lease)], env=os.environ,
                          stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "loading\n"
        yield process
        process.kill()


def build_by_command(workspace, uri):
    """Run the command in another process; returns its exit code and what it says."""
    done = subprocess.run([sys.executable, "-m", "referralgraph.cli", "--workspace", str(workspace.folder), "--store", uri, "build"],
                          env=os.environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_of_two_builders_the_second_is_refused_until_the_first_is_dead(empty, builder, tmp_path, ask):
    """Two computers, two processes: refused while the first lives, for longer than a lease; after kill -9 it soon succeeds."""
    colleague = Workspace(shutil.copytree(builder.folder, tmp_path / "colleague"))
    change_team(colleague.settings_file, members=("Somebody Else",))
    with loading(builder, empty, 2.0) as first:
        time.sleep(2.5)
        code, said = build_by_command(colleague, empty)
        assert code == 5
        assert re.search(rf"\(process {first.pid}\) has been building since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC; wait", said)
    deadline = time.monotonic() + 60
    while (code := build_by_command(colleague, empty)[0]) == 5 and time.monotonic() < deadline:
        pass
    assert code == 0
    assert ask("MATCH (r:Revision) RETURN r.current AS current, r.text CONTAINS 'Somebody Else' AS theirs") == [
        {"current": True, "theirs": True}]


def test_who_was_killed_builds_again_at_once(empty, builder, ask):
    """From the same workspace, whose lock nobody holds any more, so that the old builder is surely gone: no waiting for the lease."""
    with loading(builder, empty, 600.0):
        pass
    left = ask("MATCH (l:BuildLease) RETURN l.until - timestamp() > 500000 AS held, l.until AS until")
    assert left[0]["held"]
    assert build_by_command(builder, empty)[0] == 0
    assert ask("MATCH (l:BuildLease) RETURN l.since < $until AS at_once", until=left[0]["until"]) == [{"at_once": True}]
    assert ask("MATCH (r:Revision {current: true}) RETURN count(*) AS n") == [{"n": 1}]


@pytest.mark.parametrize("table", [
    pytest.param("Person", marks=pytest.mark.soak), "Person_MANDATE_Organisation", pytest.param("index", marks=pytest.mark.soak)])
def test_a_killed_builder_leaves_the_old_answers_and_the_next_goes_on(table, empty, opened, builder, ask):
    """Kill -9 in the middle of loading: everyone still reads the old revision; the next build completes, with no row twice."""
    first = build_it(builder, opened(empty, builder))
    change_team(builder.settings_file, members=("Somebody Else",))
    done = subprocess.run([sys.executable, "-c", BUILD, str(builder.folder), empty, table], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    reader = opened(empty)
    assert reader.current().id == first.id
    assert (reader.index_folder() / "person_id.npy").exists()
    assert ask("MATCH (r:Revision) RETURN count(*) AS n") == [{"n": 2}]
    time.sleep(1.1)
    loaded: list[str] = []
    second = build(builder, opened(empty, builder), read_settings(builder.settings_file),
                   progress=lambda name, rows: loaded.append(name))
    assert ("Person" in loaded) is False  # that table was complete when the builder died
    assert ask(CURRENT) == [{"id": second.id}]
    assert counted(ask)["Person"] == second.coverage["people"]
    assert ask("MATCH ()-[t:TIE]->() RETURN count(*) AS n") == [{"n": second.coverage["ties"]}]
    assert ask("MATCH (n) WHERE n.revision <> $id RETURN count(*) AS n", id=second.id) == [{"n": 0}]


def test_a_graph_of_another_version_says_to_build_again(empty, opened, builder, ask):
    """As an older version left it: without a property that the queries ask for, and without the name of its schema."""
    build_it(builder, opened(empty, builder))
    ask("MATCH (p:Person) REMOVE p.influence_score")
    told = json.loads(ask("MATCH (r:Revision {current: true}) RETURN r.text AS text")[0]["text"])
    del told["schema"]
    ask("MATCH (r:Revision {current: true}) SET r.text = $told", told=json.dumps(told))
    with pytest.raises(StoreError, match=rf"another version of ReferralGraph.*`referralgraph --store {empty} build`") as caught:
        Context(opened(empty), None)
    assert caught.value.exit_code == 5
