"""What all loader tests do: write a raw file, read it, look at the records and at quarantine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.loaders.register_dump import company

from referralgraph.loaders import source
from referralgraph.records.schema import TABLES
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile

Row = dict[str, object]
RETRIEVED = datetime(2025, 6, 30, tzinfo=UTC)


@dataclass
class Loaded:
    """The records of one load."""

    tables: dict[str, list[Row]]
    quarantine: list[Row]
    sink: RecordSink

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    def one(self, table: str) -> Row:
        (row,) = self.tables[table]
        return row

    def names(self, table: str) -> list[object]:
        return [row["name"] for row in self.tables[table]]

    def lines(self) -> list[object]:
        return [row["line"] for row in self.quarantine]


class Loader:
    """Writes raw files into a folder and reads them as a user would load them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loads = 0

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def read(
        self, loader: str, file: str | Path, content: str | bytes | None = None, *, mapping: str | None = None,
        owner: str | None = "Anna Weber", visibility: str = "team", retrieved_at: datetime = RETRIEVED,
    ) -> Loaded:
        path = file if isinstance(file, Path) else self.folder / file
        if content is not None:
            path = self.write(path.name, content)
        self.loads += 1
        folder = self.folder / f"load{self.loads}"
        folder.mkdir()
        mapping_path = None
        if mapping is not None:
            mapping_path = self.write("mapping.toml", mapping) if "\n" in mapping else Path(mapping)
        module = source(loader)
        raw = RawFile(path, retrieved_at, owner, visibility, mapping_path)
        sink = RecordSink(folder, source=module.name, file=path.name, retrieved_at=retrieved_at, licence=module.licence)
        module.read(raw, sink)
        bad = folder / "bad.parquet"
        sink.close(bad)
        tables = {each.name: pq.read_table(folder / f"{each.name}.parquet").to_pylist()
                  if (folder / f"{each.name}.parquet").exists() else [] for each in TABLES}
        return Loaded(tables, pq.read_table(bad).to_pylist() if bad.exists() else [], sink)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Loaded]:
    """Read a raw file given by its name and content."""
    return Loader(tmp_path).read


@pytest.fixture
def register(load):
    """Read a register dump given by its lines."""
    return lambda *lines, name="dump.jsonl": load("offeneregister", name, "".join(line + "\n" for line in lines))


@pytest.fixture
def people(register):
    """Read the officers of one company."""
    return lambda *officers, **more: register(company(officers=list(officers), **more))
