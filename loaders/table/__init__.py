"""Any CSV, Excel or Parquet file, by a TOML mapping from its columns to the fields of records."""

from __future__ import annotations

from referralgraph.errors import UsageError
from referralgraph.loaders.recognise import mend
from referralgraph.loaders.table.cells import Cells, open_cells, tidy_name
from referralgraph.loaders.table.mapping import read_mapping
from referralgraph.loaders.table.recorder import Recorder, misfit, owner_is_missing
from referralgraph.loaders.table.values import Columns
from referralgraph.records.delimited import Row
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile, Source

_PROGRESS = 2_000  # rows between two signs of life


def read(file: RawFile, sink: RecordSink) -> None:
    """Read a table row by row, as its mapping says; ``docs/loaders.md`` describes mapping files.

    :param file: CSV, Excel or Parquet, with its mapping.
    :param sink: gets what the mapping's sections say; its source, licence and date become those of the mapping.
    :raises SourceError: if the mapping is wrong or doesn't fit the file (all mistakes in one message), or the file is
        missing, empty, damaged or no table.
    :raises UsageError: if there is no mapping, or nothing says whose contacts these are.
    """
    mapping = read_mapping(file.mapping)
    wanted = [name for _, name in mapping.columns()]
    cells = open_cells(file, mapping.settings, wanted)
    columns = Columns(cells.header)
    missing = columns.missing(mapping)
    if mapping.problems or missing:
        problems = [*mapping.problems, *missing]
        raise misfit(mapping, problems, file, cells.header, _mend(cells, wanted, missing))
    if owner_is_missing(mapping, file):
        raise UsageError(f"{mapping.name} holds somebody's contacts: say whose with --owner NAME")
    sink.restate(source=mapping.name, licence=mapping.licence, retrieved_at=mapping.retrieved_at,
                 complete=mapping.complete)
    recorder = Recorder(mapping, columns, file, sink)
    _read_rows(cells, recorder, file, sink)


def _read_rows(cells: Cells, recorder: Recorder, file: RawFile, sink: RecordSink) -> None:
    width = len(cells.header)
    short: Row | None = None
    short_before = False
    for count, row in enumerate(cells.rows(recorder.used), start=1):
        if count % _PROGRESS == 0:
            file.progress(row.line)
        if short:
            # Spreadsheets leave out empty cells at the end of a row.
            recorder.read(Row(short.line, [*short.cells, *[""] * (width - len(short.cells))]))
            short, short_before = None, True
        if row.problem:
            sink.quarantine(row.line, row.problem, row.cells[0])
        elif not any(cell.strip() for cell in row.cells):
            continue
        elif any(cell.strip() for cell in row.cells[width:]):
            sink.quarantine(row.line, f"a row of {len(row.cells)} fields under a header of {width}: put the field that "
                            "holds a delimiter into quotation marks", " | ".join(row.cells))
        elif len(row.cells) < width:
            short = row
        else:
            recorder.read(row)
    if short and short_before:
        recorder.read(Row(short.line, [*short.cells, *[""] * (width - len(short.cells))]))
    elif short:
        sink.quarantine(short.line, f"the last row has {len(short.cells)} fields under a header of {width}: the file "
                        "seems cut off; fetch it again", " | ".join(short.cells))


def _mend(cells: Cells, wanted: list[str], missing: list[str]) -> str:
    """Say what to do: another line of the file may be the header, or another loader may fit."""
    if missing:
        for row in cells.head:
            hint = mend(row.cells[0] if row.line == 1 else "", row.cells)
            if "--mapping FILE" not in hint:
                return hint
        names = {tidy_name(name) for name in wanted}
        fit = {row.line: sum(tidy_name(cell) in names for cell in row.cells) for row in cells.head}
        best = max(fit, key=lambda line: (fit[line], -line), default=0)
        if fit and fit[best] > max(1, fit.get(cells.header_line, 0)):
            return f"Line {best} looks like the header: set header_row = {best} in [table]"
    return "Mend the mapping and load again"


SOURCE = Source(
    name="table",
    publisher="whoever the mapping names",
    licence="as the mapping says",
    patterns=("*.csv", "*.tsv", "*.txt", "*.xlsx", "*.parquet"),
    read=read,
)
