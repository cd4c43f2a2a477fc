"""What was compared before: a build compares only what is new with what is there.

The weight of a pair depends on nothing but the two records, the model and the comparing code. So beside the model there is kept: a
digest of each record, the keys by which it meets others, and the pairs that were weighed high enough to matter. A later build adds a
*part* with what is new and the names of what is gone; a part is written beside the others and counts once it has its name. Each
says the hash of its files and of the part before it: if one is damaged, missing or of another line, nothing of them is used. Now and
then all of it is written anew as one part. A run that uses what is kept gives what a run without it gives. No names are kept, only
record ids, hashes and weights.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

FILES = ("record", "gone", "key", "pair", "dropped")
_MOST_PARTS = 12
_TOLD = "part.json"
_PACKAGE = "referralgraph.resolve"


@dataclass(frozen=True)
class Compared:
    """What earlier builds compared.

    :param folder: where it is kept.
    :param models: id of the models and their shares.
    """

    folder: Path
    models: str

    def kept(self, table: str, limit: int) -> Kept:
        """Return what is kept of one table under these models and this code, nothing if it can't be trusted.

        :param limit: how many records may share a key of one attribute; with another one all keys change.
        """
        of = f"{self.models} {comparing_code()} {limit}"
        folder = self.folder / f"{table}-{hashlib.sha256(of.encode()).hexdigest()[:16]}"
        for old in self.folder.glob(f"{table}-*"):
            if old != folder:
                shutil.rmtree(old)
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob(".*"):
            shutil.rmtree(unfinished)
        return Kept(folder, _trusted(folder))


@dataclass(frozen=True)
class Part:
    """One part: its folder, the numbers of records from which on the next part may count, its rows, and the hash of what it says."""

    folder: Path
    next: int
    rows: int
    base: bool
    id: str


@dataclass(frozen=True)
class Kept:
    """The parts that are kept of one table, in their order; without parts nothing was compared before."""

    folder: Path
    parts: tuple[Part, ...]

    @property
    def next(self) -> int:
        """The first number that no record has had yet."""
        return self.parts[-1].next if self.parts else 0

    @property
    def number(self) -> int:
        """Number of the part that comes next, greater than that of any part, trusted or not."""
        return 1 + max((int(each.name) for each in self.folder.glob("[0-9]*")), default=0)

    @property
    def fresh(self) -> Path:
        """Folder in which the next part is made."""
        return self.folder / f".{self.number:08}"

    def files(self, name: str) -> list[str]:
        """Return the files of one of ``FILES``, those of the parts in their order."""
        return [str(each.folder / f"{name}.parquet") for each in self.parts]

    def wants_base(self, rows: int) -> bool:
        """Say whether everything should be written anew.

        :param rows: that the next part would have.
        """
        if not self.parts:
            return True
        later = sum(each.rows for each in self.parts[1:]) + rows
        return len(self.parts) >= _MOST_PARTS or 2 * later > self.parts[0].rows

    def commit(self, *, next_number: int, rows: int, base: bool) -> None:
        """Let the part that was made count; with a base, those before it are deleted."""
        made = self.fresh
        told = {
            "files": {name: _hash(made / f"{name}.parquet") for name in FILES},
            "before": "" if base else self.parts[-1].id,
            "next": next_number,
            "rows": rows,
            "base": base,
        }
        (made / _TOLD).write_text(json.dumps(told, indent=1), encoding="utf-8")
        made.rename(self.folder / made.name.removeprefix("."))
        if base:
            for old in self.folder.glob("[0-9]*"):
                if old.name != made.name.removeprefix("."):
                    shutil.rmtree(old)


def _trusted(folder: Path) -> tuple[Part, ...]:
    """Return the parts from the last base on, none if any of them isn't as it was written."""
    parts: list[Part] = []
    before = ""  # what the part that comes after says of this one
    try:
        for each in sorted(folder.glob("[0-9]*"), reverse=True):
            text = (each / _TOLD).read_text(encoding="utf-8")
            told = json.loads(text)
            part = Part(each, int(told["next"]), int(told["rows"]), bool(told["base"]), hashlib.sha256(text.encode()).hexdigest())
            if any(_hash(each / f"{name}.parquet") != told["files"][name] for name in FILES):
                return ()
            if parts and before != part.id:
                return ()
            before = str(told["before"])
            parts.append(part)
            if part.base:
                return tuple(reversed(parts))
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return ()


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def comparing_code() -> str:
    """Return the hash of everything besides records and model that an outcome depends on: our code, and DuckDB, whose hash we keep."""
    import duckdb

    digest = hashlib.sha256(duckdb.__version__.encode())
    for package in (_PACKAGE, "referralgraph.records"):
        for file in sorted(resources.files(package).iterdir(), key=lambda each: each.name):
            if file.name.endswith((".py", ".sql", ".toml")):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
