"""The models of a workspace: versioned files, frozen until somebody learns them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.errors import ResolutionError
from referralgraph.resolve.model import Model, read_model, shipped_model

if TYPE_CHECKING:
    import duckdb

TABLES = ("person", "organisation")


@dataclass(frozen=True)
class Learned:
    """The models that a build uses: those of a folder, and where nothing was learned those that ship.

    :param folder: folder of the model files, None for the shipped models alone.
    """

    folder: Path | None = None

    @cached_property
    def models(self) -> Mapping[str, Model]:
        """The model of each table.

        :raises ResolutionError: for a file that is no model, or one of another version.
        """
        return {table: read_model(self._file(table, "json")) if self.is_learned(table) else shipped_model(table) for table in TABLES}

    def is_learned(self, table: str) -> bool:
        """Return whether the folder has a model of this table."""
        return self.folder is not None and self._file(table, "json").exists()

    def shares(self, table: str) -> Path | None:
        """Return the file of how common each value was when the model was learned, None for a shipped model.

        :raises ResolutionError: if the model is there and the file isn't.
        """
        if not self.is_learned(table):
            return None
        file = self._file(table, "parquet")
        if not file.exists():
            raise ResolutionError(f"{file} is missing and the model beside it needs it: run `referralgraph build --retrain`")
        return file

    @property
    def id(self) -> str:
        """Hash of what these models say, for knowing whether anything derived from them is still good."""
        told = [f"{table} {model.id} {self._digest(table)}" for table, model in self.models.items()]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def write(self, connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
        """Keep a learned model and the table ``..._share``; the model before it stays as ``.previous``."""
        if self.folder is None:
            raise ResolutionError("there is no folder to keep a model in")
        self.folder.mkdir(parents=True, exist_ok=True)
        table = model.table
        if self.is_learned(table):
            model = replace(model, version=read_version(self._file(table, "json")) + 1)
            for ending in ("json", "parquet"):
                if self._file(table, ending).exists():
                    self._file(table, ending).replace(self.folder / f"{table}.previous.{ending}")
        connection.sql(f"SELECT * FROM {table}_share ORDER BY part, value").write_parquet(
            str(self._file(table, "parquet")), compression="zstd"
        )
        fresh = self.folder / f".{table}.json"
        fresh.write_text(model.as_text(), encoding="utf-8")
        fresh.replace(self._file(table, "json"))
        return model

    def _digest(self, table: str) -> str:
        shares = self.shares(table)
        return "" if shares is None else hashlib.sha256(shares.read_bytes()).hexdigest()[:16]

    def _file(self, table: str, ending: str) -> Path:
        return (self.folder or Path()) / f"{table}.{ending}"


def read_version(file: Path) -> int:
    """Return the version of a model file, 0 if it can't be read: whatever it was, a new one takes its place."""
    try:
        return read_model(file).version
    except ResolutionError:
        return 0
