"""What records are compared by, with how common their values are: made for those records alone that are to be compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from referralgraph.resolve.scoring import outcome_query, shared_columns

if TYPE_CHECKING:
    import duckdb

    from referralgraph.resolve.model import Comparison, Model

_SIDE = re.compile(r"\b([a-z_]+)_[lr]\b")


def of_one_side(each: Comparison) -> str:
    """Return SQL that is true of a record that has nothing to compare."""
    return _SIDE.sub(r"\1", each.missing)


def told_comparisons(connection: duckdb.DuckDBPyConnection, model: Model) -> tuple[str, ...]:
    """Return the comparisons for which two records or more have something to compare; the others always come out as missing."""
    # where it can't be said of one side alone there may be something to compare
    counted = ", ".join(f"count(*) FILTER (WHERE NOT coalesce({of_one_side(each)}, false))" for each in model.comparisons)
    row = connection.execute(f"SELECT {counted} FROM {model.table}_feature").fetchall()[0]
    return tuple(each.name for each, count in zip(model.comparisons, row, strict=True) if count > 1)


def outcomes(connection: duckdb.DuckDBPyConnection, model: Model, pairs: str, told: tuple[str, ...], *, by: str = "ordinal") -> str:
    """Make the table ``..._valued`` of the records of some pairs, and return the SELECT of the pairs' outcomes.

    :param pairs: table of pairs, ``record_id`` and ``other``.
    :param told: :func:`told_comparisons`.
    :param by: what names a record in the pairs: ``ordinal`` or ``record_id``.
    """
    table = model.table
    used = [each for each in model.comparisons if each.name in told]
    columns = {
        name for each in used for text in (each.missing, *(level.condition for level in each.levels)) for name in _SIDE.findall(text)
    }
    parts = shared_columns(model)
    extra = "".join(f", share_{part}.share AS share_{part}" for part in parts)
    joins = " ".join(
        f"LEFT JOIN {table}_share AS share_{part} ON share_{part}.part = '{part}' AND share_{part}.value = feature.{part}"
        for part in parts
    )
    values = "".join(f", feature.{name}" for name in sorted(columns))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_valued AS SELECT feature.{by} AS record_id{values}{extra} FROM ("
        f"SELECT feature.* FROM {table}_feature AS feature "
        f"SEMI JOIN (SELECT record_id FROM {pairs} UNION SELECT other FROM {pairs}) AS wanted ON wanted.record_id = feature.{by}"
        f") AS feature {joins}"
    )
    shares = [f"share_{part}" for part in parts]
    return outcome_query(model, [*sorted(columns), *shares], f"{table}_valued", pairs, told)
