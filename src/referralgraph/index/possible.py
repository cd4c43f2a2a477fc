"""Possible pairs of a revision: which people may be one, and which of these decisions would change most."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.index.rows import mapped
from referralgraph.records.database import connect

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHOWN = 5_000  # pairs that are published for review, those that change most; a person decides a few hundred
_PAIRS = """
    WITH told AS (
        SELECT waiting.record_id, waiting.other, waiting.because, waiting.probability, waiting.evidence,
            a.entity AS one, b.entity AS another
        FROM waiting
        JOIN record_node AS a ON a.id = waiting.record_id
        JOIN record_node AS b ON b.id = waiting.other
    ),
    tied AS (
        SELECT id, count(*) AS ties FROM (SELECT "from" AS id FROM tie UNION ALL SELECT "to" FROM tie) GROUP BY id
    ),
    seated AS (SELECT id, connections FROM organisation_node)
    SELECT told.*,
        -- whoever is tied to one would meet whoever is tied to the other
        coalesce(a.ties, c.connections, 0) * coalesce(b.ties, d.connections, 0) AS changes
    FROM told
    LEFT JOIN tied AS a ON a.id = told.one
    LEFT JOIN tied AS b ON b.id = told.another
    LEFT JOIN seated AS c ON c.id = told.one
    LEFT JOIN seated AS d ON d.id = told.another
"""


@dataclass(frozen=True)
class PossiblePair:
    """Two records that may be of one person or organisation.

    :param changes: how many pairs of people would be brought within one introduction if they were one.
    """

    record: str
    other: str
    because: str
    probability: float
    changes: int
    evidence: str | None


class PossiblePairs:
    """The possible pairs of a revision; safe to share between threads.

    :param folder: the folder that :func:`write_possible` filled.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def first(self) -> list[PossiblePair]:
        """Return the published pairs, those first whose decision would change most."""
        file = self._folder / "pairs.json"
        if not file.exists():
            return []
        return [PossiblePair(**each) for each in json.loads(file.read_text(encoding="utf-8"))]

    def any(self) -> bool:
        """Return whether there is a possible pair of people at all."""
        file = self._folder / "one.npy"
        return file.exists() and len(mapped(file)) > 0

    def of(self, people: NDArray[np.int32]) -> list[tuple[int, int, float]]:
        """Return the possible pairs of people by their numbers: who, the other, the chance; likeliest first."""
        if not (self._folder / "one.npy").exists():
            return []
        one, other, chance = (mapped(self._folder / f"{name}.npy") for name in ("one", "other", "chance"))
        found: dict[tuple[int, int], float] = {}
        for person in np.unique(people).tolist():
            for at in range(int(np.searchsorted(one, person)), int(np.searchsorted(one, person, "right"))):
                found[min(person, int(other[at])), max(person, int(other[at]))] = float(chance[at])
        return sorted(((a, b, worth) for (a, b), worth in found.items()), key=lambda each: (-each[2], each[0], each[1]))


def write_possible(tables: Path, resolved: Path, ties: Path, folder: Path) -> None:
    """Write the possible pairs of a revision.

    :param tables: folder of the graph's tables.
    :param resolved: folder of the resolve stage.
    :param ties: folder of the ties stage, with its index.
    :param folder: gets the files that :class:`PossiblePairs` reads.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(folder)
    for name, file in (
        ("waiting", resolved / "waiting"),
        ("record_node", tables / "Record"),
        ("organisation_node", tables / "Organisation"),
        ("tie", ties / "tie"),
    ):
        connection.read_parquet(f"{file}.parquet").create_view(name)
    connection.execute(f"CREATE TEMP TABLE pair AS {_PAIRS}")
    first = connection.execute(
        "SELECT record_id, other, because, probability, changes, evidence FROM pair "
        f"ORDER BY changes DESC, probability DESC, record_id, other LIMIT {SHOWN}"
    ).fetchall()
    names = ("record", "other", "because", "probability", "changes", "evidence")
    told: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in first]
    (folder / "pairs.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    people = np.load(ties / "index" / "person_id.npy")
    rows = connection.sql(
        "SELECT one, another, max(probability) AS chance FROM (SELECT one, another, probability FROM pair UNION ALL "
        "SELECT another, one, probability FROM pair) WHERE starts_with(one, 'p-') GROUP BY one, another"
    ).to_arrow_table()
    one, other = (
        np.searchsorted(people, np.array(rows.column(name).to_pylist(), people.dtype)).astype(np.int32) for name in ("one", "another")
    )
    order = np.lexsort((other, one))
    np.save(folder / "one.npy", one[order])
    np.save(folder / "other.npy", other[order])
    np.save(folder / "chance.npy", rows.column("chance").to_numpy()[order])
