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
    import duckdb
    from numpy.typing import NDArray

FAINTEST = 0.01  # strength below which a way is noise, as `path` leaves it out unless it is told otherwise
COUNTED = 300  # pairs whose changes are counted, those of the largest estimate; a person decides a few hundred
_SITS = 'SELECT "from" AS person, "to" AS body FROM mandate_edge UNION SELECT "from", "to" FROM shareholding_edge'
_TOGETHER = f"""
    WITH sits AS ({_SITS})
    SELECT place, count(DISTINCT (least(a.person, b.person), greatest(a.person, b.person)))
    FROM joined
    JOIN sits AS a ON a.body = joined.one
    JOIN sits AS b ON b.body = joined.another AND b.person <> a.person
    LEFT JOIN tie ON tie."from" = least(a.person, b.person) AND tie."to" = greatest(a.person, b.person)
    WHERE tie.strength IS NULL
    GROUP BY place
"""
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

    :param changes: how many pairs of people would get a better way to each other over at most one introducer if two people were one,
        or would sit in one body who aren't tied yet if two bodies were.
    :param counted: whether that was counted; else it is an estimate, and never too low.
    """

    record: str
    other: str
    because: str
    probability: float
    changes: int
    evidence: str | None
    counted: bool = True


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

    def any(self, kind: str = "person") -> bool:
        """Return whether there is a possible pair of a kind at all: ``person`` or ``organisation``."""
        file = self._folder / kind / "one.npy"
        return file.exists() and len(mapped(file)) > 0

    def bodies_of(self, people: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the numbers of those organisations of possible pairs in which some people hold or held anything."""
        if not self.any("organisation"):
            return np.zeros(0, np.int32)
        person, body = (mapped(self._folder / "organisation" / f"{name}.npy") for name in ("person", "body"))
        found: NDArray[np.int32] = np.unique(body[np.isin(person, people)])
        return found

    def of(self, entities: NDArray[np.int32], kind: str = "person") -> list[tuple[int, int, float]]:
        """Return the possible pairs of people, or of organisations, by their numbers: who, the other, the chance; likeliest first."""
        if not self.any(kind):
            return []
        one, other, chance = (mapped(self._folder / kind / f"{name}.npy") for name in ("one", "other", "chance"))
        found: dict[tuple[int, int], float] = {}
        for entity in np.unique(entities).tolist():
            for at in range(int(np.searchsorted(one, entity)), int(np.searchsorted(one, entity, "right"))):
                found[min(entity, int(other[at])), max(entity, int(other[at]))] = float(chance[at])
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
        ("mandate_edge", tables / "Person_MANDATE_Organisation"),
        ("shareholding_edge", tables / "Person_SHAREHOLDING_Organisation"),
    ):
        connection.read_parquet(f"{file}.parquet").create_view(name)
    connection.execute(f"CREATE TEMP TABLE pair AS {_PAIRS}")
    names = ("record", "other", "because", "probability", "changes", "evidence", "one", "another")
    rows = connection.execute(
        "SELECT record_id, other, because, probability, changes, evidence, one, another FROM pair "
        f"ORDER BY changes DESC, probability DESC, record_id, other LIMIT {SHOWN}"
    ).fetchall()
    told = _counted([dict(zip(names, row, strict=True)) for row in rows], connection, ties / "index")
    (folder / "pairs.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    for kind in ("person", "organisation"):
        (folder / kind).mkdir(exist_ok=True)
        _write_pairs(connection, kind, np.load(ties / "index" / f"{kind}_id.npy"), folder / kind)
    sits = connection.sql(
        f"SELECT DISTINCT person, body FROM ({_SITS}) WHERE body IN (SELECT one FROM pair UNION ALL SELECT another FROM pair)"
    ).to_arrow_table()
    for name, ids in (("person", "person_id"), ("body", "organisation_id")):
        sorted_ids = np.load(ties / "index" / f"{ids}.npy")
        places = np.searchsorted(sorted_ids, np.array(sits.column(name).to_pylist(), sorted_ids.dtype))
        np.save(folder / "organisation" / f"{name}.npy", places.astype(np.int32))


def _write_pairs(connection: duckdb.DuckDBPyConnection, kind: str, ids: NDArray[np.bytes_], folder: Path) -> None:
    """Write the pairs of entities of one kind, each in both directions."""
    rows = connection.sql(
        "SELECT one, another, max(probability) AS chance FROM (SELECT one, another, probability FROM pair UNION ALL "
        "SELECT another, one, probability FROM pair) WHERE starts_with(one, $1) GROUP BY one, another", params=[f"{kind[0]}-"]
    ).to_arrow_table()
    one, other = (
        np.searchsorted(ids, np.array(rows.column(name).to_pylist(), ids.dtype)).astype(np.int32) for name in ("one", "another")
    )
    order = np.lexsort((other, one))
    np.save(folder / "one.npy", one[order])
    np.save(folder / "other.npy", other[order])
    np.save(folder / "chance.npy", rows.column("chance").to_numpy()[order])


def _counted(pairs: list[dict[str, Any]], connection: duckdb.DuckDBPyConnection, index: Path) -> list[dict[str, Any]]:
    """Return the pairs with what their decision would change, counted for the first ones, most first.

    The estimate by which they come is never below the count, so that those beyond the first ones can only fall.
    """
    first = [each for each in pairs[:COUNTED] if each["one"].startswith("p-")]
    ids, indptr, neighbour, strength = (np.load(index / f"{name}.npy") for name in ("person_id", "indptr", "neighbour", "strength"))
    ends = np.array([[each["one"], each["another"]] for each in first], ids.dtype).reshape(-1, 2)
    for each, (one, other) in zip(first, np.searchsorted(ids, ends).tolist(), strict=True):
        each["changes"] = nearer(one, other, indptr, neighbour, strength)
    bodies = [each for each in pairs[:COUNTED] if not each["one"].startswith("p-")]
    connection.execute("CREATE TEMP TABLE joined (place INTEGER, one VARCHAR, another VARCHAR)")
    if bodies:
        connection.executemany(
            "INSERT INTO joined VALUES ($1, $2, $3)", [[at, each["one"], each["another"]] for at, each in enumerate(bodies)])
    counts = dict(connection.execute(_TOGETHER).fetchall())
    for at, each in enumerate(bodies):
        each["changes"] = int(counts.get(at, 0))
    for at, each in enumerate(pairs):
        each["counted"] = at < COUNTED
    pairs.sort(key=lambda each: (not each["counted"], -each["changes"], -each["probability"], each["record"], each["other"]))
    return [{name: value for name, value in each.items() if name not in ("one", "another")} for each in pairs]


def nearer(
    one: int, other: int, indptr: NDArray[np.int64], neighbour: NDArray[np.int32], strength: NDArray[np.float64]
) -> int:
    """Return how many pairs of people get a better way to each other if two people are one.

    A pair is somebody whom the one knows and somebody whom the other knows; its way leads over one introducer at most, is as strong
    as the product of its ties, and counts from :data:`FAINTEST` on.
    """

    def known(person: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        row = slice(int(indptr[person]), int(indptr[person + 1]))
        there = strength[row] > 0
        return neighbour[row][there], strength[row][there]

    here, to_here = known(one)
    there, to_there = known(other)
    apart = ~np.isin(here, [one, other]), ~np.isin(there, [one, other])
    here, to_here, there, to_there = here[apart[0]], to_here[apart[0]], there[apart[1]], to_there[apart[1]]
    there, order = np.sort(there), np.argsort(there, kind="stable")
    to_there = to_there[order]
    if not len(there):
        return 0
    seen: set[tuple[int, int]] = set()
    for person, tie in zip(here.tolist(), to_here.tolist(), strict=True):
        best = np.zeros(len(there))
        for middle, first in ((person, 1.0), *zip(*(each.tolist() for each in known(person)), strict=True)):
            ends, second = known(middle)
            at = np.minimum(np.searchsorted(there, ends), len(there) - 1)
            hit = there[at] == ends
            np.maximum.at(best, at[hit], first * second[hit])
        then = tie * to_there
        better = (then > best + 1e-12) & (then >= FAINTEST) & (there != person)
        seen.update((min(person, each), max(person, each)) for each in there[better].tolist())
    return len(seen)
