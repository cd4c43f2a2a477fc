"""Homonyms: people of German name frequencies in rows with errors, the product beside plain Splink at the same false merges.

    python benchmarks/homonyms.py [--people 1000000] [--seed 1] [--errors 1]

The people are those of the fictional country (`referralgraph.demo.names`: 72,000 family names, the commonest every 120th person),
spread over towns as a country is; some are father and son of one name in one town. A third stand in a second source, a few in a
third. One source is a register (name and town), one a list with the birth date, one with month and year alone. Names are
mistyped, middle names left out, dates mistyped, people move: the rates are of `--errors 1`, and of `--errors 2` others, both fixed
before anything was tuned.

The product loads, builds and exports as users do. Plain Splink gets the same columns with the settings of its own examples. Each
is shown at thresholds, the product at its default first; compared is the recall at no more than one false merge (an entity with
rows of several people) in 1,000 people.
"""

from __future__ import annotations

import argparse
import csv
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from identity import Score, score
from identity_splink import splink_entities

from referralgraph.build import build
from referralgraph.build.export import export_tables
from referralgraph.demo.dice import Dice
from referralgraph.demo.names import people
from referralgraph.demo.places import towns
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

_ALLOWED = 1.0  # false merges in 1,000 people


@dataclass(frozen=True)
class Errors:
    """How often a row differs from the truth."""

    typing: float
    no_second: float
    date_typing: float
    moved: float
    again: float
    third: float


RATES = {1: Errors(0.02, 0.30, 0.02, 0.08, 0.33, 0.06), 2: Errors(0.04, 0.20, 0.04, 0.15, 0.25, 0.10)}
_MAPPING = """
[source]
name = "{name}"
publisher = "a benchmark"
licence = "none"
key = ["row"]

[person]
given_name = "given"
family_name = "family"
birth_date = {{ column = "born", unreadable = "leave_out" }}
city = "city"
"""
_SOURCES = ("register", "list", "months")
_HEADER = ("row", "given", "family", "born", "city")


