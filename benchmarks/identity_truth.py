"""Identity against the truth of the fictional country: what was wrongly merged, and what was missed.

    python benchmarks/identity_truth.py [--companies 20000] [--seed 1]

Officers: pairs of seats in different companies that truly are one person (missed if apart), and people whose records
hold seats of several true persons (wrongly merged). Contacts: those that truly are an officer at the company they name.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from referralgraph.build.export import export_tables
from referralgraph.build.pipeline import build
from referralgraph.demo import Country, generate
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

Row = dict[str, str]


def main() -> None:
    """Make the country, resolve it, compare with the truth, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        country = generate(folder / "country", companies=asked.companies, seed=asked.seed)
        records = resolved(country, folder)
        officers = officer_entities(country, records)
        report_officers(officers)
        report_contacts(country, records, officers)


def resolved(country: Country, folder: Path) -> dict[str, list[Row]]:
    """Load and build a country and return the exported tables of people and contacts."""
    workspace = Workspace(folder / "workspace")
    stated = datetime.combine(country.retrieved_at, datetime.min.time(), UTC)
    change_team(workspace.settings_file, me=country.team.me, members=country.team.colleagues, organisation=country.team.company)
    load_files(workspace, source("offeneregister"), [country.register])
    for export in country.exports:
        load_files(workspace, source(export.source), [export.path], owner=export.owner, retrieved_at=stated)
    for listing in country.listings:
        load_files(workspace, source("table"), [listing.path], mapping=listing.mapping)
    store = open_store(workspace)
    began = time.perf_counter()
    build(workspace, store, read_settings(workspace.settings_file))
    print(f"build: {time.perf_counter() - began:.1f} s")
    store.close()
    files = dict(export_tables(workspace, "records", folder / "export", "parquet"))
    return {file.stem: pq.read_table(file).to_pylist() for file in files if file.stem in {"person", "contact"}}


def officer_entities(country: Country, records: dict[str, list[Row]]) -> list[tuple[str, str, str]]:
    """Return true person, record and entity of every register record whose true person can be told.

    A row of the truth and a record belong together by company, place and family name.
    """
    truth: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with gzip.open(country.truth.officers, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["person"]:
                truth[row["company_number"], row["city"]].append(row)
    found = []
    for record in records["person"]:
        if record["source"] != "offeneregister":
            continue
        company = record["source_key"].split(" | ")[0]
        name = set(record["name"].split())
        true = {row["person"] for row in truth[company, record["city"] or ""] if name <= set(row["name"].split())}
        if len(true) == 1:
            found.append((true.pop(), record["record_id"], record["entity_id"]))
    return found


def report_officers(officers: list[tuple[str, str, str]]) -> None:
    """Print how many pairs of officer records were merged wrongly, and how many missed."""
    cells = Counter((true, entity) for true, _, entity in officers)
    together = _pairs(cells.values())
    merged = _pairs(Counter(entity for _, _, entity in officers).values())
    same = _pairs(Counter(true for true, _, _ in officers).values())
    people = len({true for true, _, _ in officers})
    of_entity: dict[str, set[str]] = defaultdict(set)
    for true, _, entity in officers:
        of_entity[entity].add(true)
    mixed = sum(len(true) > 1 for true in of_entity.values())
    print(f"officers: {len(officers)} records of {people} people, {len(of_entity)} entities")
    print(
        f"  pairs: precision {together / merged:.4f} ({merged - together} of {merged} merged are wrong), "
        f"recall {together / same:.4f} ({same - together} of {same} true are missed)"
    )
    split = Counter(true for true, _ in cells)
    apart = sum(count > 1 for count in split.values())
    several = sum(count > 1 for count in Counter(true for true, _, _ in officers).values())
    print(
        f"  people: {mixed} entities hold several people ({1000 * mixed / people:.2f} in 1,000 people); "
        f"{apart} of {several} people with several records are split"
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def report_contacts(country: Country, records: dict[str, list[Row]], officers: list[tuple[str, str, str]]) -> None:
    """Print which contacts reached their officer, by kind, and which reached somebody else."""
    entities: dict[str, set[str]] = defaultdict(set)
    true_of: dict[str, set[str]] = defaultdict(set)
    for true, _, entity in officers:
        entities[true].add(entity)
        true_of[entity].add(true)
    on_line = {
        (each["source"], each["file"], int(each["line"]), each["owner"]): each["person_entity_id"] for each in records["contact"]
    }
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with country.truth.contacts.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            entity = on_line.get((row["source"], Path(row["file"]).name, int(row["line"]), row["owner"]), "")
            total[row["kind"]] += 1
            reached = true_of.get(entity, set())
            right[row["kind"]] += row["person"] in reached
            wrong[row["kind"]] += bool(reached) and row["person"] not in reached
    for kind in sorted(total):
        print(f"contacts, {kind}: {right[kind]} of {total[kind]} reached their officer, {wrong[kind]} somebody else")


if __name__ == "__main__":
    main()
