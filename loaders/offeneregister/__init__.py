"""The German commercial register as OffeneRegister.de publishes it: JSON lines, a company each, officers as events."""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
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
    import pyarrow as pa

_STEPS = ("company", "officer", "firm", "seat", "mandate_event")
_OUTPUT = (("organisation", "organisation"), ("holder", "organisation"), ("person", "person"), ("mandate", "mandate"),
           ("event", "event"))
_NEEDED = {"company_number", "name", "all_attributes"}
_MOST_WORKERS = 4  # each holds a block and what becomes of it, some 150 MB
_SAMPLE = 1000  # lines among which a company must be
_JSON_NAMES = {list: "array", str: "string", int: "number", float: "number"}
_MEND = (f"Each line must be a JSON object with {', '.join(sorted(_NEEDED))}. "
         "A table of another publisher loads with `referralgraph load table FILE --mapping FILE`")


def read(file: RawFile, sink: RecordSink) -> None:
    """Read a register dump, block by block, several blocks at once.

    :param file: JSON lines: plain, bzip2 (decompressed on all cores), gzip or xz.
    :param sink: gets organisations, people, mandates and events, in the order of the file.
    :raises SourceError: if the file is no register dump, is empty, or holds not one company.
    """
    empty = True
    with closing(line_blocks(file.path)) as blocks:
        for block, found in _in_order(_recognised(blocks, file), sink):
            empty = False
            for table, rows in found.tables:
                sink.add_table(table, rows)
            for line, reason, text in found.bad:
                sink.quarantine(line, reason, text)
            for word, rows in found.unknown_words:
                sink.unknown_words[word] += rows
            if block.problem:
                sink.quarantine(block.next_line, block.problem, block.torn)
            file.progress(block.next_line - 1)
    if empty:
        raise SourceError("the file is empty", file=file.path, mend="Fetch the dump again from offeneregister.de")
    if not sink.counts["organisation"]:
        raise SourceError("not one company can be read", file=file.path, line=1, mend=_MEND)


@dataclass(frozen=True)
class _Found:
    """What a block gives: records by table, bad rows as line, reason and text, role words that nobody knows."""

    tables: list[tuple[str, pa.Table]]
    bad: list[tuple[int, str, str]]
    unknown_words: list[tuple[str, int]]


def _in_order(blocks: Iterable[LineBlock], sink: RecordSink) -> Iterator[tuple[LineBlock, _Found]]:
    """Yield each block with what it gives; a block is too small for DuckDB to share it among cores by itself."""
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    own = threading.local()

    def work(block: LineBlock) -> tuple[LineBlock, _Found]:
        if not hasattr(own, "connection"):
            own.connection = _connect(sink)
        return block, _records(own.connection, block)

    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[tuple[LineBlock, _Found]]] = deque()
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _connect(sink: RecordSink) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    create_name_macros(connection)
    connection.execute("CREATE TABLE provenance AS SELECT $1 AS source, $2 AS file, $3::TIMESTAMP AS retrieved_at, "
                       "$4 AS licence", [sink.source, sink.file, sink.retrieved_at, sink.licence])
    connection.execute("CREATE TABLE role_word (word VARCHAR, role VARCHAR)")
    connection.executemany("INSERT INTO role_word VALUES ($1, $2)",
                           [[word, role.name] for role in ROLES for word in role.words])
    return connection


def _records(connection: duckdb.DuckDBPyConnection, block: LineBlock) -> _Found:
    bad: list[tuple[int, str, str]] = []
    connection.register("block", block.table())
    for name in _STEPS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_sql(name)}")
        if name == "company":
            lines = connection.execute(_sql("bad_line")).fetchall()
            bad += [(line, reason, block.text(line)) for line, reason in lines]
            connection.execute("DELETE FROM company WHERE company_number IS NULL OR name IS NULL")
    bad += connection.execute(_sql("bad_officer")).fetchall()
    words = connection.execute("SELECT coalesce(nullif(trim(role_as_written), ''), '(no role)') AS word, count(*) "
                               "FROM officer WHERE role = 'other' GROUP BY ALL ORDER BY ALL").fetchall()
    return _Found([(table, connection.sql(_sql(name)).to_arrow_table()) for name, table in _OUTPUT], bad, words)


def _recognised(blocks: Iterable[LineBlock], file: RawFile) -> Iterator[LineBlock]:
    for at, block in enumerate(blocks):
        if at == 0:
            _recognise(block, file)
        yield block


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
