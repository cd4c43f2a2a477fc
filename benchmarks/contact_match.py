"""Measure whether contacts reach their register person and namesakes elsewhere stay apart.

Takes officers of a register (files as OffeneRegister publishes them), writes them into a LinkedIn ``Connections.csv``
the way people write themselves, adds namesakes who work elsewhere, loads and builds both as a user would, and
compares by entity id:

    python benchmarks/contact_match.py REGISTER_FILE... --seed 1 [--contacts 60] [--homonyms 20] [--seeds 10]

Recall: contacts that became the entity of their officer. Precision: of all contacts and homonyms that became the
entity of any officer, those that are his. A third of the homonyms work at an invented company,
the others at another one of the register.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contact_distortions import Written, distorted, invented_company

from referralgraph.build import build
from referralgraph.build.export import export_tables
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

_HEADER = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ '\-][^\W\d_]+)*")
_TITLES = re.compile(r"(?i)\b(doctor|doktoringenieur(in)?|diplom-?\w+|professor|dipl\.?-?\w+\.?|dr\.)\s+")
_BORN = re.compile(r"\s*\bgeborene[rn]?\s+(\S.*)$")


@dataclass(frozen=True)
class Officer:
    """A seat of a person in the register; the key is what the register has of him."""

    key: tuple[str, str, str]
    who: Written


@dataclass
class Score:
    """What came of one file."""

    reached: int = 0
    contacts: int = 0
    wrong: int = 0
    homonyms_reached: int = 0
    homonyms: int = 0
    habits: Counter[str] = field(default_factory=Counter)
    habits_reached: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of contacts that reached their officer."""
        return self.reached / self.contacts if self.contacts else 0.0

    @property
    def precision(self) -> float:
        """Share of right ones among all that reached an officer."""
        all_reached = self.reached + self.wrong + self.homonyms_reached
        return self.reached / all_reached if all_reached else 1.0


def main() -> None:
    """Run the benchmark and print its table; the last line is the summary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="run so many seeds, from --seed on")
    parser.add_argument("--contacts", type=int, default=60)
    parser.add_argument("--homonyms", type=int, default=20)
    parser.add_argument("--missed", action="store_true", help="print every contact that didn't reach his officer")
    asked = parser.parse_args()
    officers, companies = read_register(asked.register)
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.seed, asked.seed + asked.seeds):
            score = run(Path(folder), asked.register, officers, companies, seed, asked.contacts, asked.homonyms)
            scores.append(score)
            if asked.seeds > 1:
                print(f"seed {seed}: {summary(score)}", flush=True)
            if asked.missed:
                print("\n".join(f"   missed: {each}" for each in score.missed))
    total = scores[0]
    for score in scores[1:]:
        for name in ("reached", "contacts", "wrong", "homonyms_reached", "homonyms"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
        total.habits += score.habits
        total.habits_reached += score.habits_reached
    for habit in sorted(total.habits):
        print(f"{habit:45} {total.habits_reached[habit]:4} of {total.habits[habit]:4}")
    print(f"contact_match: {summary(total)}")


def summary(score: Score) -> str:
    """Return the figures in one line."""
    return (
        f"recall {score.recall:.3f} ({score.reached}/{score.contacts}), precision {score.precision:.3f}, "
        f"homonyms reached {score.homonyms_reached} of {score.homonyms}"
    )


def read_register(files: Sequence[Path]) -> tuple[list[Officer], list[Written]]:
    """Return the people of a register with their company, and all companies as nobody's."""
    officers: dict[tuple[str, str, str], Officer] = {}
    companies = []
    for file in files:
        for company in _lines(file):
            former = tuple(
                each["company_name"] for each in company.get("previous_names") or () if each.get("company_name")
            )
            town = (company.get("all_attributes") or {}).get("registered_office") or ""
            companies.append(Written("", "", company["name"], former, town))
            for officer in company.get("officers") or ():
                about = officer.get("other_attributes") or {}
                given, family, born = (
                    about.get("firstname") or "",
                    about.get("lastname") or "",
                    about.get("maidenname") or "",
                )
                if match := _BORN.search(given):
                    born, given = match[1], given[: match.start()]
                doctor = "Doctor" in f"{given} {family}"
                given, family = _TITLES.sub("", given).strip(), _TITLES.sub("", family).strip()
                # only names that are names: registers also hold addresses, firms and notes in these fields
                if officer.get("type") != "person" or not all(
                    map(_PLAIN.fullmatch, (given, family, about.get("city") or ""))
                ):
                    continue
                if len(given) < 3 or len(family) < 3 or given.endswith("Inc"):
                    continue
                key = (company["company_number"], officer["name"], about["city"])
                officers[key] = Officer(key, Written(given, family, company["name"], former, town, doctor, born))
    return [officers[key] for key in sorted(officers)], companies


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    opener = {".bz2": bz2.open, ".gz": gzip.open}.get(file.suffix, open)
    with opener(file, "rb") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def run(
    folder: Path,
    register: Sequence[Path],
    officers: Sequence[Officer],
    companies: Sequence[Written],
    seed: int,
    contacts: int,
    homonyms: int,
) -> Score:
    """Make one file of contacts, load it beside the register, build, and compare."""
    rng = random.Random(seed)
    known = rng.sample(officers, contacts)
    rows: list[tuple[Written, list[str], tuple[str, str, str] | None]] = [
        (*distorted(officer.who, rng), officer.key) for officer in known
    ]
    namesakes: dict[str, set[str]] = {}
    for officer in officers:
        namesakes.setdefault(officer.who.family, set()).add(officer.who.company)
    for _ in range(homonyms):
        who = rng.choice(known if rng.random() < 0.5 else officers).who
        if rng.random() < 0.34:
            elsewhere = replace(who, company=invented_company(who, rng), former=(), city="")
        else:
            other = rng.choice(companies)
            while other.company in namesakes[who.family]:
                other = rng.choice(companies)
            elsewhere = replace(who, company=other.company, former=other.former, city=other.city)
        rows.append((*distorted(elsewhere, rng), None))
    rng.shuffle(rows)
    file = folder / f"{seed}" / "Connections.csv"
    file.parent.mkdir()
    file.write_text(_connections([row[0] for row in rows]), encoding="utf-8", newline="")
    exported = _entities(folder, register, file)
    entity_of = _registered(exported, [officer.key for officer in known], [officer.who for officer in known])
    on_line = {int(record["line"]): record["entity_id"] for record in exported if record["source"] == "linkedin"}
    registered = {record["entity_id"] for record in exported if record["source"] == "offeneregister"}
    return _compare(rows, entity_of, on_line, registered)


