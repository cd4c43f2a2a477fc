"""A copy of the demo country, in which tests may decide what they like; and small lists of people of one's own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

MAPPING = """
[source]
name = "list"
publisher = "a list"
licence = "none"
key = ["nr"]

[person]
given_name = "given"
family_name = "family"
birth_date = { column = "born", optional = true, unreadable = "leave_out" }
city = "city"
emails = { column = "email", optional = true }

[organisation]
name = "body"

[mandate]
role = { constant = "member" }
since = { constant = "2020-01-01" }
"""


def build_again(folder: Path, *, retrain: bool = False) -> None:
    """Build a workspace."""
    workspace = Workspace(folder)
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file), retrain=retrain)
    store.close()


class People:
    """A workspace with lists of people and the bodies they sit in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loads = 0

    def load(self, rows: list[tuple[str, ...]]) -> None:
        """Load rows of number, given name, family name, birth date, city, body and e-mail."""
        self.loads += 1
        self.folder.mkdir(exist_ok=True)
        mapping, table = self.folder / "list.toml", self.folder / f"list{self.loads}.csv"
        mapping.write_text(MAPPING, encoding="utf-8")
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("nr", "given", "family", "born", "city", "body", "email"))
            writer.writerows((*row, *[""] * (7 - len(row))) for row in rows)
        load_files(Workspace(self.folder / "workspace"), source("table"), [table], mapping=mapping)

    def build(self, *, retrain: bool = False) -> None:
        build_again(self.folder / "workspace", retrain=retrain)

    def graph(self) -> ReferralGraph:
        return ReferralGraph.open(self.folder / "workspace", viewer="Mara")

    def entities(self) -> dict[str, str]:
        """Return the entity of each row by its number."""
        from referralgraph.build.export import export_tables

        files = dict(export_tables(Workspace(self.folder / "workspace"), "records", self.folder / "export", "csv"))
        person = next(file for file in files if file.stem == "person")
        with person.open(encoding="utf-8", newline="") as stream:
            return {row["source_key"]: row["entity_id"] for row in csv.DictReader(stream) if row["source"] == "list"}


@pytest.fixture
def rebuild() -> Callable[[Path], None]:
    """Give the function that builds a workspace again."""
    return build_again


@pytest.fixture
def people(tmp_path: Path) -> Callable[[str], People]:
    """Give workspaces by name."""
    return lambda name="people": People(tmp_path / name)


@pytest.fixture
def country(demo_workspace: Path, tmp_path: Path) -> Path:
    """Give a copy of the built demo country."""
    folder = tmp_path / "country"
    shutil.copytree(demo_workspace, folder)
    return folder
