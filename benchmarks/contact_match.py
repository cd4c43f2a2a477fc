"""Measure whether contacts reach their register person and namesakes elsewhere stay apart.

Takes officers of a register (files as OffeneRegister publishes them), writes them into a LinkedIn ``Connections.csv``
the way people write themselves, adds namesakes who work elsewhere, loads and builds both as a user would, and
compares by entity id:

    python benchmarks/contact_match.py REGISTER_FILE... --seed 1 [--contacts 60] [--homonyms 20] [--seeds 10]
        [--beside PROGRAM] [--mailboxes]

Recall: contacts that became the entity of their officer. Precision: of all contacts and homonyms that became the
entity of any officer, those that are his. A third of the homonyms work at an invented company,
the others at another one of the register. Of those missed it says how many wait as possible pairs with the right officer first,
and how many can't be known from their row: what is written of name and company fits seats of several people of the register.

With ``--mailboxes`` nobody names an employer: four in five write from a mailbox whose domain is the employer's name, the others from a
provider's, so that at most four in five can be reached.

``--beside PROGRAM`` gives the same files to another version of the product, the ``referralgraph`` of its environment, by the command
line alone, and prints its figures in the same run.
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
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from contact_distortions import Written, distorted, invented_company, plain_company, with_mailbox

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
    possible_first: int = 0
    ambiguous: int = 0

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
    parser.add_argument("--mailboxes", action="store_true", help="contacts tell a mailbox instead of their employer")
    parser.add_argument("--beside", type=Path, help="the referralgraph program of another version, for the same files")
    asked = parser.parse_args()
    officers, companies = read_register(asked.register)
    versions = {"": None, "beside: ": asked.beside} if asked.beside else {"": None}
    scores: dict[str, list[Score]] = {version: [] for version in versions}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.seed, asked.seed + asked.seeds):
            for version, program in versions.items():
                place = Path(folder) / ("beside" if program else "own")
                score = run(place, asked.register, officers, companies, seed, asked.contacts, asked.homonyms, program, asked.mailboxes)
                scores[version].append(score)
                if asked.seeds > 1:
                    print(f"seed {seed}: {version}{summary(score)}", flush=True)
                if asked.missed and not program:
                    print("\n".join(f"   missed: {each}" for each in score.missed))
    for version, found in scores.items():
        total = _sum(found)
        for habit in sorted(total.habits):
            print(f"{version}{habit:45} {total.habits_reached[habit]:4} of {total.habits[habit]:4}")
        print(f"contact_match: {version}{summary(total)}")


def _sum(scores: Sequence[Score]) -> Score:
    total = Score()
    for score in scores:
        for name in ("reached", "contacts", "wrong", "homonyms_reached", "homonyms", "possible_first", "ambiguous"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
        total.habits += score.habits
        total.habits_reached += score.habits_reached
    return total


def summary(score: Score) -> str:
    """Return the figures in one line."""
    return (
        f"recall {score.recall:.3f} ({score.reached}/{score.contacts}), precision {score.precision:.3f}, "
        f"homonyms reached {score.homonyms_reached} of {score.homonyms}, of {score.contacts - score.reached} missed possible with "
        f"the right officer first {score.possible_first}, can't be known from the row {score.ambiguous}"
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
    program: Path | None = None,
    mailboxes: bool = False,
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
    if mailboxes:
        rows = [(with_mailbox(who, rng), habits, key) for who, habits, key in rows]
    file = folder / f"{seed}" / "Connections.csv"
    file.parent.mkdir(parents=True)
    file.write_text(_connections([row[0] for row in rows]), encoding="utf-8", newline="")
    exported, waiting = _entities(folder, register, file) if program is None else _entities_beside(program, folder, register, file)
    entity_of = _registered(exported, [officer.key for officer in known], [officer.who for officer in known])
    on_line = {int(record["line"]): record["entity_id"] for record in exported if record["source"] == "linkedin"}
    registered = {record["entity_id"] for record in exported if record["source"] == "offeneregister"}
    line_records = {int(record["line"]): record["record_id"] for record in exported if record["source"] == "linkedin"}
    entity_by_record = {record["record_id"]: record["entity_id"] for record in exported}
    first = {
        line: entity_by_record.get(waiting[record], "") for line, record in line_records.items() if record in waiting
    }
    ambiguous = _ambiguous(rows, officers)
    return _compare(rows, entity_of, on_line, registered, first, ambiguous)


def _ambiguous(rows: Sequence[tuple[Written, list[str], tuple[str, str, str] | None]], officers: Sequence[Officer]) -> set[int]:
    """Return the lines whose words fit the seats of several people: one name (or initial) at several places or companies.

    Fitting is read as generously as a reader would: family name or its half, given name or its initial, and all words of the
    company as written in the company's name.
    """
    by_family: dict[str, list[Officer]] = {}
    for officer in officers:
        for word in _words(officer.who.family):
            by_family.setdefault(word, []).append(officer)
    found = set()
    for line, (who, _, key) in enumerate(rows, start=2):
        if key is None:
            continue
        own = next(each.who for each in officers if each.key == key)
        initial, company = _words(_TITLES.sub("", who.given))[:1], set(_words(plain_company(who.company)))
        fitting = {
            (tuple(_words(each.who.given)), each.key[2])
            for word in _words(own.family) for each in by_family[word]
            if company <= set(_words(each.who.company)) and (
                _words(each.who.given)[:1] == _words(own.given)[:1]
                or (len(initial) == 1 and len(initial[0]) == 1 and _words(each.who.given)[0][0] == initial[0]))
        }
        if len(fitting) > 1:
            found.add(line)
    return found


def _words(text: str) -> list[str]:
    folded = text.casefold()
    for written, spelt in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ä", "a"), ("ö", "o"), ("ü", "u")):
        folded = folded.replace(written, spelt)
    return re.findall(r"[^\W_]+", folded)


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
        named = [record for record in by_company.get(key[0], ()) if set(record["name"].casefold().split()) == wanted]
        # a loader may take an occupation or a note in the field of the place for none
        fitting = [record for record in named if record["city"] == key[2]] or (named if len(named) == 1 else [])
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
                who.mailbox,
                who.company,
                "Manager",
                "12 Mar 2021",
            )
        )
    return text.getvalue()


def _entities(folder: Path, register: Sequence[Path], contacts: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Return all person records with their entities, and to each record that waits the likeliest other."""
    # one workspace for all seeds: a newer export of the same owner replaces his older one
    workspace = Workspace(folder / "workspace")
    change_team(workspace.settings_file, me="Me")
    load_files(workspace, source("offeneregister"), register)
    load_files(workspace, source("linkedin"), [contacts], owner="Me", complete=True, retrieved_at=datetime.now(UTC))
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    for _ in export_tables(workspace, "records", contacts.parent, "csv"):
        pass
    waiting: dict[str, tuple[float, str]] = {}
    undecided = duckdb.read_parquet([str(file) for file in workspace.stages.glob("resolve-*/waiting.parquet")])
    for one, other, chance in undecided.project("record_id, other, probability").order("ALL").fetchall():
        for mine, its in ((one, other), (other, one)):
            waiting[mine] = max(waiting.get(mine, (0.0, "")), (chance, its))
    return _persons(contacts.parent), {record: other for record, (_, other) in waiting.items()}


