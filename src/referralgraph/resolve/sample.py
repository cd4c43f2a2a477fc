"""The sample that a model is learned from: with more records than that, a part teaches as much as all of them.

Records are drawn by the hash of their id, so equal records give an equal sample. Small sources come whole and large ones in part,
and each record says how many it stands for (``worth``): sums over the sample are what sums over everything would be. Which pairs have
something in common is always decided among all records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SAMPLE = 400_000  # records
_FINE = 2**32


def take_sample(connection: duckdb.DuckDBPyConnection, table: str, size: int = SAMPLE) -> None:
    """Make the tables ``..._sampled`` (``ordinal``, ``worth``) and ``..._taught`` (features of records drawn alike from all sources).

    :param size: about so many records are drawn.
    """
    sources = dict(connection.execute(f"SELECT source, count(*) FROM {table}_feature GROUP BY source ORDER BY source").fetchall())
    records = sum(sources.values())
    most = _level(sorted(sources.values()), size)
    rates = [(source, min(1.0, most / count)) for source, count in sources.items()]
    drawn = f"hash(record_id) % {_FINE} < rate * {_FINE}.0E0"
    connection.execute("CREATE OR REPLACE TEMP TABLE source_rate (source VARCHAR, rate DOUBLE)")
    if rates:
        connection.executemany("INSERT INTO source_rate VALUES ($1, $2)", rates)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table}_sampled AS
        WITH drawn AS (SELECT ordinal, source FROM {table}_feature JOIN source_rate USING (source) WHERE rate >= 1 OR {drawn}),
        taken AS (SELECT source, count(*) AS records FROM drawn GROUP BY source),
        whole AS (SELECT source, count(*) AS records FROM {table}_feature GROUP BY source)
        SELECT ordinal, whole.records / taken.records AS worth FROM drawn JOIN taken USING (source) JOIN whole USING (source)"""
    )
    rate = size / max(1, records)
    alike = f"WHERE {drawn.replace('rate', repr(rate))}" if rate < 1 else ""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_taught AS SELECT * EXCLUDE (ordinal) FROM {table}_feature {alike}")


def _level(counts: list[int], size: int) -> float:
    """Return the ordinal of records of a source beyond which it is drawn from, so that about ``size`` are drawn in all."""
    left = float(size)
    for at, count in enumerate(counts):
        share = left / (len(counts) - at)
        if count > share:
            return share
        left -= count
    return float(max(counts, default=0))
