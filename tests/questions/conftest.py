"""A town of a dozen people as raw files, loaded and built once: small enough to work out every answer by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

STATED = datetime(2024, 6, 30, tzinfo=UTC)
Officer = tuple[str, str, str, str | None, str | None]
Card = tuple[str, str, str, str]


def officer(
    name: str,
    since: str | None = "2015-01-01",
    until: str | None = None,
    *,
    city: str = "Testau",
    role: str = "Geschäftsführer",
) -> Officer:
    return name, city, role, since, until


class Town:
    """Raw files of a made-up place; companies are numbered as they are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: list[ReferralGraph] = []
        self.lines: list[str] = []
        self.books: list[tuple[str, Path, str]] = []
        self.tables: list[tuple[str, Path, Path]] = []
        folder.mkdir(parents=True, exist_ok=True)

    officer = staticmethod(officer)

    def company(
        self, name: str, *officers: Officer, partner: str = "", removed: bool = False, fetched: str = "2024-06-30"
    ) -> None:
        """Add a company; `partner` is the number of the company that is its general partner."""
        number = len(self.lines) + 1
        rows: list[dict[str, object]] = []
        for who, city, role, since, until in officers:
            given, _, family = who.rpartition(" ")
            row = {
                "name": who,
                "position": role,
                "type": "person",
                "other_attributes": {"city": city, "firstname": given, "lastname": family},
            }
            rows.append(row | ({"start_date": since} if since else {}) | ({"end_date": until} if until else {}))
        if partner:
            rows.append(
                {
                    "name": f"Partner GmbH, Testau (Amtsgericht Testau HRB {partner}).",
                    "type": "company",
                    "position": "Persönlich haftender Gesellschafter",
                    "start_date": "2015-01-01",
                }
            )
        self.lines.append(
            json.dumps(
                {
                    "company_number": f"X0001_HRB{number}",
                    "name": name,
                    "jurisdiction_code": "de",
                    "officers": rows,
                    "current_status": "removed" if removed else "currently registered",
                    "retrieved_at": f"{fetched}T06:00:00Z",
                    "registered_address": f"Ring {number}, 00001 Testau.",
                    "all_attributes": {
                        "_registerArt": "HRB",
                        "_registerNummer": str(number),
                        "registrar": "Testau",
                        "native_company_number": f"Testau HRB {number}",
                        "registered_office": "Testau",
                    },
                },
                ensure_ascii=False,
            )
        )

    def contacts(self, owner: str, cards: Sequence[Card], *, visibility: str = "team") -> None:
        """Add a LinkedIn export: given name, family name, company, day."""
        path = self.folder / f"{owner}-{visibility}" / "Connections.csv"
        path.parent.mkdir()
        rows = [f"{given},{family},,,{company},,{day}" for given, family, company, day in cards]
        path.write_text(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + "\n".join(rows) + "\n",
            encoding="utf-8",
        )
        self.books.append((owner, path, visibility))

    def table(self, name: str, *lines: str, sections: str, owner: str) -> None:
        """Add a table of people, with a header that has Name and City, and what else its mapping says."""
        path, mapping = self.folder / f"{name}.csv", self.folder / f"{name}.toml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        mapping.write_text(
            f'[source]\nname = "{name}"\n[person]\nfull_name = "Name"\ncity = "City"\n{sections}\n', encoding="utf-8"
        )
        self.tables.append((owner, path, mapping))

    def load(self, workspace: Workspace) -> None:
        """Load the files in the order in which they are."""
        register = self.folder / "register.jsonl"
        register.write_text("\n".join(self.lines) + "\n", encoding="utf-8")
        load_files(workspace, source("offeneregister"), [register])
        for owner, path, visibility in self.books:
            load_files(workspace, source("linkedin"), [path], owner=owner, visibility=visibility, retrieved_at=STATED)

        for owner, path, listing in self.tables:
            load_files(workspace, source("table"), [path], owner=owner, mapping=listing, retrieved_at=STATED)

    def graph(self, me: str = "Me Myself", members: tuple[str, ...] = ("You There",)) -> ReferralGraph:
        """Load, build and open."""
        workspace = Workspace(self.folder / "workspace")
        change_team(workspace.settings_file, me=me, members=members)
        self.load(workspace)
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        self.opened.append(ReferralGraph.open(workspace.folder))
        return self.opened[-1]


def make_town(folder: Path) -> Town:
    """Return the town that most tests ask."""
    town = Town(folder)
    town.company("Alder Werke GmbH", officer("Anna Alder"), officer("Bruno Birke"))
    town.company("Birke Holz GmbH", officer("Bruno Birke"), officer("Clara Cramm"))
    town.company("Cramm Bau GmbH", officer("Clara Cramm"), officer("Dora Dohle", "2018-01-01"))
    town.company("Partner GmbH", officer("Emil Elster"), officer("Anna Alder"))
    town.company("Elster GmbH & Co. KG", officer("Paul Prokur", role="Prokurist"), partner="4")
    town.company("Leer AG")
    town.company("Falk Nord GmbH", officer("Fritz Falk"))
    town.company("Falk Süd GmbH", officer("Fritz Falk", city="Neustadt"))
    town.company("Insel GmbH", officer("Ida Insel"))
    town.company("Fern GmbH", officer("Frida Fern"), officer("Gerd Gans"))
    town.company("Damals GmbH", officer("Anna Alder", "2010-01-01", "2020-06-30"), officer("Hugo Horn", "2010-01-01"))
    town.contacts("Me Myself", [("Anna", "Alder", "Alder Werke", "01 May 2020")])
    town.contacts(
        "You There",
        [("Dora", "Dohle", "Cramm Bau GmbH", "01 May 2019"), ("Petra", "Privat", "Geheim Labor", "02 May 2019")],
        visibility="private",
    )
    return town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> ReferralGraph:
    """The town, opened for questions; tests only ask."""
    return make_town(tmp_path_factory.mktemp("town")).graph()


@pytest.fixture(scope="session")
def town_in() -> type[Town]:
    """The class of towns, for fixtures that make their own."""
    return Town


@pytest.fixture
def new_town(tmp_path: Path) -> Iterator[Town]:
    """An empty town; its graphs are closed behind the test: each holds eight terabytes of addresses, of which a process has 128."""
    town = Town(tmp_path / "town")
    yield town
    for each in town.opened:
        each.close()
