"""What a revision covers, counted at build and shown in every answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from referralgraph.records.database import connect, create_view
from referralgraph.records.schema import TABLES


@dataclass(frozen=True)
class CoverageCounts:
    """Counts of one revision; see :class:`referralgraph.answers.Coverage`."""

    data_date: str | None
    people: int
    organisations: int
    organisations_with_people: int
    bodies_without_ties: int
    ties: int
    waiting: int
    sources: list[dict[str, Any]] = field(default_factory=list)


def coverage_of(records: Path, resolved: Path, ties: Path) -> CoverageCounts:
    """Count what the stages hold.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage.
    :param ties: folder of the ties stage.
    """
    connection = connect()
    for declared in TABLES:
        create_view(connection, declared.name, [records / f"{declared.name}.parquet"])
    for name, file in (("people", resolved / "person"), ("organisations", resolved / "organisation"),
                       ("waiting", resolved / "waiting"), ("body", ties / "body"), ("tie", ties / "tie")):
        connection.read_parquet(f"{file}.parquet").create_view(name)

    def count(query: str) -> int:
        found = connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    everything = " UNION ALL ".join(f"SELECT source, retrieved_at FROM {each.name}" for each in TABLES)
    sources = connection.execute(
        f"SELECT source, count(*), strftime(max(retrieved_at), '%Y-%m-%d') FROM ({everything}) WHERE source <> 'team' "
        "GROUP BY source ORDER BY source").fetchall()
    day = int((ties / "data_day.txt").read_text(encoding="utf-8"))
    return CoverageCounts(
        data_date=(date(1970, 1, 1) + timedelta(days=day)).isoformat() if day else None,
        people=count("SELECT count(*) FROM people"),
        organisations=count("SELECT count(*) FROM organisations"),
        organisations_with_people=count("SELECT count(*) FROM body"),
        bodies_without_ties=count("SELECT count(*) FROM body WHERE too_large"),
        ties=count("SELECT count(*) FROM tie"),
        waiting=count("SELECT count(*) FROM waiting"),
        sources=[{"source": source, "records": rows, "newest": newest} for source, rows, newest in sources],
    )
