"""Random countries of hostile names with a planted chain: the chain is found, and every store says the same."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from tests.conformance.samples import HOSTILE, ask
from tests.conftest import Neo4jServer

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

CHAIN = ("Alva Planck", "Bero O'Chain`) Return 1 //", 'Cilia "}) Kette', "Dorn $id Ende")
MAPPING = """[source]
name = "random"
publisher = "nobody"
licence = "none"
key = ["key"]
[person]
name = "who"
city = "city"
[organisation]
name = "body"
kind = {constant = "committee"}
[mandate]
role = {constant = "member"}
since = "since"
until = "until"
"""


def rows(seed: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield members: forty people with names from everywhere in twenty bodies, and apart from them a chain of four in three bodies."""
    dice = random.Random(seed)
    texts = [text.replace("\x00", "0").replace("\n", " ")[:60] for text in HOSTILE]
    people = [f"{dice.choice(('Änne', 'Jörg', 'Zoë', 'Łucja'))} {dice.choice(texts)} {number}" for number in range(40)]
    bodies = [f"Kreis {number} {dice.choice(texts)}" for number in range(20)]
    for body in bodies:
        for who in dice.sample(people, dice.randrange(2, 6)):
            year = dice.randrange(2005, 2024)
            yield who, "Musterstadt", body, f"{year}-03-01", dice.choice(("", f"{year + 1}-05-31"))
    for left, right, body in zip(CHAIN, CHAIN[1:], ("Erstes Glied", "Zweites Glied", "Drittes Glied"), strict=False):
        yield left, "Kettenheim", body, "2015-01-01", ""
        yield right, "Kettenheim", body, "2016-01-01", ""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Workspace]:
    """Give the random country of a seed, loaded and built in an embedded store."""

    @cache
    def make(seed: int) -> Workspace:
        folder = tmp_path_factory.mktemp(f"random-{seed}")
        (folder / "map.toml").write_text(MAPPING, encoding="utf-8")
        with (folder / "members.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["key", "who", "city", "body", "since", "until"])
            writer.writerows([str(number), *row] for number, row in enumerate(rows(seed)))
        workspace = Workspace(folder / "workspace")
        change_team(workspace.settings_file, me="Mona Muster", members=(), organisation="Muster GmbH")
        load_files(workspace, source("table"), [folder / "members.csv"], mapping=folder / "map.toml",
                   retrieved_at=datetime(2026, 9, 30, tzinfo=UTC))
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        return workspace

    return make


@pytest.mark.parametrize("seed", [11, pytest.param(12, marks=pytest.mark.soak)])
def test_a_random_country_is_answered_alike(seed, made, emptied: Neo4jServer | None, tmp_path, monkeypatch, count):
    """The chain A-B-C-D is the only way between its ends; the three ties of its two-member bodies are the only ones there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copy = Workspace(shutil.copytree(made(seed).folder, tmp_path / "builder"))
    reference = ReferralGraph.open(made(seed).folder)
    if emptied is None:
        other = ReferralGraph.open(copy.folder)
    else:
        with emptied.credentials():
            store = open_store(copy, emptied.uri)
            build(copy, store, read_settings(copy.settings_file))
            store.close()
            shutil.rmtree(copy.folder)
            other = ReferralGraph(Context(open_store(Workspace(tmp_path / "empty"), emptied.uri), None))
    assert other.context.revision.id == reference.context.revision.id
    ways = reference.path([CHAIN[0]], [CHAIN[3]]).paths
    assert [[person.name for person in way.people] for way in ways] == [list(CHAIN)]
    names = reference.context.names
    everyone = sorted({each.id for text in ("kreis", "glied", "a", "o", "e") for each in names.find(text, limit=400)[0]})
    people = [each for each in everyone if each[0] == "p"]
    assert len(people) > 30
    dice = random.Random(seed)
    cases = [("path", {"sources": [CHAIN[0]], "targets": [CHAIN[3]]})]
    cases += [("path", {"sources": [dice.choice(people)], "targets": [dice.choice(people)], "k": 5}) for _ in range(40)]
    cases += [("show", {"entity": each, "identity": True}) for each in everyone]
    cases += [("network", {"entities": [each]}) for each in dice.sample(people, 5)]
    cases += [("find", {"text": text}) for text in HOSTILE]
    for question, case in cases:
        assert ask(other, question, case) == ask(reference, question, case), (question, case)
    count(len(cases))
    other.close()
    reference.close()
