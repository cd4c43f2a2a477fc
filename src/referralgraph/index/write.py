"""Writing the index of a revision: reasons and ties as arrays, and the folded names for `find`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from referralgraph.index.reasons import KINDS, NO_DAY, VISIBILITIES, Filter, ReasonTable, combine
from referralgraph.records.database import connect
from referralgraph.settings import TieSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAMES = """
    WITH named AS (
        SELECT id, 'person' AS kind, name, city, connections, name AS told, 0 AS former FROM person_node
        UNION ALL
        SELECT id, 'person', name, city, connections, unnest(other_names), 1 FROM person_node
        UNION ALL
        SELECT id, kind, name, city, connections, name, 0 FROM organisation_node
        UNION ALL
        SELECT id, kind, name, city, connections, unnest(previous_names), 1 FROM organisation_node
    )
    SELECT DISTINCT fold(told) AS folded,
        CASE kind WHEN 'person' THEN name_key(told) ELSE organisation_key(told) END AS key,
        told, id, kind, name, city, connections, former
    FROM named
    WHERE fold(told) <> ''
    ORDER BY folded, former, id
"""


def write_index(resolved: Path, ties: Path, folder: Path, settings: TieSettings) -> int:
    """Write the ties and their reasons as arrays that are opened by memory mapping, and ``tie.parquet`` for the graph.

    :param resolved: folder of the resolve stage.
    :param ties: folder of the ties stage; gets ``tie.parquet``: two ids, strength, number and kinds of reasons, bodies.
    :param folder: gets the arrays.
    :param settings: constants of the tie formula.
    :returns: number of ties, each pair once.
    """
    people = pq.read_table(resolved / "person.parquet", columns=["id"]).column(0).combine_chunks()
    organisations = pq.read_table(resolved / "organisation.parquet", columns=["id"]).column(0).combine_chunks()
    np.save(folder / "person_id.npy", _bytes(people))
    np.save(folder / "organisation_id.npy", _bytes(organisations))
    rows = pq.read_table(ties / "reason.parquet")
    left, right = _positions(rows.column("left_person"), people), _positions(rows.column("right_person"), people)
    new_tie = np.r_[True, (left[1:] != left[:-1]) | (right[1:] != right[:-1])] if len(left) else np.zeros(0, np.bool_)
    first = np.flatnonzero(new_tie)
    owners = pc.unique(rows.column("owner").drop_null()).sort() if rows.num_rows else pa.array([], pa.string())
    data_day = int((ties / "data_day.txt").read_text(encoding="utf-8"))
    reasons = _reason_table(rows, organisations, owners, np.r_[first, len(left)].astype(np.int64), data_day, settings)
    reasons.save(folder)
    (folder / "owners.txt").write_text("\n".join(owners.to_pylist()), encoding="utf-8")
    strength = combine(reasons.strengths(Filter(), settings.half_life_years), reasons.tie_start)
    _write_rows(folder, left[first], right[first], strength, len(people))
    _write_bodies(folder, ties, people)
    _write_tie_table(ties, rows, first, people, left, right, strength)
    return len(first)


def write_names(tables: Path, folder: Path) -> None:
    """Write the folded names of all entities, former names and other spellings too, ordered for `find`.

    :param tables: folder of the graph's tables.
    :param folder: gets ``names.arrow``, a memory-mapped Arrow file.
    """
    connection = connect(folder)
    connection.read_parquet(str(tables / "Person.parquet")).create_view("person_node")
    connection.read_parquet(str(tables / "Organisation.parquet")).create_view("organisation_node")
    names = connection.sql(_NAMES).to_arrow_table().combine_chunks()
    with pa.OSFile(str(folder / "names.arrow"), "wb") as sink, pa.ipc.new_file(sink, names.schema) as writer:
        writer.write_table(names)
    numbers = connection.sql(
        "SELECT name_key(number) AS key, id FROM ("
        "SELECT identifier AS number, id FROM organisation_node WHERE identifier IS NOT NULL UNION "
        "SELECT lei, id FROM organisation_node WHERE lei IS NOT NULL UNION "
        "SELECT concat_ws(' ', register_court, register_number), id FROM organisation_node WHERE register_number IS NOT NULL UNION "
        "SELECT register_number, id FROM organisation_node WHERE register_number IS NOT NULL) ORDER BY ALL"
    ).to_arrow_table().combine_chunks()
    with pa.OSFile(str(folder / "numbers.arrow"), "wb") as sink, pa.ipc.new_file(sink, numbers.schema) as writer:
        writer.write_table(numbers)


def _reason_table(rows: pa.Table, organisations: pa.Array, owners: pa.Array, tie_start: NDArray[np.int64],
                  data_day: int, settings: TieSettings) -> ReasonTable:
    mean_members = rows.column("mean_members").to_numpy()
    given = pc.fill_null(rows.column("base"), np.nan).to_numpy()
    shared = settings.base_shared_mandate / np.maximum(mean_members - 1.0, 1.0) ** settings.size_exponent
    organisation = pc.fill_null(pc.index_in(rows.column("organisation"), organisations), -1)
    return ReasonTable(
        tie_start=tie_start,
        kind=pc.index_in(rows.column("kind"), pa.array(KINDS)).to_numpy().astype(np.uint8),
        organisation=organisation.to_numpy().astype(np.int32),
        start=_days(rows, "start_day"),
        start_known=rows.column("start_known").to_numpy().astype(np.bool_),
        end=_days(rows, "end_day"),
        is_open=rows.column("is_open").to_numpy().astype(np.bool_),
        mean_members=mean_members.astype(np.float32),
        base=np.where(np.isnan(given), shared, given),
        owner=pc.fill_null(pc.index_in(rows.column("owner"), owners), -1).to_numpy().astype(np.int32),
        visibility=pc.index_in(rows.column("visibility"), pa.array(VISIBILITIES)).to_numpy().astype(np.uint8),
        data_day=np.array([data_day], np.int32),
    )


def _days(rows: pa.Table, column: str) -> NDArray[np.int32]:
    return pc.fill_null(rows.column(column), NO_DAY).to_numpy().astype(np.int32)


def _write_rows(folder: Path, left: NDArray[np.int64], right: NDArray[np.int64], strength: NDArray[np.float64], people: int) -> None:
    """Lay ties out in both directions, each row from the strongest tie to the weakest, equal ones by neighbour."""
    person = np.r_[left, right]
    neighbour = np.r_[right, left]
    tie = np.r_[np.arange(len(left)), np.arange(len(left))]
    order = np.lexsort((neighbour, -np.r_[strength, strength], person))
    np.save(folder / "indptr.npy", np.r_[0, np.cumsum(np.bincount(person, minlength=people))].astype(np.int64))
    np.save(folder / "neighbour.npy", neighbour[order].astype(np.int32))
    np.save(folder / "tie.npy", tie[order].astype(np.int32))
    np.save(folder / "strength.npy", np.r_[strength, strength][order])


def _write_bodies(folder: Path, ties: Path, people: pa.Array) -> None:
    rows = pq.read_table(ties / "person_bodies.parquet")
    bodies = np.zeros(len(people), np.int32)
    bodies[_positions(rows.column("person"), people)] = rows.column("bodies").to_numpy()
    np.save(folder / "person_bodies.npy", bodies)


def _write_tie_table(ties: Path, rows: pa.Table, first: NDArray[np.int64], people: pa.Array, left: NDArray[np.int64],
                     right: NDArray[np.int64], strength: NDArray[np.float64]) -> None:
    public = pc.not_equal(rows.column("visibility"), "private")
    number = np.cumsum(np.isin(np.arange(rows.num_rows), first)) - 1
    table = pa.table({"tie": number, "kind": rows.column("kind"), "organisation": rows.column("organisation")}).filter(public)
    connection = connect()
    connection.register("told", table)
    connection.register("tied", pa.table({
        "tie": np.arange(len(first)), "from": people.take(pa.array(left[first])), "to": people.take(pa.array(right[first])),
        "strength": strength}))
    connection.sql(
        'SELECT "from", "to", strength, count(*) AS reasons, list_sort(list(DISTINCT kind)) AS kinds, '
        "list_sort(list(DISTINCT organisation) FILTER (WHERE organisation IS NOT NULL)) AS organisations "
        'FROM tied JOIN told USING (tie) WHERE strength > 0 GROUP BY tie, "from", "to", strength ORDER BY "from", "to"'
    ).write_parquet(str(ties / "tie.parquet"), compression="zstd")


def _positions(ids: pa.ChunkedArray, sorted_ids: pa.Array) -> NDArray[np.int64]:
    return pc.index_in(ids, sorted_ids).to_numpy().astype(np.int64)


def _bytes(ids: pa.Array) -> NDArray[np.bytes_]:
    return np.array(ids.to_pylist(), dtype="S22") if len(ids) else np.zeros(0, "S22")
