"""Building: skipped where nothing changed, safe against a kill, one builder at a time, the same anywhere."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from referralgraph.build import build
from referralgraph.demo import Country
from referralgraph.errors import NotFound, StoreBusy
from referralgraph.graph.revision import Revision
from referralgraph.graph.store import open_store
from referralgraph.index.influence import library
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

TARGET = "Leonhard Vrederkamp, Ostermühl"


@pytest.fixture
def copy(demo_workspace: Path, tmp_path: Path) -> Workspace:
    """A workspace of one's own with the country loaded and built."""
    return Workspace(shutil.copytree(demo_workspace, tmp_path / "workspace"))


def run(workspace: Workspace) -> Revision:
    store = open_store(workspace)
    try:
        return build(workspace, store, read_settings(workspace.settings_file))
    finally:
        store.close()


def change(workspace: Workspace, half_life: float) -> None:
    """Change a constant of the formula, so that ties, graph and revision must be made anew."""
    text = workspace.settings_file.read_text(encoding="utf-8").partition("[ties]")[0]
    workspace.settings_file.write_text(f"{text}\n[ties]\nhalf_life_years = {half_life}\n", encoding="utf-8")


def stages(workspace: Workspace) -> dict[str, int]:
    return {each.name: each.stat().st_mtime_ns for each in workspace.stages.iterdir()}


def test_nothing_is_made_anew_when_nothing_has_changed(copy: Workspace) -> None:
    """Same revision, same stage folders, same files; the graph isn't written again."""
    before, revision = stages(copy), open_store(copy).current()
    graph = copy.current_revision() / "graph.lbdb"
    written = graph.stat().st_mtime_ns
    assert run(copy) == revision
    assert stages(copy) == before
    assert graph.stat().st_mtime_ns == written


def test_a_change_makes_anew_only_what_depends_on_it(copy: Workspace) -> None:
    """Another half-life: records, identities, accounts and risk stand, ties and graph are new, old stages gone, the answer changed."""
    before = stages(copy)
    graph = ReferralGraph.open(copy.folder)
    old = graph.path(["Sri Wahyuningsih"], [TARGET], k=1)
    change(copy, 2.0)
    revision = run(copy)
    after = stages(copy)
    assert {name.split("-")[0] for name in after if name in before} == {"accounts", "records", "resolve", "risk"}
    assert sorted(name.split("-")[0] for name in after) == ["accounts", "graph", "records", "resolve", "risk", "ties"]
    assert revision.id != old.revision
    # Kartika left eight years ago: 0.9 x 2^-4 instead of 2^-2, so the second way is a quarter as strong
    new = ReferralGraph.open(copy.folder).path(["Sri Wahyuningsih"], [TARGET], k=1, min_strength=0.0)
    ways = [path for path in new.paths if path.people[1].name == "Kartika Lesmanadewi"]
    assert all(path.strength == pytest.approx(old.paths[0].strength / 4) for path in ways)


def test_a_machine_without_the_library_for_betweenness_makes_a_revision_of_its_own(
    copy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People of a larger graph have no betweenness there: that must not go by the id of a revision in which they have."""
    before, here = open_store(copy).current(), library()
    monkeypatch.setitem(sys.modules, "networkit", None)
    assert library() == "none"
    assert (run(copy).id == before.id) == (here == "none")


def test_two_workspaces_with_equal_input_give_an_equal_revision(
    demo_country: Country, demo_workspace: Path, tmp_path: Path
) -> None:
    """Loaded the other way round, elsewhere, later: the same id."""
    workspace = Workspace(tmp_path / "other")
    change_team(
        workspace.settings_file,
        me=demo_country.team.me,
        members=demo_country.team.colleagues,
        organisation=demo_country.team.company,
    )
    for listing in reversed(demo_country.listings):
        load_files(workspace, source("table"), [listing.path], mapping=listing.mapping)
    stated = datetime.combine(demo_country.retrieved_at, datetime.min.time(), UTC)
    for export in reversed(demo_country.exports):
        load_files(workspace, source(export.source), [export.path], owner=export.owner, retrieved_at=stated)
    load_files(workspace, source("offeneregister"), [demo_country.register])
    made, original = run(workspace), open_store(Workspace(demo_workspace)).current()
    assert made.id == original.id
    assert made.coverage == original.coverage


_HOLD = """
import sys, time
from referralgraph.records.workspace import Workspace
with Workspace(sys.argv[1]).lock():
    print("locked", flush=True)
    time.sleep(600)
"""


def test_a_second_builder_is_told_who_builds(copy: Workspace) -> None:
    """The lock of a living process holds, and names it; that of a killed one counts for nothing."""
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, str(copy.folder)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreBusy, match=str(holder.pid)):
            run(copy)
        assert ReferralGraph.open(copy.folder).path((), [TARGET], k=1).paths
    finally:
        holder.kill()
        holder.communicate()
    assert run(copy).id == open_store(copy).current().id


def test_nothing_loaded_is_told(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(NotFound, match="referralgraph load"):
        run(Workspace(tmp_path))


_BUILD = """
import sys
from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.index.influence import library
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings
workspace = Workspace(sys.argv[1])
print("begun", flush=True)
build(workspace, open_store(workspace), read_settings(workspace.settings_file))
"""


def test_a_kill_at_any_moment_leaves_the_previous_revision(copy: Workspace) -> None:
    """Killed three times at random, the old answers are there each time; then the build completes and sweeps up."""
    old = open_store(copy).current().id
    change(copy, 3.0)
    moments = np.random.default_rng(20240630).uniform((0.0, 0.5, 1.5), (0.5, 1.5, 3.0)).tolist()
    for share in moments:
        process = subprocess.Popen([sys.executable, "-c", _BUILD, str(copy.folder)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(share)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        graph = ReferralGraph.open(copy.folder)
        answer = graph.path((), [TARGET], k=1)
        assert answer.paths[0].people[-1].name == "Leonhard Vrederkamp"
        graph.close()
    new = run(copy)
    assert new.id != old
    assert ReferralGraph.open(copy.folder).path((), [TARGET], k=1).revision == new.id
    assert not list(copy.folder.rglob(".unfinished-*"))


def test_old_revisions_are_swept_but_one(copy: Workspace) -> None:
    """Three more builds: the current one and the one before stand, so that a reader who just opened it goes on."""
    ids = [open_store(copy).current().id]
    for half_life in (2.0, 3.0, 5.0):
        change(copy, half_life)
        ids.append(run(copy).id)
        time.sleep(0.02)
    assert {each.name for each in copy.revisions.iterdir()} == set(ids[-2:])
    assert copy.current_revision().name == ids[-1]
