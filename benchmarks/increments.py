"""Increments: what a later load costs beside resolving everything anew under the same model.

    python benchmarks/increments.py [--people 50000] [--share 0.02] [--seed 1]

The people are those of `homonyms.py`. All rows but a share are loaded and built, then the rest: once with what was compared
before, once without. Compared are the pairs that were weighed anew, the seconds of the resolve stage, and every row that comes out.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
from homonyms import _HEADER, _MAPPING, RATES, population

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.resolve import Compared, Learned, resolve
from referralgraph.settings import read_settings

_TABLES = ("person_link", "person", "waiting")
_SETTINGS = {"merge_threshold": 0.8, "team_organisation": ""}


def main() -> None:
    """Load, build, load the rest, and resolve both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--share", type=float, default=0.02, help="of the rows that come later")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rows, _ = population(asked.people, asked.seed, RATES[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(folder / "workspace")
        _load(workspace, folder, rows, "first", 1 - asked.share, later=False)
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))
        learned, kept = Learned(workspace.identity), folder / "kept"
        shutil.copytree(workspace.identity / "compared", kept)
        _load(workspace, folder, rows, "later", 1 - asked.share, later=True)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        records = max(workspace.stages.glob("records-*"), key=lambda each: each.stat().st_mtime)
        for label, before in (("later rows only", kept), ("everything anew", None)):
            out = folder / label
            out.mkdir()
            began = time.perf_counter()
            compared = Compared(before, learned.id) if before else None
            pairs = resolve(records, out, _SETTINGS, learned=learned, compared=compared)["person"]
            print(f"{label}: {pairs:,} pairs compared, resolve took {time.perf_counter() - began:.1f} s")
        same = all(_told(folder / "later rows only" / table) == _told(folder / "everything anew" / table) for table in _TABLES)
        print(f"both {'are equal' if same else 'DIFFER'} in every row")


def _load(workspace: Workspace, folder: Path, rows: dict[str, list[list[str]]], label: str, first: float, *, later: bool) -> None:
    for name, content in rows.items():
        at = int(len(content) * first)
        table, mapping = folder / f"{name}-{label}.csv", folder / f"{name}.toml"
        mapping.write_text(_MAPPING.format(name=name), encoding="utf-8")
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([_HEADER, *(content[at:] if later else content[:at])])
        load_files(workspace, source("table"), [table], mapping=mapping)


def _told(file: Path) -> list[tuple[object, ...]]:
    return duckdb.read_parquet(f"{file}.parquet").order("ALL").fetchall()


if __name__ == "__main__":
    main()
