"""Loading into a workspace: once, completely or not at all, and the newer statement wins whatever the order."""

from __future__ import annotations

import bz2
import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from referralgraph.errors import SourceError, UsageError
from referralgraph.loaders import source
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Load, Workspace

REGISTER = source("offeneregister")


def company(number: int, name: str, *, retrieved: str = "2018-06-29", officers: int = 1) -> str:
    return json.dumps({
        "all_attributes": {"_registerArt": "HRB", "_registerNummer": str(number), "registered_office": "Ulm",
                           "registrar": "Ulm"},
        "company_number": f"U1_HRB{number}", "current_status": "currently registered", "jurisdiction_code": "de",
        "name": name, "retrieved_at": f"{retrieved}T10:00:00Z",
        "officers": [{"name": f"Hanna Vogt{at}", "position": "Geschäftsführer", "start_date": "2010-05-01", "type": "person",
                      "other_attributes": {"firstname": "Hanna", "lastname": f"Vogt{at}", "city": "Ulm"}}
                     for at in range(officers)],
    }, ensure_ascii=False)


def linkedin(*people: str) -> str:
    rows = [f"{name},,,Birkner GmbH,Einkauf,01 Mar 2021" for name in people]
    return "\n".join(["First Name,Last Name,URL,Email Address,Company,Position,Connected On", *rows, ""])


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def file(tmp_path):
    """Write a raw file; the folder is that of the day, so that one name may come twice."""
    def write(name: str, *lines: str, day: str = "2024-01-01", content: bytes | None = None) -> Path:
        path = tmp_path / "raw" / day / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(line + "\n" for line in lines).encode() if content is None else content)
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
        return path
    return write


def load(workspace: Workspace, *files: Path, **options: object) -> list[Load]:
    return load_files(workspace, REGISTER, list(files), **options)


def contacts(workspace: Workspace, *files: Path, owner: str) -> list[Load]:
    return load_files(workspace, source("linkedin"), list(files), owner=owner)


def effective(workspace: Workspace, folder: Path, table: str = "organisation") -> list[dict[str, object]]:
    folder = folder / "effective"
    folder.mkdir(exist_ok=True)
    write_effective_records(workspace, workspace.effective_loads(), [], [], folder)
    return sorted(pq.read_table(folder / f"{table}.parquet").to_pylist(), key=lambda row: str(row["record_id"]))


def names(workspace: Workspace, folder: Path, table: str = "organisation") -> list[str]:
    return sorted(str(row["name"]) for row in effective(workspace, folder, table))


def contents(workspace: Workspace) -> dict[str, bytes]:
    return {str(path.relative_to(workspace.folder)): path.read_bytes()
            for path in sorted(workspace.folder.rglob("*")) if path.is_file()}


# --- twice is once ----------------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing_also_under_another_name_and_time(workspace, file):
    dump = [company(1, "Birkner GmbH"), "broken"]
    first = load(workspace, file("dump.jsonl", *dump))
    before = contents(workspace)
    assert load(workspace, file("dump.jsonl", *dump)) == first
    assert load(workspace, file("copy.jsonl", *dump, day="2025-07-01")) == first
    assert contents(workspace) == before
    assert first[0].records == {"organisation": 1, "person": 1, "mandate": 1}


def test_a_load_says_what_was_in_the_file(workspace, file):
    dump = file("dump.jsonl", company(1, "Birkner GmbH"), "broken", company(2, "Roth AG", officers=2))
    (told,) = load(workspace, dump)
    assert (told.file, told.source, told.retrieved_at) == ("dump.jsonl", "offeneregister", "2018-06-29T10:00:00")
    assert (told.records, told.quarantined, told.reasons) == (
        {"organisation": 2, "person": 3, "mandate": 3}, 1, {"broken JSON line": 1})
    (bad,) = pq.read_table(workspace.quarantine / f"{told.load}.parquet").to_pylist()
    assert (bad["line"], bad["reason"], bad["text"], bad["file"]) == (2, "broken JSON line", "broken", "dump.jsonl")


def test_progress_counts_the_lines(workspace, file):
    seen = []
    load(workspace, file("dump.jsonl", *(company(at, f"{at} GmbH") for at in range(5))),
         progress=lambda name, rows: seen.append((name, rows)))
    assert seen[-1] == ("dump.jsonl", 5)


