"""Increments: what of the records, keys and pairs that were compared before still stands, and what is to be compared anew."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from referralgraph.resolve.blocks import key_query

if TYPE_CHECKING:
    import duckdb

    from referralgraph.resolve.compared import Kept


def tell_apart(connection: duckdb.DuckDBPyConnection, table: str, kept: Kept) -> None:
    """Say which records are as they were (``..._same``: ``ordinal`` now and ``kept`` ordinal), fresh, or gone.

    A record that has changed is gone, and a fresh one of its id has come. Fresh ones get numbers that nobody had.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_digest AS SELECT record_id, ordinal, "
        f"hash({', '.join(_columns(connection, table))}) AS digest FROM {table}_feature"
    )
    none = "SELECT CAST(NULL AS BIGINT) AS kept, '' AS record_id, CAST(0 AS UBIGINT) AS digest WHERE false"
    before = f"SELECT * FROM {_read(kept, 'record')} AS told ANTI JOIN {_read(kept, 'gone')} USING (kept)" if kept.parts else none
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_before AS {before}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_same AS SELECT ordinal, kept FROM {table}_digest "
        f"JOIN {table}_before USING (record_id, digest)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_gone AS SELECT kept FROM {table}_before ANTI JOIN {table}_same USING (kept)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_fresh AS SELECT ordinal, ordinal + CAST({kept.next} AS BIGINT) AS kept "
        f"FROM {table}_digest ANTI JOIN {table}_same USING (ordinal)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {table}_current AS SELECT ordinal, kept FROM {table}_same "
        f"UNION ALL SELECT ordinal, kept FROM {table}_fresh"
    )
    connection.execute(f"DROP TABLE {table}_before")


def changed_keys(connection: duckdb.DuckDBPyConnection, table: str, kept: Kept) -> None:
    """Make the keys of fresh records (written where they are kept), of gone ones, and of the old ones that share one of these."""
    kept.fresh.mkdir()
    file = kept.fresh / "key.parquet"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {table}_blocked AS SELECT * FROM {table}_feature SEMI JOIN {table}_fresh USING (ordinal)"
    )
    connection.sql(
        f"SELECT ordinal + CAST({kept.next} AS BIGINT) AS kept, * EXCLUDE (ordinal) FROM ({key_query(table)})"
    ).write_parquet(str(file), compression="lz4")
    connection.read_parquet(str(file)).project(
        f"CAST(kept - {kept.next} AS INTEGER) AS ordinal, * EXCLUDE (kept)"
    ).create_view(f"{table}_key_fresh", replace=True)
    if not kept.parts:
        for name in ("member", "key_gone"):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_{name} AS SELECT * FROM {table}_key_fresh LIMIT 0")
        return
    keys = _read(kept, "key")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_key_gone AS SELECT * FROM {keys} SEMI JOIN {table}_gone USING (kept)")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_touched AS SELECT key FROM {table}_key_fresh UNION SELECT key FROM {table}_key_gone"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_member AS SELECT same.ordinal, told.* EXCLUDE (kept) "
        f"FROM (SELECT * FROM {keys} SEMI JOIN {table}_touched USING (key)) AS told JOIN {table}_same AS same USING (kept)"
    )


