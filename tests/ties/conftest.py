"""Planted records: people and bodies written down by a test, made into ties without loaders and resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from referralgraph.index.reasons import Filter
from referralgraph.index.revision import RevisionIndex
from referralgraph.index.told import IndexReason
from referralgraph.index.write import write_index
from referralgraph.records.schema import table
from referralgraph.score.settings import TieSettings
from referralgraph.ties import derive_ties

DATA_DAY = date(2024, 6, 30)


def person(name: str) -> str:
    return f"r{name:0>20}"


@dataclass
class Planted:
    """Records of one small world; every person and body is called by one word, which is also his id."""

    mandates: list[dict[str, object]] = field(default_factory=list)
    shareholdings: list[dict[str, object]] = field(default_factory=list)
    contacts: list[dict[str, object]] = field(default_factory=list)
    interactions: list[dict[str, object]] = field(default_factory=list)
    team: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def called(self, who: str, name: str) -> None:
        """Give somebody a name of more than his one word."""
        self.names[f"p-{person(who)[1:]}"] = name

    def mandate(
        self,
        who: str,
        body: str,
        since: str | None,
        until: str | None = None,
        *,
        role: str = "managing_director",
        seen: date = DATA_DAY,
    ) -> None:
        """Somebody sits in a body; without `until` he was last seen there on the day `seen`."""
        self.people.add(who)
        self.mandates.append(
            {
                "person": person(who),
                "organisation": person(body),
                "role": role,
                "since": since,
                "until": until,
                "last_seen": seen.isoformat(),
                "retrieved_at": seen,
            }
        )

    def share(self, who: str, body: str, since: str | None, until: str | None = None, *, seen: date = DATA_DAY) -> None:
        """Somebody owns a share of a body."""
        self.people.add(who)
        self.shareholdings.append(
            {
                "person": person(who),
                "organisation": person(body),
                "kind": "capital",
                "since": since,
                "until": until,
                "last_seen": seen.isoformat(),
                "retrieved_at": seen,
            }
        )

    def contact(
        self,
        owner: str,
        who: str,
        kind: str = "linkedin",
        *,
        since: str | None = None,
        closeness: int | None = None,
        visibility: str = "team",
    ) -> None:
        """One of our people has somebody in his address book."""
        self.people |= {who, self.team.setdefault(owner, f"me{owner}")}
        self.contacts.append(
            {
                "owner": owner,
                "person": person(who),
                "kind": kind,
                "since": since,
                "closeness": closeness,
                "visibility": visibility,
                "retrieved_at": DATA_DAY,
            }
        )

    def met(
        self,
        owner: str,
        who: str,
        day: str,
        kind: str = "meeting",
        *,
        visibility: str = "team",
        stated: date = DATA_DAY,
    ) -> None:
        """One of our people met, called or mailed somebody; the diary that says so is of the day `stated`."""
        self.people |= {who, self.team.setdefault(owner, f"me{owner}")}
        self.interactions.append(
            {
                "owner": owner,
                "person": person(who),
                "kind": kind,
                "date": day,
                "visibility": visibility,
                "retrieved_at": stated,
            }
        )

    def colleague(self, owner: str) -> None:
        """Somebody belongs to our team."""
        self.people.add(self.team.setdefault(owner, f"me{owner}"))


class Ties:
    """The index over planted records, asked by the words of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = RevisionIndex(folder / "index")

    def tie(self, one: str, other: str, chosen: Filter | None = None) -> tuple[float, list[IndexReason]]:
        left, right = (self.index.position("p-" + person(each)[1:]) for each in (one, other))
        return self.index.tie(left, right, chosen or Filter())

    def strength(self, one: str, other: str, chosen: Filter | None = None) -> float:
        return self.tie(one, other, chosen)[0]

    def all(self, people: Iterable[str], chosen: Filter | None = None) -> dict[tuple[str, str], float]:
        """Return the strength of every pair that is tied."""
        ordered = sorted(people)
        found = {(one, other): self.strength(one, other, chosen) for one in ordered for other in ordered if one < other}
        return {pair: strength for pair, strength in found.items() if strength}

    def body(self, name: str) -> dict[str, object]:
        rows = pq.read_table(self.folder / "body.parquet").to_pylist()
        return next(row for row in rows if row["organisation"] == "o-" + person(name)[1:])


def build_ties(planted: Planted, folder: Path, settings: TieSettings | None = None) -> Ties:
    """Derive ties and index of planted records."""
    records, resolved, ties = (folder / name for name in ("records", "resolved", "ties"))
    for each in (records, resolved, ties, ties / "index"):
        each.mkdir(parents=True)
    bodies = {str(row["organisation"]) for row in (*planted.mandates, *planted.shareholdings)}
    people = {person(each) for each in planted.people}
    members = [
        {"record_id": person(entity), "name": owner, "name_as_written": owner, "source": "team"}
        for owner, entity in planted.team.items()
    ]
    others = [
        {"record_id": each, "name": each, "name_as_written": each, "source": "planted"}
        for each in sorted(people - {str(row["record_id"]) for row in members})
    ]
    _write(records, "person", members + others)
    for name in ("mandate", "shareholding", "contact", "interaction"):
        _write(records, name, getattr(planted, f"{name}s"))
    for name, ids in (("person", people), ("organisation", bodies)):
        ordered = sorted(ids)
        pq.write_table(
            pa.table({"record_id": pa.array(ordered, pa.string()), "root": pa.array(ordered, pa.string())}),
            resolved / f"{name}_link.parquet",
        )
        entities = [f"{name[0]}-{each[1:]}" for each in ordered]
        gone = {f"o-{person(each)[1:]}" for each in planted.removed}
        status = ["removed" if each in gone else None for each in entities]
        pq.write_table(
            pa.table(
                {
                    "id": pa.array(entities, pa.string()),
                    "name": pa.array([planted.names.get(each, each) for each in entities], pa.string()),
                    "status": pa.array(status, pa.string()),
                    "size": pa.nulls(len(entities), pa.int64()),
                    **{column: pa.nulls(len(entities), pa.string()) for column in ("kind", "city", "industry_code")},
                }
            ),
            resolved / f"{name}.parquet",
        )
    chosen = settings or TieSettings()
    derive_ties(records, resolved, ties, chosen)
    write_index(resolved, ties, ties / "index", chosen)
    return Ties(ties)


def _write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    full = []
    for number, row in enumerate(rows):
        day = row.get("retrieved_at", DATA_DAY)
        assert isinstance(day, date)
        full.append(
            {
                "record_id": f"{name}{number}",
                "source": "planted",
                "source_key": str(number),
                "file": "planted.csv",
                "line": number + 1,
                **row,
                "retrieved_at": datetime.combine(day, datetime.min.time()),
            }
        )
    pq.write_table(pa.Table.from_pylist(full, table(name).arrow_schema()), folder / f"{name}.parquet")


@pytest.fixture
def planted() -> Planted:
    """An empty world."""
    return Planted()


@pytest.fixture
def new_world() -> type[Planted]:
    """The class of worlds, for tests that make many."""
    return Planted


@pytest.fixture
def ties_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ties]:
    """Derive ties and index of a world."""
    return lambda planted, settings=None: build_ties(planted, tmp_path_factory.mktemp("world"), settings)
