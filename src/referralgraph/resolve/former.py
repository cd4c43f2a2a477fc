"""Ids that last: an entity is called after one of its records, and stays called so when records are added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.records.database import connect

if TYPE_CHECKING:
    import duckdb


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


def split_ids(resolved: Path, kept: Path) -> dict[str, list[str]]:
    """Return ids of former builds whose records are of several entities now, or of one of another name, with the ids of those.

    An id whose first record went to another entity leads there by that record; of those told here no record tells.

    :param resolved: folder of the resolve stage that is about to be published.
    :param kept: folder of :func:`keep_members`.
    """
    files = [str(each) for name in ("members", "former") if (each := kept / f"{name}.parquet").exists()]
    if not files:
        return {}
    rows = _now(resolved).execute(
        "SELECT before.id, list_sort(list(DISTINCT now.id)) FROM read_parquet($files) AS before JOIN now USING (record_id) "
        "GROUP BY before.id HAVING count(DISTINCT now.id) > 1 OR (min(now.id) <> before.id AND before.id NOT IN "
        "(SELECT substr(id, 1, 2) || substr(record_id, 2) FROM now)) ORDER BY before.id",
        {"files": files},
    )
    return {str(former): list(parts) for former, parts in rows.fetchall()}


def keep_members(resolved: Path, kept: Path) -> None:
    """Remember who was made of which records, and of ids that were split since then of which they were, for the next builds.

    :param resolved: folder of the resolve stage that was published.
    :param kept: folder of the Parquet files.
    """
    kept.mkdir(parents=True, exist_ok=True)
    split = list(split_ids(resolved, kept))
    files = [str(each) for name in ("members", "former") if (each := kept / f"{name}.parquet").exists()]
    connection = _now(resolved)
    fresh = {name: kept / f".{name}.parquet" for name in ("members", "former")}
    before = "read_parquet($files)" if split else "now"
    connection.sql(
        f"SELECT DISTINCT id, record_id FROM {before} WHERE list_contains($split, id) ORDER BY id, record_id",
        params={"split": split, **({"files": files} if split else {})},
    ).write_parquet(str(fresh["former"]), compression="zstd")
    connection.sql(
        "SELECT id, record_id FROM now QUALIFY count(*) OVER (PARTITION BY id) > 1 ORDER BY id, record_id"
    ).write_parquet(str(fresh["members"]), compression="zstd")
    for name, file in fresh.items():
        file.replace(kept / f"{name}.parquet")


def _now(resolved: Path) -> duckdb.DuckDBPyConnection:
    connection = connect()
    connection.execute(
        "CREATE VIEW now AS " + " UNION ALL ".join(
            f"SELECT '{prefix}' || substr(root, 2) AS id, record_id FROM read_parquet('{_quoted(resolved)}/{name}_link.parquet')"
            for prefix, name in (("p-", "person"), ("o-", "organisation"))
        )
    )  # fmt: skip
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
