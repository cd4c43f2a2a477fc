"""Seconds and peak memory of each stage, from nothing to an introduction, on a fictional country of any size.

    python benchmarks/country.py [--companies 1000000] [--seed 1] [DIR]

The stages are those of `referralgraph demo`: making the raw files, loading them, each stage of `build`, opening the
revision and asking. The peak is that of each stage by itself where the system can reset it (Linux), else the peak so far.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from referralgraph.build import build
from referralgraph.demo import Country, generate
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

_KB = 1 if sys.platform != "darwin" else 1024
_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


class Stages:
    """A clock that prints one line for each stage."""

    def __init__(self) -> None:
        self._name = ""
        self._began = self._all = time.perf_counter()
        print(f"{'stage':<12}{'seconds':>9}{'peak MB':>9}")

    def begin(self, name: str) -> None:
        """Print the stage that ends and begin another; an empty name ends the last."""
        now = time.perf_counter()
        if self._name:
            print(f"{self._name:<12}{now - self._began:>9.1f}{_peak_megabytes():>9.0f}", flush=True)
        self._name, self._began = name, now
        if _CLEAR.exists():
            _CLEAR.write_text("5")

    def total(self) -> None:
        """Print the time of everything."""
        self.begin("")
        print(f"{'all':<12}{time.perf_counter() - self._all:>9.1f}")


def main() -> None:
    """Walk the whole way and print a line a stage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", type=Path, nargs="?", help="where to put the country; a temporary folder by default")
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = given.directory or Path(tempfile.mkdtemp())
    try:
        walk(folder, given.companies, given.seed)
    finally:
        if given.directory is None:
            shutil.rmtree(folder)


def walk(folder: Path, companies: int, seed: int) -> None:
    """Make, load, build and ask a country."""
    stages = Stages()
    stages.begin("raw files")
    country = generate(folder / "country", companies, seed)
    workspace = Workspace(folder / "workspace")
    stages.begin("load")
    load(workspace, country)
    store = open_store(workspace)
    revision = build(workspace, store, read_settings(workspace.settings_file), step=stages.begin)
    store.close()
    stages.begin("open")
    graph = ReferralGraph.open(workspace.folder)
    question = next(each for each in country.questions if each.kind == "path" and each.people)
    for name in ("first path", "second path"):
        stages.begin(name)
        answer = graph.path((), [question.to])
    stages.total()
    covered = revision.coverage
    print(f"{covered['organisations']:,} organisations, {covered['people']:,} people, {covered['ties']:,} ties; "
          f"the story's best path has strength {answer.paths[0].strength:.6f}, worked out by hand {question.strength}")


def load(workspace: Workspace, country: Country) -> None:
    """Load everything the country has, as the demo does."""
    stated = datetime.combine(country.retrieved_at, datetime.min.time(), UTC)
    change_team(workspace.settings_file, me=country.team.me, members=country.team.colleagues, organisation=country.team.company)
    load_files(workspace, source("offeneregister"), [country.register])
    for export in country.exports:
        load_files(workspace, source(export.source), [export.path], owner=export.owner, retrieved_at=stated)
    for listing in country.listings:
        load_files(workspace, source("table"), [listing.path], mapping=listing.mapping)


def _peak_megabytes() -> float:
    if _STATUS.exists():
        return int(_STATUS.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KB / 1024 / 1024 if _KB > 1 else 0.0


if __name__ == "__main__":
    main()
