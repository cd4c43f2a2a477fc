"""Small record tables written by hand, resolved, and asked who is who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from referralgraph.records.schema import TABLES, table
from referralgraph.resolve import Learned, resolve

_TOLD = datetime(2026, 1, 1)


@dataclass
class Resolved:
    """What came out: the entity of each record, the pair by which it hangs on it, and what waits."""

    people: dict[str, str]
    organisations: dict[str, str]
    links: dict[str, tuple[str | None, str | None, float | None]]
    waiting: dict[frozenset[str], str]

    def one(self, *records: str) -> bool:
        """Say whether records are one entity."""
        entities = {**self.people, **self.organisations}
        return len({entities[f"r{each}"] for each in records}) == 1

    def waits(self, one: str, other: str) -> str | None:
        """Return why a pair waits, None if it doesn't."""
        return self.waiting.get(frozenset((f"r{one}", f"r{other}")))


@dataclass
class Case:
    """Record tables of one test; ids are given without their leading r."""

    folder: Path
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {each.name: [] for each in TABLES})
    runs: int = 0

    def person(self, record: str, name: str, city: str | None = None, *, source: str = "register", **more: Any) -> str:
        """Add a person record; given and family name are parted at the last blank unless told."""
        given, _, family = name.rpartition(" ")
        self.add(
            "person",
            record,
            source,
            {
                "name": name,
                "given_name": given or None,
                "family_name": family,
                "city": city,
                "name_as_written": name,
                **more,
            },
        )
        return record

    def company(self, record: str, name: str, *, source: str = "register", kind: str = "company", **more: Any) -> str:
        """Add an organisation record."""
        self.add("organisation", record, source, {"name": name, "kind": kind, **more})
        return record

    def seat(self, person: str, organisation: str, role: str = "managing_director") -> None:
        """Add a mandate."""
        self.add(
            "mandate",
            f"{person}{organisation}",
            "register",
            {"person": f"r{person}", "organisation": f"r{organisation}", "role": role, "last_seen": "2026-01-01"},
        )

    def officer(self, record: str, name: str, city: str | None, company: str, **more: Any) -> str:
        """Add a person of the register with a seat in a company."""
        self.person(record, name, city, **more)
        self.seat(record, company)
        return record

    def contact(
        self,
        record: str,
        name: str,
        employer: str | None,
        *,
        owner: str = "Me",
        source: str = "linkedin",
        city: str | None = None,
        **more: Any,
    ) -> str:
        """Add somebody of an address book and the company he names."""
        self.person(record, name, city, source=source, **more)
        kind = "linkedin" if source == "linkedin" else "address_book"
        self.add(
            "contact",
            f"{record}c",
            source,
            {"owner": owner, "visibility": "team", "person": f"r{record}", "kind": kind},
        )
        if employer:
            self.company(f"{record}e", employer, source=source)
            self.seat(record, f"{record}e", "employee")
        return record

    def add(self, name: str, record: str, source: str, values: dict[str, Any]) -> None:
        self.rows[name].append(
            {
                "record_id": f"r{record}",
                "source": source,
                "source_key": record,
                "file": "f",
                "line": 1,
                "retrieved_at": _TOLD,
                **values,
            }
        )

    def write(self) -> Path:
        """Write the tables in the order the rows were added and return their folder."""
        self.runs += 1
        records = self.folder / f"records{self.runs}"
        records.mkdir()
        for declared in TABLES:
            rows = pa.Table.from_pylist(self.rows[declared.name], table(declared.name).arrow_schema())
            pq.write_table(rows, records / f"{declared.name}.parquet")
        return records

    def resolve(self, *, threshold: float = 0.8, team_organisation: str = "", learned: Learned | None = None) -> Resolved:
        """Write the tables in the order the rows were added, resolve them and read the outcome."""
        records = self.write()
        out = self.folder / f"out{self.runs}"
        out.mkdir()
        resolve(records, out, {"merge_threshold": threshold, "team_organisation": team_organisation}, learned=learned)

        def read(file: str, columns: str) -> list[tuple[Any, ...]]:
            return duckdb.sql(f"SELECT {columns} FROM '{out / file}.parquet'").fetchall()

        people = read("person_link", "record_id, root, link_to, because, probability")
        return Resolved(
            people={row[0]: row[1] for row in people},
            organisations=dict(read("organisation_link", "record_id, root")),
            links={row[0]: (row[2], row[3], row[4]) for row in people},
            waiting={frozenset(row[:2]): row[2] for row in read("waiting", "record_id, other, because")},
        )


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Give an empty set of record tables."""
    return Case(tmp_path)


@pytest.fixture
def new_case(tmp_path: Path) -> Callable[[str], Case]:
    """Give empty sets of record tables to tests that need several."""

    def make(name: str) -> Case:
        folder = tmp_path / name
        folder.mkdir()
        return Case(folder)

    return make
