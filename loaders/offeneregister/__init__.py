"""The German commercial register as OffeneRegister.de publishes it: JSON lines, a company each, officers as events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
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

_STEPS = ("company", "officer", "firm", "seat", "mandate_event")
_OUTPUT = (("organisation", "organisation"), ("holder", "organisation"), ("person", "person"), ("mandate", "mandate"),
           ("event", "event"))
_NEEDED = {"company_number", "name", "all_attributes"}
_SAMPLE = 1000  # lines among which a company must be
_JSON_NAMES = {list: "array", str: "string", int: "number", float: "number"}
_MEND = (f"Each line must be a JSON object with {', '.join(sorted(_NEEDED))}. "
         "A table of another publisher loads with `referralgraph load table FILE --mapping FILE`")


def read(file: RawFile, sink: RecordSink) -> None:
    """Read a register dump, compressed or not, block by block.

    :param file: JSON lines; bzip2 and gzip are decompressed in parallel.
    :param sink: gets organisations, people, mandates and events.
    :raises SourceError: if the file is no register dump, is empty, or holds not one company.
    """
    import duckdb

    connection = duckdb.connect()
    create_name_macros(connection)
    connection.execute("CREATE TABLE provenance AS SELECT $1 AS source, $2 AS file, $3::TIMESTAMP AS retrieved_at, "
                       "$4 AS licence", [sink.source, sink.file, sink.retrieved_at, sink.licence])
    connection.execute("CREATE TABLE role_word (word VARCHAR, role VARCHAR)")
    connection.executemany("INSERT INTO role_word VALUES ($1, $2)",
                           [[word, role.name] for role in ROLES for word in role.words])
    recognised = False
    with closing(line_blocks(file.path)) as blocks:
        for block in blocks:
            if not recognised:
                _recognise(block, file)
                recognised = True
            if block.count:
                _read_block(connection, block, sink)
                file.progress(block.next_line - 1)
            if block.problem:
                sink.quarantine(block.next_line, block.problem, block.torn)
    if not recognised:
        raise SourceError("the file is empty", file=file.path, mend="Fetch the dump again from offeneregister.de")
    if not sink.counts["organisation"]:
        raise SourceError("not one company can be read", file=file.path, line=1, mend=_MEND)


def _read_block(connection: duckdb.DuckDBPyConnection, block: LineBlock, sink: RecordSink) -> None:
    connection.register("block", block.table())
    for name in _STEPS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_sql(name)}")
        if name == "company":
            _quarantine_companies(connection, block, sink)
        if name == "officer":
            _quarantine_officers(connection, sink)
    for name, table in _OUTPUT:
        sink.add_table(table, connection.sql(_sql(name)).to_arrow_table())


def _quarantine_companies(connection: duckdb.DuckDBPyConnection, block: LineBlock, sink: RecordSink) -> None:
    for line, reason in connection.execute(_sql("bad_line")).fetchall():
        sink.quarantine(line, reason, block.text(line))
    connection.execute("DELETE FROM company WHERE company_number IS NULL OR name IS NULL")


def _quarantine_officers(connection: duckdb.DuckDBPyConnection, sink: RecordSink) -> None:
    for line, reason, text in connection.execute(_sql("bad_officer")).fetchall():
        sink.quarantine(line, reason, text)
    for word, rows in connection.execute(
        "SELECT role_as_written, count(*) FROM officer WHERE role = 'other' GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        sink.unknown_words[word or "(no role)"] += rows


def _recognise(block: LineBlock, file: RawFile) -> None:
    if block.problem and not block.count:
        raise SourceError(block.problem.partition(";")[0], file=file.path, line=1, mend="Fetch the file again")
    seen = ""
    for line in range(block.first_line, min(block.next_line, _SAMPLE)):
        try:
            row = json.loads(block.text(line))
        except ValueError:
            continue
        if isinstance(row, dict) and row.keys() >= _NEEDED:
            return
        seen = ", ".join(sorted(row)[:8]) if isinstance(row, dict) else f"a JSON {_JSON_NAMES.get(type(row), 'value')}"
    beginning = block.text(block.first_line)[:60]
    found = f"its first lines hold {seen}" if seen else f"it begins with {beginning!r}"
    array = beginning.lstrip().startswith("[")
    raise SourceError(f"not a register dump of OffeneRegister: {found}", file=file.path, line=1,
                      mend="Make one line of each company: jq -c '.[]' FILE > LINES.jsonl" if array else _MEND)


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
