"""Entities as their records make them, for records that somebody has put together anew since the build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from referralgraph.records.database import create_tables
from referralgraph.records.schema import table

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
Kind = Literal["person", "organisation"]


def root_rank(record: Mapping[str, Any], *, in_contacts: bool, was_root: bool) -> tuple[int, str]:
    """Return by what an entity's first record is chosen, the lowest first: as the build ranks them.

    :param record: with ``record_id``, ``record_table``, ``source`` and, of an organisation, ``identifier``.
    :param in_contacts: whether it stands in an address book or a diary.
    :param was_root: whether an entity of the last build is called after it.
    """
    if record["record_table"] == "person":
        rank = (0 if was_root else 3) + (0 if record["source"] == "team" else 2 if in_contacts else 1)
    else:
        rank = (0 if was_root else 2) + (1 if record["identifier"] is None else 0)
    return rank, str(record["record_id"])


def entities_of(
    connection: duckdb.DuckDBPyConnection, kind: Kind, records: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """Return the entities of some records, by the build's own statement.

    :param connection: of :func:`referralgraph.records.database.connect`.
    :param kind: what the records are of.
    :param records: columns of the record table, and ``root``, the first record of their entity, and ``private``: whether they stand in
        private address books alone.
    """
    told = _records(kind, records)
    links = pa.table(
        {name: pa.array([row[name] for row in records], pa.string()) for name in ("record_id", "root")}
    )
    private = pa.array([row["record_id"] for row in records if row.get("private")], pa.string())
    contacts = pa.table({"person": private, "visibility": pa.array(["private"] * len(private), pa.string())})
    for name, rows_of in ((kind, told), (f"{kind}_link", links), ("contact_record", contacts), ("interaction_record", contacts)):
        connection.register(name, rows_of)
    create_tables(connection, "referralgraph.resolve", [f"{kind}_entity_table"])
    found: list[Row] = connection.table(f"{kind}_entity_table").order("id").to_arrow_table().to_pylist()
    return found


def facts_of_organisations(connection: duckdb.DuckDBPyConnection, records: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return what of organisations can only be so or otherwise, by the build's own statement.

    :param connection: of :func:`referralgraph.records.database.connect`.
    :param records: columns of the record table.
    :returns: columns ``record_id``, ``topic`` and ``value``.
    """
    connection.register("organisation", _records("organisation", records))
    create_tables(connection, "referralgraph.resolve", ["organisation_fact"])
    return connection.table("organisation_fact").project("record_id, topic, value").to_arrow_table()


def _records(kind: Kind, records: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = table(kind).arrow_schema()
    rows = [
        {**each, "retrieved_at": datetime.fromisoformat(each["retrieved_at"]) if each["retrieved_at"] else None} for each in records
    ]
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)
