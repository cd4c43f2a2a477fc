"""A private contact is its owner's: nobody else sees it, its person, its company or its count, in any answer.

You There knows Dora Dohle (in the register) and Petra Privat of Geheim Labor (in nobody else's book), both privately.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from referralgraph.build import build
from referralgraph.errors import NotFound
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

MINE, OTHERS = "You There", ["Me Myself", None, "Somebody Else"]


def test_the_owner_is_introduced_by_his_own_contact(town: ReferralGraph) -> None:
    """0.3, directly, marked as private."""
    best = town.path((), ["Dora Dohle"], viewer=MINE).paths[0]
    assert [person.name for person in best.people] == ["You There", "Dora Dohle"]
    assert best.strength == pytest.approx(0.3)
    assert best.ties[0].reasons[0].visibility == "private"


@pytest.mark.parametrize("viewer", OTHERS)
def test_nobody_else_sees_it_in_an_answer(town: ReferralGraph, viewer: str | None) -> None:
    """Neither the tie nor the contact's line nor who or what stands only there."""
    graph = ReferralGraph(town.context, viewer)
    graph.viewer = viewer
    path = graph.path(["Me Myself", MINE], ["Dora Dohle"])
    assert all(person.name != MINE or path.people[1].name != "Dora Dohle" for path in path.paths for person in path.people[:1])
    for answer in (
        path,
        graph.show("Dora Dohle", identity=True),
        graph.show(MINE),
        graph.network([MINE]),
        graph.network(["Dora Dohle"]),
        graph.path_network(path),
        graph.find("Petra Privat"),
        graph.find("Petra"),
    ):
        told = answer.model_dump_json(exclude={"question"})
        assert "private" not in told
        assert "Petra" not in told


@pytest.mark.parametrize("viewer", OTHERS)
def test_who_stands_only_in_it_is_not_there_for_others(town: ReferralGraph, viewer: str | None) -> None:
    """Petra can't be found, shown, asked for by name or by id; her owner can do all of that."""
    mine = ReferralGraph(town.context, MINE)
    petra = mine.find("Petra Privat").candidates[0]
    assert mine.show(petra.id).name == "Petra Privat"
    graph = ReferralGraph(town.context, viewer)
    graph.viewer = viewer
    assert graph.find("Petra Privat").candidates == ()
    for text in ("Petra Privat", petra.id):
        with pytest.raises(NotFound):
            graph.show(text)
        with pytest.raises(NotFound):
            graph.path(["Me Myself"], [text])
    assert "Petra" not in graph.show("Geheim Labor").model_dump_json()


def test_counts_and_the_graph_leave_private_contacts_out(town: ReferralGraph) -> None:
    """Dora has one connection that everybody may see, Cramm Bau; TIE knows no tie of You There but to colleagues."""
    assert town.find("Dora Dohle").candidates[0].connections == 1
    stages = Path(town.context.store.index_folder()).parents[2] / "stages"
    ties = pq.read_table(next(stages.glob("ties-*/tie.parquet"))).to_pylist()
    mine = town.context.team[MINE]
    assert [row["kinds"] for row in ties if mine in (row["from"], row["to"])] == [["colleague"]]


def test_what_only_a_private_address_book_says_is_no_attribute_of_a_public_person(new_town: Any) -> None:
    """Dora's birthday and title stand on You There's private card alone; her page is that of the register."""
    new_town.company("Cramm Bau GmbH", new_town.officer("Dora Dohle"), new_town.officer("Clara Cramm"))
    workspace = Workspace(new_town.folder / "workspace")
    change_team(workspace.settings_file, me="Me Myself", members=(MINE,))
    new_town.load(workspace)
    card = new_town.folder / "private.vcf"
    about = ("N:Dohle;Dora;;Dr.;", "FN:Dr. Dora Dohle", "BDAY:1971-02-03", "ORG:Cramm Bau GmbH")
    lines = ("BEGIN:VCARD", "VERSION:3.0", *about, "END:VCARD")
    shown = []
    for private in (False, True):
        if private:
            card.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
            load_files(workspace, source("vcard"), [card], owner=MINE, visibility="private")
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))
        store.close()
        graph = ReferralGraph.open(workspace.folder, viewer="Me Myself")
        answer = graph.show("Dora Dohle, Testau")
        shown.append(answer.model_dump_json(include={"name", "attributes", "links", "events"}))
        assert "1971" not in answer.model_dump_json()
        assert "birth_date" not in answer.attributes
        graph.close()
    assert shown[0] == shown[1]
    graph = ReferralGraph.open(workspace.folder, viewer=MINE)
    told = graph.show("Dora Dohle, Testau", identity=True)
    assert [record.source.source for record in told.records if record.source.source == "vcard"] == ["vcard"]
    assert any(link.visibility == "private" for link in told.links)
    graph.close()
