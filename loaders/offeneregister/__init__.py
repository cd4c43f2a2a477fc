"""The German commercial register as OffeneRegister.de publishes it: JSON lines, one company each, officers as events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

from referralgraph.errors import SourceError
from referralgraph.records.lines import LineBlock, line_blocks
from referralgraph.records.names import create_name_macros
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile, Source
from referralgraph.records.vocabulary import ROLES

if TYPE_CHECKING:
    import duckdb

_STEPS = ("company", "officer", "mandate_event")
_OUTPUT = (("organisation", "organisation"), ("holder", "organisation"), ("person", "person"), ("mandate", "mandate"),
           ("event", "event"))
_NEEDED = {"company_number", "name", "all_attributes"}


def read(file: RawFile, sink: RecordSink) -> None:
    """Read a register dump, compressed or not, block by block.

    :param file: JSON lines; ``.bz2`` and ``.gz`` are decompressed in parallel.
    :param sink: gets organisations, people, mandates and events.
    :raises SourceError: if the file is no register dump, is empty, or holds not one company.
    """
    import duckdb

    connection = duckdb.connect()
    create_name_macros(connection)
    connection.execute("CREATE TABLE provenance (source VARCHAR, file VARCHAR, retrieved_at TIMESTAMP, licence VARCHAR)")
    connection.execute("INSERT INTO provenance VALUES ($1, $2, $3, $4)",
                       [sink.source, sink.file, sink.retrieved_at, sink.licence])
    connection.execute("CREATE TABLE role_word (word VARCHAR, role VARCHAR)")
    connection.executemany("INSERT INTO role_word VALUES ($1, $2)",
                           [[word, role.name] for role in ROLES for word in role.words])
    first = True
    for block in line_blocks(file.path):
        if first:
            _recognise(block, file)
            first = False
        _read_block(connection, block, sink)
        file.progress(block.first_line + len(block.lines) - 1)
        if block.problem:
            sink.quarantine(block.first_line + len(block.lines), block.problem, "")
    if first:
        raise SourceError("the file is empty", file=file.path, mend="Fetch the dump again from offeneregister.de")


def _read_block(connection: duckdb.DuckDBPyConnection, block: LineBlock, sink: RecordSink) -> None:
    connection.register("block", block.table())
    connection.execute("CREATE OR REPLACE TEMP TABLE raw_line AS SELECT line, text, json_valid(text) AND "
                       "json_type(text) = 'OBJECT' AS valid FROM block WHERE trim(text) <> ''")
    for name in _STEPS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_sql(name)}")
        if name == "company":
            _quarantine_companies(connection, block, sink)
        if name == "officer":
            _quarantine_officers(connection, block, sink)
    for name, table in _OUTPUT:
        sink.add_table(table, connection.sql(_sql(name)).to_arrow_table())


def _quarantine_companies(connection: duckdb.DuckDBPyConnection, block: LineBlock, sink: RecordSink) -> None:
    bad = connection.execute(_sql("bad_line")).fetchall()
    for line, reason in bad:
        sink.quarantine(line, reason, block.text(line))
    connection.execute("DELETE FROM company WHERE company_number IS NULL OR name IS NULL OR name = ''")


def _quarantine_officers(connection: duckdb.DuckDBPyConnection, block: LineBlock, sink: RecordSink) -> None:
    for line, reason, text in connection.execute(_sql("bad_officer")).fetchall():
        sink.quarantine(line, reason, text)
    for word, rows in connection.execute(
        "SELECT role_as_written, count(*) FROM officer WHERE role = 'other' GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        sink.unknown_words[word or "(no role)"] += rows
    connection.execute("DELETE FROM officer WHERE coalesce(name_as_written, '') = '' "
                       "OR (start_date IS NOT NULL AND TRY_CAST(start_date AS DATE) IS NULL) "
                       "OR (end_date IS NOT NULL AND TRY_CAST(end_date AS DATE) IS NULL)")


def _recognise(block: LineBlock, file: RawFile) -> None:
    seen = ""
    for text in block.lines[:20]:
        try:
            row = json.loads(text)
        except ValueError:
            continue
        if isinstance(row, dict) and row.keys() >= _NEEDED:
            return
        seen = ", ".join(sorted(row)[:8]) if isinstance(row, dict) else f"a {type(row).__name__}"
    found = f"its first lines hold {seen}" if seen else "its first lines are no JSON objects"
    raise SourceError(f"not a register dump of OffeneRegister: {found}", file=file.path, line=1,
                      mend=f"Each line must be a JSON object with {', '.join(sorted(_NEEDED))}. "
                      "A table of another publisher loads with `referralgraph load table FILE --mapping FILE`")


def _sql(name: str) -> str:
    return resources.files("referralgraph.loaders.offeneregister").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def statements() -> Iterator[tuple[str, str]]:
    """Yield every SQL file of this loader with its name, for the tests that run and transpile them."""
    for name in (*_STEPS, *(name for name, _ in _OUTPUT)):
        yield name, _sql(name)


SOURCE = Source(
    name="offeneregister",
    publisher="OffeneRegister.de (Open Knowledge Foundation Deutschland and OpenCorporates)",
    licence="CC BY 4.0",
    patterns=("de_companies_ocdata.jsonl.bz2", "*.jsonl", "*.jsonl.bz2", "*.jsonl.gz"),
    read=read,
)
