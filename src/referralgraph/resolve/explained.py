"""What speaks for and against a pair: the outcome of each comparison and its weight, for people to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referralgraph.resolve.model import Model
from referralgraph.resolve.scoring import weight_query
from referralgraph.resolve.valued import outcomes, told_comparisons

if TYPE_CHECKING:
    import duckdb


def explain(connection: duckdb.DuckDBPyConnection, model: Model, pairs: str) -> None:
    """Weigh pairs anew, those that a rule merged too: the table ``..._evidence`` with a JSON text for each pair.

    The text holds ``prior`` and ``relative_prior`` (bits before anything is compared), ``weight`` and ``relative`` (bits after
    it) and ``parts``: comparison, outcome, bits against strangers; ``linked`` among them where two sources hold each person once.

    :param pairs: table or SELECT in brackets with ``record_id`` and ``other``.
    """
    table = model.table
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_explained AS SELECT DISTINCT record_id, other FROM {pairs}")
    found = outcomes(connection, model, f"{table}_explained", told_comparisons(connection, model), by="record_id")
    parts = ", ".join(
        f"CASE WHEN gamma_{each.name} >= 0 THEN ['{each.name}', CASE gamma_{each.name} "
        + " ".join(f"WHEN {each.gamma(at)} THEN '{level.code}'" for at, level in enumerate(each.levels))
        + f" END, CAST(round(bits_{each.name}, 2) AS VARCHAR)] END"
        for each in model.comparisons
    )
    weighed = f"({weight_query(model, f'({found})')})"
    if table == "person":
        parts += ", CASE WHEN code IS NOT NULL THEN ['linked', code, CAST(round(bits, 2) AS VARCHAR)] END"
        weighed = (
            f"(SELECT told.* REPLACE (weight + coalesce(linked.bits, 0) AS weight, "
            f"relative + coalesce(linked.bits, 0) + coalesce(slip.bits, 0) AS relative), code, linked.bits AS bits "
            f"FROM {weighed} AS told LEFT JOIN {_both_ways('person_linked', 'code, bits')} AS linked USING (record_id, other) "
            f"LEFT JOIN {_both_ways('person_slip', 'bits')} AS slip USING (record_id, other))"
        )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_evidence AS SELECT record_id, other, CAST(to_json({{"
        f"'prior': round({model.prior!r}, 2), 'relative_prior': round({model.relative_prior!r}, 2), 'weight': round(weight, 2), "
        f"'relative': round(relative, 2), 'parts': list_filter([{parts}], lambda each: each IS NOT NULL)}}) AS VARCHAR) AS evidence "
        f"FROM {weighed}"
    )


def _both_ways(table: str, columns: str) -> str:
    return f"(SELECT record_id, other, {columns} FROM {table} UNION ALL SELECT other, record_id, {columns} FROM {table})"
