"""The workspace: what is published is complete, what a dead process left is swept, colleagues can read."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading

import pytest

from referralgraph.errors import NotFound, StoreBusy
from referralgraph.records.workspace import Load, Workspace, sha256_of, write_text_atomically


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


def a_load(name: str, moment: str, *, complete: bool = False, batch: str = "", scope: str = "register") -> Load:
    return Load(load=name, loader="offeneregister", source="offeneregister", file=f"{name}.jsonl", sha256=name,
                owner=None, visibility="team", retrieved_at=moment, complete=complete, scope=scope,
                batch=batch or name, loaded_at="2025-01-01T00:00:00", records={"person": 1}, quarantined=0)


def write(workspace: Workspace, *loads: Load) -> None:
    for load in loads:
        with workspace.new_folder(workspace.records / load.load) as folder:
            workspace.write_load(folder, load)


def dead_process() -> int:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(done.stdout)


# --- folders that appear complete or not at all -----------------------------------------------------------------------


def test_a_new_folder_appears_only_when_it_is_complete(workspace):
    final = workspace.records / "one"
    with workspace.new_folder(final) as folder:
        (folder / "load.json").write_text("{}")
        assert not final.exists()
    assert (final / "load.json").read_text() == "{}"
    assert list(workspace.records.iterdir()) == [final]


def test_a_failure_leaves_nothing(workspace):
    def fail() -> None:
        with workspace.new_folder(workspace.records / "one") as folder:
            (folder / "half").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(workspace.records.iterdir()) == []


def test_of_two_writers_of_one_folder_the_first_counts_and_the_second_is_dropped(workspace):
    final = workspace.records / "one"
    with workspace.new_folder(final) as late:
        (late / "told").write_text("late")
        with workspace.new_folder(final) as early:
            (early / "told").write_text("early")
    assert (final / "told").read_text() == "early"
    assert list(workspace.records.iterdir()) == [final]


def test_leftovers_of_dead_processes_are_swept_and_those_of_living_ones_stay(workspace):
    living = os.getppid()
    for process in (dead_process(), living, "x"):
        folder = workspace.records / f".unfinished-{process}-abc-1"
        folder.mkdir(parents=True)
        (folder / "person.parquet").write_text("half")
    earlier_self = workspace.records / f".unfinished-{os.getpid()}-abc-1"  # a container gives every run the same number
    earlier_self.mkdir()
    with workspace.new_folder(workspace.records / "one"):
        assert len(list(workspace.records.glob(".unfinished-*"))) == 2
    assert {path.name for path in workspace.records.iterdir()} == {"one", f".unfinished-{living}-abc-1"}


def test_unfinished_folders_are_no_loads(workspace):
    write(workspace, a_load("one", "2024-01-01"))
    unfinished = workspace.records / f".unfinished-{os.getppid()}-x-1"
    unfinished.mkdir()
    (unfinished / "load.json").write_text((workspace.records / "one" / "load.json").read_text())
    assert [load.load for load in workspace.loads()] == ["one"]


def test_colleagues_may_read_what_the_umask_lets_them_read(workspace):
    before = os.umask(0o027)
    try:
        write(workspace, a_load("one", "2024-01-01"))
        write_text_atomically(workspace.current, "abc\n")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode)
             for path in (workspace.records / "one", workspace.records / "one" / "load.json", workspace.current)}
    assert modes == {"one": 0o750, "load.json": 0o640, "current": 0o640}


# --- small files ------------------------------------------------------------------------------------------------------


def test_a_small_file_is_replaced_as_a_whole(workspace):
    write_text_atomically(workspace.current, "old")
    write_text_atomically(workspace.current, "neu ü")
    assert workspace.current.read_text(encoding="utf-8") == "neu ü"
    assert [path.name for path in workspace.folder.iterdir()] == ["current"]


def test_a_text_that_can_not_be_written_leaves_the_old_one(workspace):
    write_text_atomically(workspace.current, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text_atomically(workspace.current, "\ud800")
    assert workspace.current.read_text() == "old"
    assert [path.name for path in workspace.folder.iterdir()] == ["current"]


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path):
    file = tmp_path / "abc"
    file.write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert sha256_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# --- which loads count ------------------------------------------------------------------------------------------------


def effective(workspace: Workspace) -> list[str]:
    return [load.load for load in workspace.effective_loads()]


def test_loads_that_are_not_complete_all_count(workspace):
    write(workspace, a_load("a", "2024-01-01"), a_load("b", "2023-01-01"), a_load("c", "2024-01-01"))
    assert effective(workspace) == ["a", "b", "c"]


def test_a_complete_load_replaces_what_is_older_in_its_scope_and_nothing_else(workspace):
    write(workspace, a_load("complete", "2024-01-01", complete=True), a_load("older", "2023-12-31"),
          a_load("newer", "2024-01-02"), a_load("same", "2024-01-01"), a_load("other", "2020-01-01", scope="other"))
    assert effective(workspace) == ["complete", "newer", "other", "same"]


def test_files_loaded_together_are_one_complete_statement_as_new_as_their_newest(workspace):
    write(workspace, a_load("a", "2019-01-01", complete=True, batch="ab"),
          a_load("b", "2024-01-01", complete=True, batch="ab"), a_load("c", "2023-01-01", complete=True))
    assert effective(workspace) == ["a", "b"]


def test_of_three_complete_loads_the_newest_counts_in_whatever_order_they_came(workspace):
    for name, moment in (("b", "2022-01-01"), ("c", "2024-01-01"), ("a", "2023-01-01")):
        write(workspace, a_load(name, moment, complete=True))
    assert effective(workspace) == ["c"]


def test_what_a_later_version_writes_into_a_manifest_is_left_aside(workspace):
    write(workspace, a_load("one", "2024-01-01"))
    manifest = workspace.records / "one" / "load.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "colour": "blue"}))
    assert workspace.loads() == [a_load("one", "2024-01-01")]


# --- quarantine -------------------------------------------------------------------------------------------------------


def test_quarantined_rows_of_a_load_reach_the_quarantine_even_after_a_kill(workspace):
    with workspace.new_folder(workspace.records / "one") as folder:  # published, then killed
        (folder / "quarantine.parquet").write_text("bad rows")
    workspace.settle_quarantine()
    workspace.settle_quarantine()
    assert (workspace.quarantine / "one.parquet").read_text() == "bad rows"
    assert list((workspace.records / "one").iterdir()) == []


# --- one build at a time ----------------------------------------------------------------------------------------------


def test_a_second_build_is_told_who_builds(workspace):
    with workspace.lock(), pytest.raises(StoreBusy, match=f"process {os.getpid()} is building"), workspace.lock():
        pass
    with workspace.lock():
        pass


def test_a_lock_is_free_again_after_a_failure(workspace):
    with pytest.raises(ZeroDivisionError), workspace.lock():
        raise ZeroDivisionError
    with workspace.lock():
        pass


def test_the_lock_of_a_killed_build_counts_for_nothing(workspace):
    code = ("import os, sys; from referralgraph.records.workspace import Workspace\n"
            "with Workspace(sys.argv[1]).lock():\n    print('locked', flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-c", code, str(workspace.folder)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreBusy, match=f"process {holder.pid} is building"), workspace.lock():
            pass
        holder.kill()
        holder.wait()
    with workspace.lock():
        pass


def test_of_many_threads_one_builds_at_a_time(workspace):
    building, most, done = [0], [0], []

    def build() -> None:
        while True:
            try:
                with workspace.lock():
                    building[0] += 1
                    most[0] = max(most[0], building[0])
                    building[0] -= 1
                    done.append(1)
                    return
            except StoreBusy:
                continue

    threads = [threading.Thread(target=build) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (most, len(done)) == ([1], 6)


# --- what is current --------------------------------------------------------------------------------------------------


def test_before_the_first_build_the_message_says_what_to_do(workspace):
    with pytest.raises(NotFound, match="there is no workspace"):
        workspace.current_revision()
    workspace.folder.mkdir()
    with pytest.raises(NotFound, match="nothing is loaded yet: run `referralgraph load"):
        workspace.current_revision()
    write(workspace, a_load("one", "2024-01-01"))
    with pytest.raises(NotFound, match="nothing is built yet: run `referralgraph build`"):
        workspace.current_revision()


def test_the_current_revision_is_the_folder_named_in_current(workspace):
    write_text_atomically(workspace.current, "abc\n")
    assert workspace.current_revision() == workspace.folder / "revisions" / "abc"