def _entities_beside(
    program: Path, folder: Path, register: Sequence[Path], contacts: Path
) -> tuple[list[dict[str, str]], dict[str, str]]:
    workspace = folder / "workspace"

    def said(*words: str | Path) -> None:
        subprocess.run([program, *words, "--workspace", workspace], check=True, capture_output=True)

    if not workspace.exists():
        said("load", "offeneregister", *register)
        change_team(workspace / "settings.toml", me="Me")
    said("load", "linkedin", contacts, "--owner", "Me", "--complete")
    said("build")
    said("export", "records", "--to", contacts.parent, "--file-type", "csv")
    return _persons(contacts.parent), {}


def _persons(folder: Path) -> list[dict[str, str]]:
    with next(folder.rglob("person.csv")).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _compare(
    rows: Sequence[tuple[Written, list[str], tuple[str, str, str] | None]],
    entity_of: dict[str, str],
    on_line: dict[int, str],
    registered: set[str],
    first: dict[int, str],
    ambiguous: set[int],
) -> Score:
    score = Score()
    for line, (who, habits, key) in enumerate(rows, start=2):
        entity = on_line.get(line, "")
        told = f"{who.given} | {who.family} | {who.company or who.mailbox}"
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
            target = entity_of.get(" | ".join(key))
            score.possible_first += target is not None and first.get(line) == target
            score.ambiguous += line in ambiguous
            score.missed.append(
                f"{told} ({', '.join(habits)}), register: {' | '.join(key)}, {entity_of.get(' | '.join(key))}"
            )
    return score


if __name__ == "__main__":
    main()
