"""Twenty kills of one load: nothing that was there is lost, and the next load completes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from referralgraph.demo import generate
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace

KILLS = 20
LOAD = ("import sys; from pathlib import Path\n"
        "from referralgraph.loaders import source\n"
        "from referralgraph.records.load import load_files\n"
        "from referralgraph.records.workspace import Workspace\n"
        "print('ready', flush=True)\n"
        "load_files(Workspace(sys.argv[1]), source('offeneregister'), [Path(sys.argv[2])])")


def records(workspace: Workspace) -> dict[str, bytes]:
    """Return every file of the complete loads; leftovers of killed ones have a point in front."""
    return {str(path.relative_to(workspace.records)): path.read_bytes()
            for path in workspace.records.glob("[!.]*/*") if path.is_file()}


def start(folder: Path, dump: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", LOAD, str(folder), str(dump)],
                               stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.soak
def test_twenty_kills_of_a_load_lose_nothing(tmp_path):
    first = generate(tmp_path / "first", companies=200, seed=1).register
    second = generate(tmp_path / "second", companies=20_000, seed=2).register
    untouched = Workspace(tmp_path / "untouched")
    begun = time.perf_counter()
    with start(untouched.folder, second) as process:
        assert process.wait() == 0
    length = time.perf_counter() - begun
    workspace = Workspace(tmp_path / "workspace")
    load_files(workspace, source("offeneregister"), [first])
    before = records(workspace)
    killed = 0
    for at in range(KILLS):
        with start(workspace.folder, second) as process:
            time.sleep(length * (at + 0.5) / KILLS)
            process.kill()
        killed += process.returncode != 0
        assert before.items() <= records(workspace).items()
        assert len(workspace.loads()) in {1, 2}
    assert killed > KILLS / 2
    load_files(workspace, source("offeneregister"), [second])
    (there,) = untouched.loads()
    (now,) = [each for each in workspace.loads() if each.load == there.load]
    assert json.dumps(now.records) == json.dumps(there.records)
    assert not list(workspace.records.glob(".unfinished-*"))
    assert before.items() <= records(workspace).items()