# --- two files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_chunks_are_both_there_in_either_order(workspace, file, tmp_path, order):
    chunks = [file("chunk3.jsonl", company(1, "Birkner GmbH")), file("chunk53.jsonl", company(2, "Roth AG"))]
    for at in order:
        load(workspace, chunks[at])
    assert names(workspace, tmp_path) == ["Birkner GmbH", "Roth AG"]
    assert names(workspace, tmp_path, "person") == ["Hanna Vogt0", "Hanna Vogt0"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newer_statement_wins_in_either_order(workspace, file, tmp_path, order):
    dumps = [file("old.jsonl", company(1, "Birkner GmbH", retrieved="2017-01-01"), company(2, "Roth AG")),
             file("new.jsonl", company(1, "Birkner Holding GmbH", retrieved="2018-01-01"))]
    for at in order:
        load(workspace, dumps[at])
    assert names(workspace, tmp_path) == ["Birkner Holding GmbH", "Roth AG"]  # what the new file doesn't mention stays


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_equal_moments_are_decided_by_content_not_by_order(workspace, file, tmp_path, order):
    dumps = [file("a.jsonl", company(1, "Birkner GmbH")), file("b.jsonl", company(1, "Roth AG"))]
    for at in order:
        load(workspace, dumps[at])
    assert names(workspace, tmp_path) == ["Roth AG"]


def test_a_mandate_that_has_ended_since_is_one_mandate(workspace, file, tmp_path):
    opened = json.loads(company(1, "Birkner GmbH", retrieved="2017-01-01"))
    ended = json.loads(company(1, "Birkner GmbH", retrieved="2018-01-01"))
    ended["officers"].append({**ended["officers"][0], "end_date": "2017-06-30"})
    del ended["officers"][-1]["start_date"]
    load(workspace, file("new.jsonl", json.dumps(ended)))
    load(workspace, file("old.jsonl", json.dumps(opened)))
    (row,) = effective(workspace, tmp_path, "mandate")
    assert (row["since"], row["until"]) == ("2010-05-01", "2017-06-30")


def test_a_complete_dump_removes_what_it_does_not_mention(workspace, file, tmp_path):
    load(workspace, file("old.jsonl", company(1, "Birkner GmbH", retrieved="2017-01-01"),
                         company(2, "Roth AG", retrieved="2017-01-01")))
    load(workspace, file("new.jsonl", company(1, "Birkner GmbH")), complete=True)
    assert names(workspace, tmp_path) == ["Birkner GmbH"]


def test_the_files_of_one_complete_statement_do_not_replace_each_other(workspace, file, tmp_path):
    old, new = (file("chunk1.jsonl", company(1, "Birkner GmbH", retrieved="2017-01-01")),
                file("chunk2.jsonl", company(2, "Roth AG")))
    load(workspace, old, complete=True)  # said of one chunk by mistake, then of both
    load(workspace, old, new, complete=True)
    assert names(workspace, tmp_path) == ["Birkner GmbH", "Roth AG"]


def test_a_stated_moment_makes_a_statement_of_its_own(workspace, file):
    dump = file("dump.jsonl", company(1, "Birkner GmbH"))
    load(workspace, dump)
    load(workspace, dump, retrieved_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(workspace.loads()) == 2


# --- contacts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_owners_newer_export_replaces_his_older_one_and_nobody_elses(workspace, file, tmp_path, order):
    exports = [file("Connections.csv", linkedin("Hanna,Vogt", "Jan,Ilg")),
               file("Connections.csv", linkedin("Hanna,Vogt", "Uta,Prem"), day="2024-06-01")]
    for at in order:
        contacts(workspace, exports[at], owner="Anna")
    contacts(workspace, exports[0], owner="Bert")
    assert sorted((str(row["owner"]), str(row["since"])) for row in effective(workspace, tmp_path, "contact")) == [
        ("Anna", "2021-03-01"), ("Anna", "2021-03-01"), ("Bert", "2021-03-01"), ("Bert", "2021-03-01")]
    assert names(workspace, tmp_path, "person") == ["Hanna Vogt", "Hanna Vogt", "Jan Ilg", "Uta Prem"]


def test_the_same_export_of_two_owners_is_two_statements(workspace, file, tmp_path):
    export = file("Connections.csv", linkedin("Hanna,Vogt"))
    for owner in ("Anna", "Bert"):
        contacts(workspace, export, owner=owner)
    assert sorted(str(row["owner"]) for row in effective(workspace, tmp_path, "contact")) == ["Anna", "Bert"]


def test_contacts_without_an_owner_are_refused(workspace, file):
    with pytest.raises(UsageError, match="say whose with --owner NAME"):
        load_files(workspace, source("linkedin"), [file("Connections.csv", linkedin("Hanna,Vogt"))])


# --- bad input --------------------------------------------------------------------------------------------------------


def test_files_that_are_not_there_or_are_folders_are_refused_before_anything_is_loaded(workspace, file, tmp_path):
    good = file("dump.jsonl", company(1, "Birkner GmbH"))
    with pytest.raises(SourceError, match=r"gone\.jsonl: no such file\. Check the path"):
        load(workspace, good, tmp_path / "gone.jsonl")
    with pytest.raises(SourceError, match=r"raw: this is a folder\. Name the files in it"):
        load(workspace, good, tmp_path / "raw")
    assert not workspace.folder.exists()


def test_a_refused_file_leaves_no_trace_and_those_before_it_stay(workspace, file, tmp_path):
    good, bad = file("dump.jsonl", company(1, "Birkner GmbH")), file("table.csv", "number,name", "1,Birkner")
    with pytest.raises(SourceError) as refused:
        load(workspace, good, bad)
    assert str(refused.value).startswith(f"{bad}, line 1: not a register dump of OffeneRegister")
    assert refused.value.exit_code == 4
    assert names(workspace, tmp_path) == ["Birkner GmbH"]
    assert len(list(workspace.records.iterdir())) == 1


def test_a_damaged_archive_ends_the_command_with_its_message_not_with_an_abort(workspace, file):
    cut = file("dump.jsonl.bz2", content=bz2.compress(random.Random(3).randbytes(2_000_000))[:200])
    command = [sys.executable, "-m", "referralgraph.cli", "load", "offeneregister", str(cut)]
    done = subprocess.run([*command, "--workspace", str(workspace.folder)], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 4, done.stderr
    assert str(cut) in done.stderr
    assert "Fetch the file again" in done.stderr
    assert "Traceback" not in done.stderr


# --- killed, and side by side -----------------------------------------------------------------------------------------

LOAD = ("import sys; from pathlib import Path\n"
        "from referralgraph.loaders import source\n"
        "from referralgraph.records.load import load_files\n"
        "from referralgraph.records.workspace import Workspace\n"
        "print('ready', flush=True)\n"
        "load_files(Workspace(sys.argv[1]), source('offeneregister'), [Path(each) for each in sys.argv[2:]])")


def loading(workspace: Workspace, *files: Path) -> subprocess.Popen[bytes]:
    """Start a load in a process of its own, and return when it begins."""
    process = subprocess.Popen([sys.executable, "-c", LOAD, str(workspace.folder), *map(str, files)],
                               stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def kill_loads(workspace: Workspace, folder: Path, first: Path, second: Path, kills: int) -> None:
    """Kill a load of the second file at moments spread over its length; what the first gave must stay as it is."""
    load(workspace, first)
    before = names(workspace, folder)
    loads = workspace.loads()
    begun = time.perf_counter()
    with loading(Workspace(folder / "timed"), second) as process:
        assert process.wait() == 0
    length = time.perf_counter() - begun
    for at in range(kills):
        with loading(workspace, second) as process:
            time.sleep(length * (at + 0.5) / kills)
            process.kill()
        if workspace.loads() != loads:  # the machine was faster this time: the load was through
            break
        assert names(workspace, folder) == before
    load(workspace, second)
    assert len(workspace.loads()) == 2
    assert len(names(workspace, folder)) == len(before) + len(second.read_text().splitlines()) - 1
    assert not list(workspace.records.glob(".unfinished-*"))
    assert len(list(workspace.quarantine.iterdir())) == 1


def test_a_killed_load_leaves_what_was_there_and_the_next_one_completes(workspace, file, tmp_path):
    first = file("first.jsonl", company(1, "Birkner GmbH"))
    second = file("second.jsonl", "broken", *(company(at, f"{at} GmbH", officers=3) for at in range(2, 3000)))
    kill_loads(workspace, tmp_path, first, second, kills=3)


def test_two_processes_load_the_same_and_different_files_at_once(workspace, file, tmp_path):
    shared = file("shared.jsonl", "broken", *(company(at, f"{at} GmbH") for at in range(1000)))
    one, other = file("one.jsonl", company(5000, "Birkner GmbH")), file("other.jsonl", company(5001, "Roth AG"))
    with loading(workspace, shared, one) as left, loading(workspace, shared, other) as right:
        assert (left.wait(), right.wait()) == (0, 0)
    assert sorted(each.file for each in workspace.loads()) == ["one.jsonl", "other.jsonl", "shared.jsonl"]
    assert len(names(workspace, tmp_path)) == 1002
    assert len(list(workspace.quarantine.iterdir())) == 1
