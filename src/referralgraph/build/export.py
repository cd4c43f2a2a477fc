"""Export: the tables of the last build as CSV or Parquet, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.errors import NotFound
from referralgraph.records.database import connect
from referralgraph.records.schema import TABLES
from referralgraph.records.workspace import Workspace

if TYPE_CHECKING:
    import duckdb

_LINKED = {"person": "person_link", "organisation": "organisation_link"}
_ENTITY_OF = {"person": ("p-", "person_link"), "holder_organisation": ("o-", "organisation_link"),
              "organisation": ("o-", "organisation_link")}


def export_tables(workspace: Workspace, what: str, folder: Path, file_type: str) -> Iterator[tuple[Path, int]]:
    """Write tables of the last build and yield each file with its number of rows.

    ``records``: one file a record table, each row with ``entity_id``, and beside each reference the entity it leads to.
    ``entities``: people and organisations. ``ties``: the two ids, then strength, number and kinds of reasons, bodies.
    Lists are joined by " | " in CSV.

    :param workspace: whose last build.
    :param what: ``records``, ``entities`` or ``ties``.
    :param folder: where to; made if it isn't there.
    :param file_type: ``csv`` or ``parquet``.
    :raises NotFound: if nothing was built in this workspace.
    """
    records, resolved, ties = (_stage(workspace, name) for name in ("records", "resolve", "ties"))
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect()
    for name in ("person_link", "organisation_link"):
        connection.read_parquet(str(resolved / f"{name}.parquet")).create_view(name)
    queries: dict[str, str] = {}
    if what == "records":
        for table in TABLES:
            connection.read_parquet(str(records / f"{table.name}.parquet")).create_view(table.name)
            queries[table.name] = _records_query(table.name, table.columns)
    elif what == "entities":
        queries = {name: f"SELECT * FROM '{_quoted(resolved / name)}.parquet' ORDER BY id" for name in ("person", "organisation")}
    else:
        queries = {"tie": f"""SELECT "from", "to", strength, reasons, kinds, organisations
            FROM '{_quoted(ties)}/tie.parquet' ORDER BY "from", "to\""""}
    for name, query in queries.items():
        yield _write(connection, query, folder / f"{name}.{file_type}")


def _records_query(name: str, columns: tuple[str, ...]) -> str:
    wanted, joins = [], []
    for column in columns:
        wanted.append(f"{name}.{column}")
        if column == "record_id":
            if name in _LINKED:
                prefix = "p-" if name == "person" else "o-"
                joins.append(f"LEFT JOIN {_LINKED[name]} AS own ON own.record_id = {name}.record_id")
                wanted.append(f"'{prefix}' || substr(own.root, 2) AS entity_id")
            else:
                wanted.append("NULL AS entity_id")
        elif column in _ENTITY_OF and name not in _LINKED:
            prefix, link = _ENTITY_OF[column]
            joins.append(f"LEFT JOIN {link} AS {column}_link ON {column}_link.record_id = {name}.{column}")
            wanted.append(f"'{prefix}' || substr({column}_link.root, 2) AS {column}_entity_id")
    return f"SELECT {', '.join(wanted)} FROM {name} {' '.join(joins)} ORDER BY {name}.record_id"


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> tuple[Path, int]:
    relation = connection.sql(query)
    if file.suffix == ".parquet":
        relation.write_parquet(str(file), compression="zstd")
    else:
        lists = {name for name, kind in zip(relation.columns, relation.types, strict=True) if str(kind).endswith("[]")}
        columns = ", ".join(f"array_to_string(\"{name}\", ' | ') AS \"{name}\"" if name in lists else f'"{name}"'
                            for name in relation.columns)
        relation.project(columns).write_csv(str(file))
    return file, int(relation.aggregate("count(*)").fetchall()[0][0])


def _stage(workspace: Workspace, name: str) -> Path:
    found = sorted(workspace.stages.glob(f"{name}-*"), key=lambda each: each.stat().st_mtime)
    if not found:
        raise NotFound("nothing was built in this workspace: run `referralgraph build` first")
    return found[-1]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