def main() -> None:
    """Make the people, resolve them both ways, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, choices=sorted(RATES), default=1)
    parser.add_argument("--without-splink", action="store_true")
    asked = parser.parse_args()
    rows, truth = population(asked.people, asked.seed, RATES[asked.errors])
    print(f"{asked.people:,} people, {len(truth):,} rows, seed {asked.seed}, error rates {asked.errors}")
    ours: dict[float, Score] = {}
    with tempfile.TemporaryDirectory() as name:
        for threshold, found in product(rows, Path(name), (0.8, 0.99)):  # the first is the default
            ours[threshold] = score(found, truth)
            print(ours[threshold].line(f"ReferralGraph at {threshold}"), flush=True)
    print(f"  peak memory until here: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB")
    report("ReferralGraph", ours, asked.people)
    if not asked.without_splink:
        table, used = as_table(rows)
        began = time.perf_counter()
        theirs = {
            at: score(found, truth)
            for at, found in splink_entities(
                table, used, "%Y-%m-%d", (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999), seed=asked.seed
            ).items()
        }
        print(f"  plain Splink: {time.perf_counter() - began:.0f} s")
        for threshold, each in theirs.items():
            print(each.line(f"plain Splink at {threshold}"))
        report("plain Splink", theirs, asked.people)


def report(name: str, found: dict[float, Score], people_count: int) -> None:
    """Print the best recall at no more false merges than are allowed."""
    fit = [(each.right / each.same, at) for at, each in found.items() if 1000 * each.mixed / people_count <= _ALLOWED]
    told = f"recall {max(fit)[0]:.4f} at threshold {max(fit)[1]}" if fit else "no threshold keeps to it"
    print(f"{name}: at most {_ALLOWED:g} false merge in 1,000 people: {told}")


def population(count: int, seed: int, rates: Errors, *, first: int = 0) -> tuple[dict[str, list[list[str]]], dict[str, str]]:
    """Return the rows of each source, and the true person of each row by its number.

    :param first: number of the first person, for making many a part at a time.
    """
    random = np.random.default_rng([seed, first] if first else seed)
    who = people(Dice(seed), np.arange(first, first + count, dtype=np.uint64))
    places = np.array(towns(), dtype=object)
    weights = 1.0 / np.arange(1, len(places) + 1)
    town = places[random.choice(len(places), count, p=weights / weights.sum())]
    family, given = who.family.copy(), who.given.copy()
    born = random.integers(1935 * 365, 2003 * 365, count)
    # one in two hundred is the father or the son of somebody of his name in his town
    sons = np.flatnonzero(random.random(count) < 0.005)[1:]
    family[sons], given[sons], town[sons] = family[sons - 1], given[sons - 1], town[sons - 1]
    rows: dict[str, list[list[str]]] = {name: [] for name in _SOURCES}
    truth: dict[str, str] = {}
    copies = 1 + (random.random(count) < rates.again) + (random.random(count) < rates.third)
    person = np.repeat(np.arange(count), copies)
    size = len(person)
    kind = random.choice(len(_SOURCES), size, p=(0.5, 0.3, 0.2))
    typed, dropped, mistyped, moved = (
        random.random(size) < rate for rate in (rates.typing, rates.no_second, rates.date_typing, rates.moved)
    )
    dice = random.random((size, 3))
    elsewhere = places[random.choice(len(places), size, p=weights / weights.sum())]
    for number, each in enumerate(person.tolist()):
        first = str(given[each]) + (f" {who.second[each]}" if who.second[each] and not dropped[number] else "")
        last = str(family[each])
        if typed[number]:
            first, last = (_typo(first, dice[number, 0]), last) if dice[number, 1] < 0.5 else (first, _typo(last, dice[number, 0]))
        source_name = _SOURCES[kind[number]]
        day = _date(int(born[each]))
        if mistyped[number]:
            day = _mistyped(day, dice[number, 2])
        shown = {"register": "", "list": day, "months": day[:7]}[source_name]
        rows[source_name].append([str(number), first, last, shown, str(elsewhere[number] if moved[number] else town[each])])
        truth[str(number)] = str(each)
    return rows, truth


def product(rows: dict[str, list[list[str]]], folder: Path, thresholds: Sequence[float]) -> list[tuple[float, dict[str, str]]]:
    """Return the entity of each row at each threshold, by the product's own way."""
    workspace = Workspace(folder / "workspace")
    for name, content in rows.items():
        table, mapping = folder / f"{name}.csv", folder / f"{name}.toml"
        mapping.write_text(_MAPPING.format(name=name), encoding="utf-8")
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([_HEADER, *content])
        load_files(workspace, source("table"), [table], mapping=mapping)
    found = []
    for threshold in thresholds:
        workspace.settings_file.write_text(f"[identity]\nmerge_threshold = {threshold}\n", encoding="utf-8")
        store = open_store(workspace)
        began = time.perf_counter()
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        print(f"  build of everything: {time.perf_counter() - began:.0f} s", flush=True)
        entity = {}
        for file, _ in export_tables(workspace, "records", folder / "export", "parquet"):
            if file.stem == "person":
                told = pq.read_table(file, columns=["source_key", "entity_id", "source"]).to_pydict()
                entity = dict(zip(told["source_key"], told["entity_id"], strict=True))
        found.append((threshold, entity))
    return found


def as_table(rows: dict[str, list[list[str]]]) -> tuple[pa.Table, list[str]]:
    """Return all rows as one table for Splink; a date without its day is a date that it doesn't get."""
    flat = [row for content in rows.values() for row in content]
    names = ("unique_id", "given_name", "family_name", "birth_date", "city")
    columns = {name: [row[at] or None for row in flat] for at, name in enumerate(names)}
    columns["birth_date"] = [each if each and len(each) == 10 else None for each in columns["birth_date"]]
    return pa.table(columns), list(names[1:])


def _typo(text: str, dice: float) -> str:
    at = 1 + int(dice * max(1, len(text) - 2))
    return (
        text[:at] + text[at + 1 :]
        if dice < 0.5
        else text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        if at < len(text)
        else text
    )


def _date(day: int) -> str:
    year, rest = divmod(day, 365)
    return f"{year}-{1 + min(11, rest // 31):02}-{1 + rest % 28:02}"


def _mistyped(day: str, dice: float) -> str:
    at = (3, 6, 8, 9)[int(dice * 4)]
    return (
        day[:at] + str((int(day[at]) + 1) % (2 if at == 6 else 10)) + day[at + 1 :]
        if at != 6
        else day[:5] + f"{1 + int(dice * 12) % 12:02}" + day[7:]
    )


if __name__ == "__main__":
    main()