def known_pairs(connection: duckdb.DuckDBPyConnection, table: str, kept: Kept) -> None:
    """Make the tables of the kept pairs that still stand (``..._known``), and of those that no key brings together any more.

    From: ``..._shared`` and ``..._lost`` of the keys.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_known AS
        SELECT l.ordinal AS record_id, r.ordinal AS other, pair.* EXCLUDE (record_id, other, part)
        FROM {_read(kept, 'pair')} AS pair
        LEFT JOIN (SELECT record_id, other, max(part) AS dropped FROM {_read(kept, 'dropped')} GROUP BY record_id, other) AS late
            ON late.record_id = pair.record_id AND late.other = pair.other
        JOIN {table}_same AS l ON l.kept = pair.record_id
        JOIN {table}_same AS r ON r.kept = pair.other
        WHERE dropped IS NULL OR pair.part > dropped"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_doubted AS SELECT DISTINCT record_id, other
        FROM {table}_known AS pair
        JOIN {table}_member AS l ON l.ordinal = pair.record_id
        JOIN {table}_member AS r ON r.ordinal = pair.other AND r.key = l.key
        SEMI JOIN {table}_lost AS lost ON lost.key = l.key"""
    )
    # the keys that two of them share, with how many records have them now
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_held AS SELECT ordinal, key, most
        FROM {_read(kept, 'key')} AS told
        JOIN {table}_same AS same USING (kept)
        SEMI JOIN (SELECT record_id FROM {table}_doubted UNION SELECT other FROM {table}_doubted) AS doubted
            ON doubted.record_id = same.ordinal"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_common AS SELECT record_id, other, l.key, l.most
        FROM {table}_doubted AS pair
        JOIN {table}_held AS l ON l.ordinal = pair.record_id
        JOIN {table}_held AS r ON r.ordinal = pair.other AND r.key = l.key"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_dropped AS SELECT * FROM {table}_doubted ANTI JOIN (
            SELECT record_id, other FROM {table}_common JOIN (
                SELECT key, count(*) AS records FROM (
                    SELECT key FROM {_read(kept, 'key')} SEMI JOIN {table}_same USING (kept) SEMI JOIN {table}_common USING (key)
                    UNION ALL SELECT key FROM {table}_key_fresh SEMI JOIN {table}_common USING (key)
                ) GROUP BY key
            ) USING (key) WHERE records BETWEEN 2 AND most
        ) AS stands USING (record_id, other)"""
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_known AS SELECT * FROM {table}_known ANTI JOIN {table}_dropped USING (record_id, other)"
    )


def keep(connection: duckdb.DuckDBPyConnection, table: str, kept: Kept) -> None:
    """Keep what was made: what is new of it, or everything where that is due. Pairs weighed anew are in ``..._weighed``."""
    made = kept.fresh
    fresh, gone = _count(connection, f"{table}_fresh"), _count(connection, f"{table}_gone")
    pairs, dropped = _count(connection, f"{table}_weighed"), _count(connection, f"{table}_dropped")
    if kept.parts and not any((fresh, gone, pairs, dropped)):
        shutil.rmtree(made)
        return
    base = kept.wants_base(fresh + gone)
    if base and kept.parts:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {table}_every_key AS "
            f"SELECT same.kept, told.* EXCLUDE (kept) FROM {_read(kept, 'key')} AS told JOIN {table}_same AS same USING (kept) "
            f"UNION ALL SELECT ordinal + {kept.next} AS kept, * EXCLUDE (ordinal) FROM {table}_key_fresh"
        )
        connection.sql(f"SELECT * FROM {table}_every_key").write_parquet(str(made / "every.parquet"), compression="lz4")
        (made / "every.parquet").replace(made / "key.parquet")
    whom = f"{table}_current" if base else f"{table}_fresh"
    found = f"(SELECT * FROM {table}_known UNION ALL BY NAME FROM {table}_weighed)" if base else f"{table}_weighed"
    part = kept.number
    for name, query in (
        ("record", f"SELECT kept, record_id, digest FROM {table}_digest JOIN {whom} USING (ordinal)"),
        ("gone", f"SELECT kept FROM {table}_gone WHERE {not base}"),
        ("pair", f"SELECT l.kept AS record_id, r.kept AS other, told.* EXCLUDE (record_id, other), {part} AS part "
                 f"FROM {found} AS told JOIN {table}_current AS l ON l.ordinal = told.record_id "
                 f"JOIN {table}_current AS r ON r.ordinal = told.other"),
        ("dropped", f"SELECT l.kept AS record_id, r.kept AS other, {part} AS part FROM {table}_dropped AS told "
                    f"JOIN {table}_same AS l ON l.ordinal = told.record_id JOIN {table}_same AS r ON r.ordinal = told.other "
                    f"WHERE {not base}"),
    ):
        connection.sql(query).write_parquet(str(made / f"{name}.parquet"), compression="zstd")
    last = int(connection.execute(f"SELECT coalesce(max(kept), 0) + 1 FROM {table}_fresh").fetchall()[0][0])
    kept.commit(next_number=max(kept.next, last), rows=fresh + gone, base=base)


def _read(kept: Kept, name: str) -> str:
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in kept.files(name))
    return f"(SELECT * FROM read_parquet([{files}]))"


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return sorted({row[0] for row in connection.execute(f"DESCRIBE {table}_feature").fetchall()} - {"ordinal", "record_id"})


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
