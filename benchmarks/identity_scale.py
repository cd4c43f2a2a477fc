"""Identity of millions of records: seconds and memory of each stage, and how right it is.

    python benchmarks/identity_scale.py [--people 3600000] [--seed 1] [--errors 1] [--folder FOLDER]

The people and rows are those of `homonyms.py`, made 200,000 people at a time and written to files at once, so that what is measured
is the product. Each stage (load, records, learn, resolve) runs in a process of its own, by the functions that `load` and `build`
call; its peak memory is the process's. The stages after identity are left out. With `--folder` the files stay there, and stages that
were run before are not run again (take away `workspace/NAME.json` to repeat one).
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from homonyms import _HEADER, _MAPPING, _SOURCES, RATES, population

from referralgraph.loaders import source
from referralgraph.records.database import connect
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.resolve import Learned, learn_models, resolve

Outcome = TypeVar("Outcome")
_CHUNK = 200_000
_SETTINGS = {"merge_threshold": 0.8, "team_organisation": ""}


def main() -> None:
    """Write the rows, run the stages, compare with the truth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=3_600_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, choices=sorted(RATES), default=1)
    parser.add_argument("--folder", type=Path, help="where files and workspace stay")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "truth.csv").exists():
            _apart(_write, folder, asked.people, asked.seed, asked.errors)
        rows = connect().read_csv(str(folder / "truth.csv")).count("*").fetchall()[0][0]
        print(f"{asked.people:,} people, {rows:,} rows, seed {asked.seed}, error rates {asked.errors}")
        print("the stages after identity are left out")
        for stage in (_load, _records, _learn, _resolve):
            _measured(stage, folder)
        _compare(folder, asked.people)


def _measured(stage: Callable[[Path], str], folder: Path) -> None:
    name = stage.__name__.strip("_")
    told = folder / f"{name}.json"
    if not told.exists():
        told.write_text(json.dumps(_apart(_run, stage, folder)), encoding="utf-8")
    seconds, peak, words = json.loads(told.read_text(encoding="utf-8"))
    print(f"{name:8} {seconds:6.0f} s {peak:5.1f} GB at most  {words}", flush=True)


def _run(stage: Callable[[Path], str], folder: Path) -> tuple[float, float, str]:
    began = time.perf_counter()
    words = stage(folder)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, words


def _apart(function: Callable[..., Outcome], *told: object) -> Outcome:
    """Call a function in a process of its own, which begins small."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, told)


def _write(folder: Path, people: int, seed: int, errors: int) -> None:
    files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in _SOURCES}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for each in writers.values():
        each.writerow(_HEADER)
    with (folder / ".truth.csv").open("w", encoding="utf-8", newline="") as stream:
        truth = csv.writer(stream)
        truth.writerow(("source_key", "person"))
        number = 0
        for first in range(0, people, _CHUNK):
            rows, true = population(min(_CHUNK, people - first), seed, RATES[errors], first=first)
            for name, content in rows.items():
                writers[name].writerows([number + int(row[0]), *row[1:]] for row in content)
            truth.writerows((number + int(row), first + int(person)) for row, person in true.items())
            number += len(true)
    for file in files.values():
        file.close()
    (folder / ".truth.csv").replace(folder / "truth.csv")


def _load(folder: Path) -> str:
    workspace = Workspace(folder / "workspace")
    for name in _SOURCES:
        mapping = folder / f"{name}.toml"
        mapping.write_text(_MAPPING.format(name=name), encoding="utf-8")
        load_files(workspace, source("table"), [folder / f"{name}.csv"], mapping=mapping)
    return ""


def _records(folder: Path) -> str:
    workspace = Workspace(folder / "workspace")
    (folder / "records").mkdir(exist_ok=True)
    write_effective_records(workspace, workspace.effective_loads(), (), [], folder / "records")
    return ""


def _learn(folder: Path) -> str:
    models = learn_models(folder / "records", Learned(folder / "identity"), _empty(folder / "learning"))
    person = next(each for each in models if each.table == "person")
    return f"{person.matches_a_record:.3f} matches a record"


def _resolve(folder: Path) -> str:
    counts = resolve(folder / "records", _empty(folder / "resolved"), _SETTINGS, learned=Learned(folder / "identity"))
    return f"{counts['person']:,} pairs compared"


def _empty(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for each in folder.glob("*"):
        each.unlink()
    return folder


def _compare(folder: Path, people: int) -> None:
    connection = connect()
    for name, file in (("link", "resolved/person_link"), ("told", "records/person")):
        connection.read_parquet(str(folder / f"{file}.parquet")).create_view(name)
    connection.read_csv(str(folder / "truth.csv")).create_view("truth")
    pairs, right, same, mixed = connection.execute(
        """WITH found AS (
            SELECT root, truth.person, count(*) AS records
            FROM link JOIN told USING (record_id) JOIN truth ON truth.source_key = CAST(told.source_key AS BIGINT)
            GROUP BY root, truth.person
        ),
        entity AS (SELECT sum(records) AS records, count(*) AS people FROM found GROUP BY root),
        whole AS (SELECT sum(records) AS records FROM found GROUP BY person)
        SELECT (SELECT sum(records * (records - 1) // 2) FROM entity), (SELECT sum(records * (records - 1) // 2) FROM found),
            (SELECT sum(records * (records - 1) // 2) FROM whole), (SELECT count(*) FILTER (WHERE people > 1) FROM entity)"""
    ).fetchall()[0]
    print(f"precision of pairs {right / max(1, pairs):.4f}, recall {right / same:.4f}, ", end="")
    print(f"false merges in 1,000 people {1000 * mixed / people:.2f}")


if __name__ == "__main__":
    main()
