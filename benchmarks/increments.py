"""Increments: what a later load costs beside resolving everything anew under the same model.

    python benchmarks/increments.py [--people 50000] [--share 0.02] [--seed 1] [--folder FOLDER]

The people are those of `homonyms.py`. All rows but a share are loaded, learned from and resolved, then the rest is loaded and
everything resolved again: once with what was compared before, once without. Each run is in a process of its own, by the functions
that `build` calls; the stages after identity are left out. Printed are the pairs that were weighed anew, the seconds
of the stage, peak memory, the ratio, and whether every row that comes out is equal.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from pathlib import Path

from homonyms import _HEADER, _MAPPING, _SOURCES
from identity_scale import _SETTINGS, _apart, _run, _write

from referralgraph.loaders import source
from referralgraph.records.database import connect
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.resolve import Compared, Learned, learn_models, resolve

_TABLES = ("person_link", "person", "waiting")


def main() -> None:
    """Load, learn, resolve, load the rest, and resolve both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--share", type=float, default=0.02, help="of the rows that come later")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where files and workspace stay")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        _apart(_write, folder, asked.people, asked.seed, 1)
        _part(folder, asked.share)
        for label in ("first", "later"):
            _apart(_load, folder, label)
        _apart(_learn, folder)
        _report("first rows, nothing kept before", _apart(_run, _first, folder))
        later = _report("later rows only", _apart(_run, _later, folder))
        anew = _report("everything anew", _apart(_run, _anew, folder))
        print(f"the later rows took {later / anew:.2f} of the time of everything anew")
        same = all(_told(folder / "out-later" / table) == _told(folder / "out-anew" / table) for table in _TABLES)
        print(f"both {'are equal' if same else 'DIFFER'} in every row")


def _report(label: str, told: tuple[float, float, str]) -> float:
    seconds, peak, words = told
    print(f"{label:32} {words}, resolve took {seconds:.1f} s, {peak:.1f} GB at most", flush=True)
    return seconds


def _part(folder: Path, share: float) -> None:
    for name in _SOURCES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))[1:]
        at = int(len(rows) * (1 - share))
        for label, part in (("first", rows[:at]), ("later", rows[at:])):
            with (folder / f"{name}-{label}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([_HEADER, *part])


def _load(folder: Path, label: str) -> None:
    workspace = Workspace(folder / "workspace")
    for name in _SOURCES:
        mapping = folder / f"{name}.toml"
        mapping.write_text(_MAPPING.format(name=name), encoding="utf-8")
        load_files(workspace, source("table"), [folder / f"{name}-{label}.csv"], mapping=mapping)
    (folder / f"records-{label}").mkdir(exist_ok=True)
    write_effective_records(workspace, workspace.effective_loads(), (), [], folder / f"records-{label}")


def _learn(folder: Path) -> None:
    (folder / "learning").mkdir(exist_ok=True)
    learn_models(folder / "records-first", Learned(folder / "identity"), folder / "learning")


def _first(folder: Path) -> str:
    return _resolved(folder, "first", "first", kept=True)


def _later(folder: Path) -> str:
    return _resolved(folder, "later", "later", kept=True)


def _anew(folder: Path) -> str:
    return _resolved(folder, "later", "anew", kept=False)


def _resolved(folder: Path, label: str, out: str, *, kept: bool) -> str:
    learned, target = Learned(folder / "identity"), folder / f"out-{out}"
    target.mkdir(exist_ok=True)
    compared = Compared(folder / "compared", learned.id) if kept else None
    pairs = resolve(folder / f"records-{label}", target, _SETTINGS, learned=learned, compared=compared)["person"]
    return f"{pairs:,} pairs compared"


def _told(file: Path) -> list[tuple[object, ...]]:
    return connect().read_parquet(f"{file}.parquet").order("ALL").fetchall()


if __name__ == "__main__":
    main()
