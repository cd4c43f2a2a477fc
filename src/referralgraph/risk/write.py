"""Writing the risk table of a revision: links, events and attributes as arrays beside the index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.records.database import connect, create_tables, create_view
from referralgraph.records.vocabulary import EVENT_KINDS, ROLES
from referralgraph.risk.days import NEVER

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

_PACKAGE = "referralgraph.risk"


def write_risk_table(records: Path, resolved: Path, folder: Path) -> None:
    """Write who is linked to which organisation, what happened to it, and what it is.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage; ids of people and organisations are numbered in its order, as in the index.
    :param folder: gets the arrays that :class:`referralgraph.risk.table.RiskTable` opens.
    """
    connection = connect(folder)
    for name in ("mandate", "shareholding", "event"):
        create_view(connection, name, [records / f"{name}.parquet"])
    connection.read_parquet(str(records / "organisation.parquet")).create_view("organisation_record")
    for name in ("person_link", "organisation_link", "organisation", "person"):
        connection.read_parquet(str(resolved / f"{name}.parquet")).create_view(name)
    _fill_roles(connection)
    create_tables(connection, _PACKAGE, ["seat", "company"])
    create_tables(connection, _PACKAGE, ["event"], name="event_of")
    connection.execute("CREATE TEMP TABLE seat_record AS SELECT DISTINCT record FROM seat")
    create_tables(connection, _PACKAGE, ["record"])
    people = _ids(connection, "SELECT id FROM person ORDER BY id")
    organisations = _ids(connection, "SELECT id FROM organisation ORDER BY id")
    np.save(folder / "organisation_id.npy", np.array(organisations.to_pylist(), "S22") if len(organisations) else np.zeros(0, "S22"))
    np.save(folder / "person_id.npy", np.array(people.to_pylist(), "S22") if len(people) else np.zeros(0, "S22"))
    record_ids = _write_records(connection, folder)
    seats = connection.sql("SELECT * FROM seat ORDER BY person, organisation, record, liquidator").to_arrow_table()
    np.save(folder / "seat_person.npy", _positions(seats["person"], people))
    np.save(folder / "seat_company.npy", _positions(seats["organisation"], organisations))
    np.save(folder / "seat_record.npy", _positions(seats["record"], record_ids))
    np.save(folder / "seat_known.npy", _days(seats["known_day"]))
    np.save(folder / "seat_left.npy", _days(seats["left_day"]))
    np.save(folder / "seat_liquidator.npy", seats["liquidator"].to_numpy().astype(np.bool_))
    create_tables(connection, _PACKAGE, ["holding"])
    holdings = connection.sql("SELECT * FROM holding ORDER BY ALL").to_arrow_table()
    holder, owned = (_positions(holdings[each], organisations) for each in ("holder", "organisation"))
    kept = holder != owned
    np.save(folder / "holding_holder.npy", holder[kept])
    np.save(folder / "holding_owned.npy", owned[kept])
    np.save(folder / "holding_known.npy", _days(holdings["known_day"])[kept])
    np.save(folder / "holding_left.npy", _days(holdings["left_day"])[kept])
    codes = _write_companies(connection, folder)
    events = connection.sql("SELECT * FROM event_of ORDER BY organisation, day NULLS LAST, record").to_arrow_table()
    np.save(folder / "event_company.npy", _positions(events["organisation"], organisations))
    np.save(folder / "event_day.npy", _days(events["day"]))
    np.save(folder / "event_kind.npy", _positions(events["kind"], pa.array(EVENT_KINDS)).astype(np.int8))
    np.save(folder / "event_record.npy", np.array(events["record"].to_pylist(), "S21"))
    codes["day"] = _data_day(connection)
    (folder / "risk.json").write_text(json.dumps(codes, ensure_ascii=False), encoding="utf-8")


def links_among(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return who is linked to which organisation, and which organisation controls which, as :func:`write_risk_table` writes them.

    :param connection: of :func:`referralgraph.records.database.connect`; tables of former calls are replaced.
    :param tables: ``mandate``, ``shareholding``, ``person_link`` and ``organisation_link`` (``record_id``, ``root``).
    :returns: rows of ``seat.sql`` and of ``holding.sql``; a day that isn't known is ``NEVER``.
    """
    for name, rows in tables.items():
        connection.register(name, rows)
    _fill_roles(connection)
    create_tables(connection, _PACKAGE, ["seat", "holding"])
    seats, holdings = (
        connection.table(name).order("ALL").to_arrow_table().to_pylist() for name in ("seat", "holding")
    )
    for row in (*seats, *holdings):
        row |= {name: NEVER if row[name] is None else row[name] for name in ("known_day", "left_day")}
    return seats, holdings


def _fill_roles(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE role_evidence (role VARCHAR, liquidator BOOLEAN)")
    connection.executemany(
        "INSERT INTO role_evidence VALUES ($1, $2)", [[role.name, role.name == "liquidator"] for role in ROLES if role.ties]
    )


def _write_records(connection: duckdb.DuckDBPyConnection, folder: Path) -> pa.Array:
    rows = connection.sql("SELECT * FROM record ORDER BY record_id").to_arrow_table()
    ids = rows["record_id"].combine_chunks()
    np.save(folder / "record_id.npy", np.array(ids.to_pylist(), "S21") if len(ids) else np.zeros(0, "S21"))
    np.save(folder / "record_parent.npy", _positions(rows["link_to"], ids))
    np.save(folder / "record_probability.npy", pc.fill_null(rows["probability"], 1.0).to_numpy())
    np.save(folder / "record_proof.npy", _codes(rows["proof"])[0])
    return ids


def _write_companies(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, object]:
    rows = connection.sql("SELECT * FROM company ORDER BY id").to_arrow_table()
    form, forms = _codes(rows["form"])
    state, states = _codes(rows["state"])
    np.save(folder / "company_form.npy", form)
    np.save(folder / "company_state.npy", state)
    np.save(folder / "company_excluded.npy", rows["excluded"].to_numpy().astype(np.bool_))
    np.save(folder / "company_known.npy", _days(rows["known_day"]))
    seen = pc.fill_null(rows["seen_day"], -NEVER).to_numpy().astype(np.int32)  # nobody ever looked
    np.save(folder / "company_seen.npy", seen)
    np.save(folder / "company_stem.npy", _codes(rows["stem"])[0])
    np.save(folder / "company_address.npy", _codes(rows["address"])[0])
    return {"forms": forms, "states": states}


def _data_day(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the last day on which any source stated anything of an organisation."""
    create_tables(connection, _PACKAGE, ["data_day"])
    row = connection.execute("SELECT day FROM data_day").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _ids(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Array:
    return connection.sql(query).to_arrow_table().column(0).combine_chunks()


def _positions(values: pa.ChunkedArray, among: pa.Array) -> NDArray[np.int32]:
    found: NDArray[np.int32] = pc.fill_null(pc.index_in(values, among), -1).to_numpy().astype(np.int32)
    return found


def _codes(values: pa.ChunkedArray) -> tuple[NDArray[np.int32], list[str]]:
    """Return a number for each value, -1 for none, and the values in the order of their numbers."""
    words = pc.unique(values.drop_null()).sort() if len(values) else pa.array([], pa.string())
    return _positions(values, words), words.to_pylist()


def _days(values: pa.ChunkedArray) -> NDArray[np.int32]:
    days: NDArray[np.int32] = pc.fill_null(values, NEVER).to_numpy().astype(np.int32)
    return days
