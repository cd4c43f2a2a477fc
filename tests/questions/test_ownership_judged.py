"""Who is one owner is a question of identity: judgements about it change effective shares at once, as the next build has them.

Mira Sandkuhl holds 30 % of X as one register names her, and all of Y, which holds 30 % of X, as another does: two records that nothing
proves to be one person. Tom Birkenau holds 10 % of X. As one person Mira holds 60 % of X and controls it.
"""

from __future__ import annotations

import json
import shutil

import pytest
from tests.loaders.bods_statements import PARTIES, holds, human, interest

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

TWO = {"Mira Sandkuhl": [30.0, 30.0], "Tom Birkenau": [10.0]}
ONE = {"Mira Sandkuhl": [60.0], "Tom Birkenau": [10.0]}


def rebuilt(folder):
    workspace = Workspace(folder)
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    return ReferralGraph.open(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The workspace, built once."""
    folder = tmp_path_factory.mktemp("owners")
    statements = [
        *PARTIES,
        human("p2", "Mira Sandkuhl"),
        holds("r1", "x", "p", interest({"exact": 30})),
        holds("r2", "x", "y", interest({"exact": 30})),
        holds("r3", "y", "p2", interest({"exact": 100})),
        holds("r4", "x", "q", interest({"exact": 10})),
    ]
    (folder / "statements.json").write_text(json.dumps(statements))
    load_files(Workspace(folder / "workspace"), source("bods"), [folder / "statements.json"])
    rebuilt(folder / "workspace").close()
    return folder / "workspace"


@pytest.fixture
def folder(built, tmp_path):
    """A copy in which a test may decide what it likes."""
    return shutil.copytree(built, tmp_path / "workspace")


def owners(graph):
    """Return what reaches each owner of X, by name."""
    found = {}
    for each in graph.ownership("Erlenbach Optik Ltd").owners:
        found.setdefault(each.entity.name, []).append(each.low)
    return found


def controlling(graph):
    return [each.entity.name for each in graph.ownership("Erlenbach Optik Ltd").owners if each.control == "controls"]


def ids(graph):
    return sorted({each.entity.id for each in graph.ownership("Erlenbach Optik Ltd").owners if each.entity.name == "Mira Sandkuhl"})


def test_owners_judged_to_be_one_person_hold_together_at_once(folder):
    graph = ReferralGraph.open(folder)
    assert owners(graph) == TWO
    assert controlling(graph) == []
    judged = graph.judge(*ids(graph), same=True, by="Anna Weber").judgements[0]
    assert owners(graph) == ONE
    assert controlling(graph) == ["Mira Sandkuhl"]
    (mira,) = ids(graph)
    assert {each.entity.name: each.low for each in graph.ownership(mira).held} == {
        "Erlenbach Optik Ltd": 60.0,
        "Weidengrund Holding Ltd": 100.0,
    }
    graph.undo_identity(judged, by="Anna Weber")
    assert owners(graph) == TWO
    graph.judge(*ids(graph), same=True, by="Anna Weber")
    graph.close()
    graph = rebuilt(folder)
    assert owners(graph) == ONE
    graph.close()


def test_an_owner_taken_apart_is_two_at_once(folder):
    graph = ReferralGraph.open(folder)
    graph.judge(*ids(graph), same=True, by="Anna Weber")
    graph.close()
    graph = rebuilt(folder)
    (mira,) = ids(graph)
    (record,) = {row["holder_record"] for row in graph.context.store.read("read/shareholdings_of_person", [{"id": mira}])
                 if row["organisation"] == graph.show("Weidengrund Holding Ltd").id}
    graph.take_apart(mira, [record], by="Anna Weber")
    assert owners(graph) == TWO
    assert controlling(graph) == []
    graph.close()
    graph = rebuilt(folder)
    assert owners(graph) == TWO
    graph.close()
