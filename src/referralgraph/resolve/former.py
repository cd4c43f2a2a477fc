"""Ids that last: an entity is called after one of its records, and stays called so when records are added."""

from __future__ import annotations

from pathlib import Path

from referralgraph.records.database import connect


def keep_roots(resolved: Path, file: Path) -> None:
    """Remember which records entities are called after, for the next build.

    :param resolved: folder of the resolve stage that was published.
    :param file: Parquet file with the column ``record_id``.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = connect()
    fresh = file.with_name(f".{file.name}")
    connection.sql(
        f"SELECT DISTINCT root AS record_id FROM read_parquet(['{_quoted(resolved)}/person_link.parquet', "
        f"'{_quoted(resolved)}/organisation_link.parquet'], union_by_name=True) ORDER BY root"
    ).write_parquet(str(fresh), compression="zstd")
    fresh.replace(file)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