def _registered(
    exported: Sequence[dict[str, str]], keys: Sequence[tuple[str, str, str]], people: Sequence[Written]
) -> dict[str, str]:
    """Return the entity of each officer: the one of his company, place and name, however the loader spells its keys."""
    by_company: dict[str, list[dict[str, str]]] = {}
    for record in exported:
        if record["source"] == "offeneregister":
            by_company.setdefault(record["source_key"].split(" | ")[0], []).append(record)
    found = {}
    for key, who in zip(keys, people, strict=True):
        wanted = set(f"{who.given} {who.family}".casefold().split())
        fitting = [
            record
            for record in by_company.get(key[0], ())
            if record["city"] == key[2] and set(record["name"].casefold().split()) == wanted
        ]
        if fitting:
            found[" | ".join(key)] = min(fitting, key=lambda record: record["record_id"])["entity_id"]
    return found


def _connections(people: Sequence[Written]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for number, who in enumerate(people):
        writer.writerow(
            (
                who.given,
                who.family,
                f"https://www.linkedin.com/in/contact-{number}",
                "",
                who.company,
                "Manager",
                "12 Mar 2021",
            )
        )
    return text.getvalue()


def _entities(folder: Path, register: Sequence[Path], contacts: Path) -> list[dict[str, str]]:
    # one workspace for all seeds: a newer export of the same owner replaces his older one
    workspace = Workspace(folder / "workspace")
    change_team(workspace.settings_file, me="Me")
    load_files(workspace, source("offeneregister"), register)
    load_files(workspace, source("linkedin"), [contacts], owner="Me", complete=True, retrieved_at=datetime.now(UTC))
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    tables = dict.fromkeys(file for file, _ in export_tables(workspace, "records", contacts.parent, "csv"))
    person = next(file for file in tables if file.stem == "person")
    with person.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _compare(
    rows: Sequence[tuple[Written, list[str], tuple[str, str, str] | None]],
    entity_of: dict[str, str],
    on_line: dict[int, str],
    registered: set[str],
) -> Score:
    score = Score()
    for line, (who, habits, key) in enumerate(rows, start=2):
        entity = on_line.get(line, "")
        told = f"{who.given} | {who.family} | {who.company}"
        if key is None:
            score.homonyms += 1
            score.homonyms_reached += entity in registered
            if entity in registered:
                score.missed.append(f"HOMONYM {told} ({', '.join(habits)})")
            continue
        score.contacts += 1
        right = entity != "" and entity == entity_of.get(" | ".join(key))
        score.reached += right
        score.wrong += entity in registered and not right
        score.habits.update(habits)
        if right:
            score.habits_reached.update(habits)
        else:
            score.missed.append(
                f"{told} ({', '.join(habits)}), register: {' | '.join(key)}, {entity_of.get(' | '.join(key))}"
            )
    return score


if __name__ == "__main__":
    main()
