"""Files for Neo4j's own import tool: the way for a whole country, faster than any transaction."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from referralgraph.build.export import _quoted, _stage
from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import NODES, RELATIONSHIPS, NodeTable, PropertyType, RelationshipTable
from referralgraph.records.database import connect
from referralgraph.records.workspace import Workspace

_TYPES: dict[PropertyType, str] = {
    "STRING": "string", "STRING[]": "string[]", "INT64": "long", "DOUBLE": "double", "BOOLEAN": "boolean"}
_SEPARATOR = "\x1f"  # of list items: no name holds it


def export_for_import(workspace: Workspace, folder: Path) -> Iterator[tuple[Path, int]]:
    """Write the current revision as files of ``neo4j-admin database import full`` and yield each with its number of rows.

    The graph arrives complete, but not yet current: the next ``referralgraph --store URI build`` makes keys and indexes, adds
    the index of paths, counts everything and switches to it.

    :param workspace: whose current embedded revision.
    :param folder: where to; made if it isn't there.
    :raises NotFound: if nothing was built in this workspace.
    """
    revision = Revision.read(workspace.current_revision())
    tables = _stage(workspace, "graph")
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect()
    declared: tuple[NodeTable | RelationshipTable, ...] = (*NODES, *RELATIONSHIPS)
    for table in declared:
        name = table.label if isinstance(table, NodeTable) else table.name
        lists = {column for column, kind in table.properties.items() if kind == "STRING[]"}
        ends = [] if isinstance(table, NodeTable) else ["from", "to"]
        columns = ", ".join(f'array_to_string("{column}", chr(31))' if column in lists else f'"{column}"'
                            for column in (*ends, *table.properties))
        constant = f", '{revision.id}'" if isinstance(table, NodeTable) else ""
        relation = connection.sql(f"SELECT {columns}{constant} FROM '{_quoted(tables)}/{name}.parquet'")
        _write_header(folder / f"{name}-header.csv", _header(table))
        relation.write_csv(str(folder / f"{name}.csv"), header=False)
        yield folder / f"{name}.csv", int(relation.aggregate("count(*)").fetchall()[0][0])
    _write_header(folder / "Revision.csv", [
        "id:string", "text:string", "index_files:string", "current:boolean", "builder:string", "made_by:string", "done_table:long",
        "done_rows:long"], [revision.id, json.dumps(asdict(revision), ensure_ascii=False, sort_keys=True), "[]", "false", "import",
                            "referralgraph", str(len(NODES) + len(RELATIONSHIPS)), "0"])
    yield folder / "Revision.csv", 1
    _write_header(folder / "BuildLease.csv", ["name:string", "token:string", "until:long"], ["build", "import", "0"])
    yield folder / "BuildLease.csv", 1


def import_arguments(folder: Path, database: str = "neo4j") -> list[str]:
    """Return the arguments of neo4j-admin that import the files of a folder into an empty database."""
    told = ["database", "import", "full", database, "--array-delimiter=U+001F", "--multiline-fields=true", "--id-type=string",
            f"--report-file={folder / 'import.report'}"]
    for node in NODES:
        told.append(f"--nodes={node.label}={folder / node.label}-header.csv,{folder / node.label}.csv")
    for label in ("Revision", "BuildLease"):
        told.append(f"--nodes={label}={folder / label}.csv")
    for kind in RELATIONSHIPS:
        told.append(f"--relationships={kind.type}={folder / kind.name}-header.csv,{folder / kind.name}.csv")
    return told


def _header(table: NodeTable | RelationshipTable) -> list[str]:
    if isinstance(table, NodeTable):
        typed = [f"id:ID({table.label})" if column == "id" else f"{column}:{_TYPES[kind]}"
                 for column, kind in table.properties.items()]
        return [*typed, "revision:string"]
    return [f":START_ID({table.start})", f":END_ID({table.end})",
            *(f"{column}:{_TYPES[kind]}" for column, kind in table.properties.items())]


def _write_header(file: Path, *rows: list[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
