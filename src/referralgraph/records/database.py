"""DuckDB as every stage uses it: one connection with our functions, SQL from files, Parquet in and out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.records.names import create_name_macros
from referralgraph.records.schema import table

if TYPE_CHECKING:
    import duckdb


def sql_file(package: str, name: str) -> str:
    """Return the text of one SQL file that ships with a package."""
    return resources.files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB with the name and date functions.

    :param scratch: folder for what doesn't fit into memory.
    """
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    if scratch is not None:
        connection.execute("SET temp_directory = $1", [str(scratch)])
        if (most := _memory()) is not None:
            connection.execute("SET memory_limit = $1", [f"{most}MiB"])
    create_name_macros(connection)
    connection.execute(sql_file("referralgraph.records", "dates"))
    return connection


def _memory() -> int | None:
    """Return how many MiB a stage may hold before it writes to its scratch folder; None where the machine doesn't say what it has.

    A third, so that there is room for other programs and for what a stage holds besides tables; of a small machine most of it.
    """
    try:
        has = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (AttributeError, ValueError, OSError):
        return None
    return max(has // 3, min(4096, has * 3 // 4))


def create_view(connection: duckdb.DuckDBPyConnection, name: str, files: Iterable[Path]) -> None:
    """Make Parquet files of one record table known under its name; without files the table is empty.

    A column that the version which wrote a file didn't know yet is unknown in all its rows.
    """
    paths = [str(file) for file in files]
    fields = table(name.removesuffix("_record")).fields
    read = connection.read_parquet(paths, union_by_name=True) if paths else None
    known = set(read.columns) if read is not None else set()
    missing = [f"CAST(NULL AS {field.sql_type}) AS {field.name}" for field in fields if field.name not in known]
    if read is None:
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {', '.join(missing)} WHERE false")
    elif missing:
        read.project(", ".join(field.name if field.name in known else f"CAST(NULL AS {field.sql_type}) AS {field.name}"
                               for field in fields)).create_view(name, replace=True)
    else:
        read.create_view(name, replace=True)


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    """Write the rows of a SELECT into one Parquet file."""
    connection.sql(query).write_parquet(str(file), compression="zstd")


def create_tables(connection: duckdb.DuckDBPyConnection, package: str, names: Iterable[str],
                  settings: Mapping[str, float | int | str] | None = None, *, name: str | None = None) -> None:
    """Run SQL files of a package in order; each is one SELECT that becomes a table of its name.

    :param settings: columns of the one-row table ``setting`` that the files may read.
    :param name: name of the table, if it isn't that of the file.
    """
    if settings is not None:
        columns = ", ".join(f"${index} AS {name}" for index, name in enumerate(settings, start=1))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE setting AS SELECT {columns}", list(settings.values()))
    for file in names:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name or file} AS {sql_file(package, file)}")
