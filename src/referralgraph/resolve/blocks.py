"""Blocks: records that have a key in common, and the pairs to compare that come of them.

A key counts while two records or more share it and no more than it bears (``most``): what many have in common says little and makes
many pairs. Records go by ordinal, in the order of their ids; the pairs come a part at a time, so that they never fill the memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from referralgraph.records.database import sql_file

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_KEYS_AT_ONCE = 20_000_000
_PAIRS_AT_ONCE = 3_000_000
# Keys of one attribute: how many records may share one, by the ordinal of all. Few steps: where one is passed, all keys change.
_WIDE = ((20_000, 100), (40_000, 70), (80_000, 35), (160_000, 18), (320_000, 9))
_WIDE_ABOVE = 5


def wide_limit(records: int) -> int:
    """Return how many of so many records may share a key of one attribute."""
    return next((most for size, most in _WIDE if records <= size), _WIDE_ABOVE)


def apart(table: str) -> str:
    """Return the further column of keys by which two records are known to be two: what one publisher numbers apart is apart."""
    return ", publisher" if table == "organisation" else ""


def key_query(table: str) -> str:
    """Return the SELECT of the keys of the records in ``..._blocked``: ``ordinal``, ``key``, ``most`` (and :func:`apart`)."""
    return sql_file(_PACKAGE, f"{table}_block")


def all_keys(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make the keys of all records, as of records that weren't there before: ``..._key_fresh``, and nothing in the others."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {table}_blocked AS SELECT * FROM {table}_feature")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_key_fresh AS {key_query(table)}")
    for name in ("member", "key_gone"):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_{name} AS SELECT * FROM {table}_key_fresh LIMIT 0")


def count_keys(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make the tables of keys that count (``..._shared``, with their records) and of those that counted before (``..._lost``).

    From: ``..._key_fresh`` (keys of new records), ``..._member`` (of the old ones, where a key is also one of a new or gone record),
    ``..._key_gone``. A key is *renewed* if it didn't count before.
    """
    rows = connection.execute(f"SELECT count(*) FROM {table}_key_fresh").fetchall()[0][0]
    parts = 1 + int(rows) // _KEYS_AT_ONCE
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_counted (key UBIGINT, counts BOOLEAN, counted BOOLEAN)"
    )
    for part in range(parts):
        of_part = f"WHERE key % {parts} = {part}"
        connection.execute(
            f"""INSERT INTO {table}_counted SELECT key, now BETWEEN 2 AND most AS counts, before BETWEEN 2 AND most AS counted FROM (
                SELECT key, max(most) AS most, count(*) FILTER (state <> 'gone') AS now, count(*) FILTER (state <> 'fresh') AS before
                FROM (
                    SELECT key, most, 'fresh' AS state FROM {table}_key_fresh {of_part}
                    UNION ALL SELECT key, most, 'same' FROM {table}_member {of_part}
                    UNION ALL SELECT key, most, 'gone' FROM {table}_key_gone {of_part}
                ) GROUP BY key
            ) WHERE counts OR counted"""
        )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_lost AS SELECT key FROM {table}_counted WHERE counted AND NOT counts")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_shared AS
        SELECT ordinal, key, fresh, NOT counted AS renewed{apart(table)} FROM (
            SELECT ordinal, key, true AS fresh{apart(table)} FROM {table}_key_fresh
            UNION ALL SELECT ordinal, key, false{apart(table)} FROM {table}_member
        ) JOIN {table}_counted USING (key) WHERE counts"""
    )
    connection.execute(f"DROP TABLE {table}_counted")
    if apart(table):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_shared AS SELECT * FROM {table}_shared "
            f"SEMI JOIN (SELECT key FROM {table}_shared GROUP BY key HAVING min(publisher) <> max(publisher)) AS several USING (key)"
        )


def pairs_in_parts(
    connection: duckdb.DuckDBPyConnection, table: str, *, of: str | None = None, known: str | None = None
) -> Iterator[None]:
    """Make the table ``..._pair`` (numbers of two records) again and again, each time with other pairs, each pair once.

    From: ``..._shared``. At least one of the two is new, or their key counts again.

    :param of: table of numbers: only pairs whose first record is in it.
    :param known: table of pairs that are left out.
    """
    found = connection.execute(
        f"SELECT coalesce(sum(records * (records - 1) / 2), 0) FROM (SELECT count(*) AS records FROM {table}_shared GROUP BY key)"
    ).fetchall()[0][0]
    parts = max(1, math.ceil(float(found) / _PAIRS_AT_ONCE))
    differs = " AND l.publisher <> r.publisher" if apart(table) else ""
    left = f"(SELECT * FROM {table}_shared SEMI JOIN {of} USING (ordinal))" if of else f"{table}_shared"
    without = f"ANTI JOIN {known} USING (record_id, other)" if known else ""
    for part in range(parts):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_pair AS SELECT * FROM (SELECT DISTINCT l.ordinal AS record_id, r.ordinal AS other "
            f"FROM {left} AS l JOIN {table}_shared AS r ON r.key = l.key AND l.ordinal < r.ordinal{differs} "
            f"WHERE l.ordinal % {parts} = {part} AND (l.fresh OR r.fresh OR l.renewed)) AS found {without}"
        )
        yield
