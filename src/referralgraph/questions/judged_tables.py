"""Rows of the store as the tables that the statements of the build read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]


def record_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a record table; columns that they don't tell are unknown.

    :param name: of a record table, ``mandate``.
    """
    import pyarrow as pa  # a question without judgements doesn't wait for it

    from referralgraph.records.schema import table

    schema = table(name).arrow_schema()
    told = [{**row, "retrieved_at": datetime.fromisoformat(row["retrieved_at"]) if row.get("retrieved_at") else None} for row in rows]
    return pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in told], schema)


def text_table(names: tuple[str, str], told: Mapping[str, str | None]) -> pa.Table:
    """Return a table of two columns of text."""
    import pyarrow as pa

    return pa.table({names[0]: pa.array(list(told), pa.string()), names[1]: pa.array(list(told.values()), pa.string())})


def links_table(entities: Mapping[str, str]) -> pa.Table:
    """Return the table that says of which entity each record is.

    :param entities: id of the entity of each record.
    """
    return text_table(("record_id", "root"), {record: f"r{entity[2:]}" for record, entity in entities.items()})
