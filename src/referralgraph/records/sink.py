"""The one way by which a loader's rows reach the workspace: checked, with provenance, the bad ones in quarantine."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.records.identifiers import record_id
from referralgraph.records.partial_date import is_partial_date
from referralgraph.records.schema import TABLES, Field, table

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BATCH = 20_000
_LONGEST_QUOTE = 2_000  # characters of a bad row that quarantine keeps

Value = str | int | float | bool | datetime | Sequence[str] | None


class RecordSink:
    """Writes the record tables of one load into a folder that nobody reads before the load is complete.

    Row by row (:meth:`add`) for small formats, or a whole Arrow table (:meth:`add_table`) for registers. Rows of one
    ``record_id`` within one load count once, or once for each moment at which the source stated them.

    :param folder: an empty folder.
    :param source: name of the source, as every record cites it.
    :param file: name of the raw file, as every record cites it.
    :param retrieved_at: when the source stated this, for rows that don't say.
    :param licence: licence of the source.
    """

    def __init__(self, folder: Path, *, source: str, file: str, retrieved_at: datetime, licence: str) -> None:
        self.folder = folder
        self.source = source
        self.file = file
        self.retrieved_at = retrieved_at.astimezone(UTC).replace(tzinfo=None)
        self.licence = licence
        self.counts: Counter[str] = Counter()
        self.unknown_words: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.quarantined = 0
        self.complete = False  # a mapping may say that its file is the whole list
        self._waiting: dict[str, list[tuple[Value, ...]]] = {}
        self._seen: dict[str, set[tuple[str, datetime | None]]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._bad: list[dict[str, Value]] = []
        self._bad_writer: pq.ParquetWriter | None = None

    def restate(
        self, *, source: str, licence: str, retrieved_at: datetime | None = None, complete: bool = False
    ) -> None:
        """Take from a mapping what it says of the source, before the first row.

        :param source: name of the source, as every record cites it.
        :param licence: licence of the source.
        :param retrieved_at: when the source stated this, if the mapping says so.
        :param complete: what the file doesn't mention is gone.
        """
        self.source = source
        self.licence = licence
        self.complete = complete
        if retrieved_at:
            self.retrieved_at = retrieved_at.astimezone(UTC).replace(tzinfo=None)

    def add(self, table_name: str, key: Sequence[str], line: int, values: Mapping[str, Value],
            stated: datetime | None = None) -> str | None:
        """Add one row and return its ``record_id``; a row that doesn't fit goes to quarantine and returns None.

        :param table_name: record table.
        :param key: the source's own key of the row, part by part.
        :param line: 1-based line in the raw file.
        :param values: the table's own fields; what is left out is unknown.
        :param stated: when the source stated this row, UTC; as the whole file if left out.
        """
        identifier = record_id(self.source, table_name, key)
        seen = self._seen.setdefault(table_name, set())
        if (identifier, stated) in seen:
            return identifier
        problem = _problem(table_name, values)
        if problem:
            self.quarantine(line, f"{table_name}: {problem}", " | ".join(key))
            return None
        seen.add((identifier, stated))
        known = values.get
        row = (identifier, *[known(name) for name in _own_columns(table_name)], self.source, " | ".join(key), self.file,
               line, stated or self.retrieved_at, self.licence)
        waiting = self._waiting.setdefault(table_name, [])
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._flush(table_name)
        return identifier

    def add_table(self, table_name: str, rows: pa.Table) -> None:
        """Add many rows at once; the loader has checked them and given them ids and provenance.

        :param rows: columns as declared by the record table, in any order; what a source never tells may be left out.
        """
        import pyarrow as pa

        schema = table(table_name).arrow_schema()
        if rows.num_rows:
            for field in schema:
                if field.name not in rows.column_names and field.nullable:
                    rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
            self._writer(table_name).write_table(rows.select(schema.names).cast(schema))
            self.counts[table_name] += rows.num_rows

    def quarantine(self, line: int | None, reason: str, text: str) -> None:
        """Keep a row that can't be used, with the reason and the line.

        :param line: 1-based line in the raw file, None if the file as a whole is to blame.
        :param reason: what is wrong, in words for people.
        :param text: the row as it stands in the file.
        """
        self.quarantined += 1
        self.reasons[reason] += 1
        self._bad.append({"source": self.source, "file": self.file, "line": line, "reason": reason,
                          "text": text[:_LONGEST_QUOTE]})
        if len(self._bad) >= _BATCH:
            self._flush_bad()

    def unknown_word(self, word: str) -> None:
        """Count a word of the source that the vocabulary doesn't know; the row itself keeps it."""
        self.unknown_words[word] += 1

    def close(self, quarantine_file: Path) -> None:
        """Write what is left, and the quarantined rows if there are any.

        :param quarantine_file: Parquet file for the quarantined rows.
        """
        for name in list(self._waiting):
            self._flush(name)
        for writer in self._writers.values():
            writer.close()
        if self._bad:
            self._flush_bad()
        if self._bad_writer:
            self._bad_writer.close()
            shutil.move(self._bad_file, quarantine_file)

    @property
    def _bad_file(self) -> Path:
        return self.folder / "quarantine.parquet"

    def _flush_bad(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._bad_writer is None:
            self._bad_writer = pq.ParquetWriter(self._bad_file, _quarantine_schema(), compression="zstd")
        self._bad_writer.write_table(pa.Table.from_pylist(self._bad, _quarantine_schema()))
        self._bad.clear()

    def _flush(self, table_name: str) -> None:
        import pyarrow as pa

        rows = self._waiting.pop(table_name, [])
        schema = table(table_name).arrow_schema()
        columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
        self.add_table(table_name, pa.Table.from_arrays(columns, schema=schema))

    def _writer(self, table_name: str) -> pq.ParquetWriter:
        import pyarrow.parquet as pq

        if table_name not in self._writers:
            file = self.folder / f"{table_name}.parquet"
            self._writers[table_name] = pq.ParquetWriter(file, table(table_name).arrow_schema(), compression="zstd")
        return self._writers[table_name]


def _quarantine_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("source", pa.string()), ("file", pa.string()), ("line", pa.int64()), ("reason", pa.string()),
                      ("text", pa.string())])


@cache
def _own_columns(table_name: str) -> tuple[str, ...]:
    return tuple(field.name for field in table(table_name).own_fields)


@cache
def _checked_fields(table_name: str) -> tuple[Field, ...]:
    return tuple(field for field in table(table_name).own_fields
                 if field.required or field.words or field.type == "partial_date")


def _problem(table_name: str, values: Mapping[str, Value]) -> str | None:
    for name in values.keys() - set(_own_columns(table_name)):
        return f"no such field: {name}"
    for field in _checked_fields(table_name):
        value = values.get(field.name)
        if value is None or value == "" or value == []:
            if field.required:
                return f"{field.name} is missing"
        elif field.words and value not in field.words:
            return f"{field.name} is {value!r}, allowed are {', '.join(field.words)}"
        elif field.type == "partial_date" and not is_partial_date(str(value)):
            return f"{field.name} is {value!r}, not a date"
    return None


def table_names() -> tuple[str, ...]:
    """Names of the record tables, in the order of their declaration."""
    return tuple(each.name for each in TABLES)
