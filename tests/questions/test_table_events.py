"""Insolvency notices and a shareholder list as tables: what reaches the graph, and what goes to quarantine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

NOTICES = """court;number;company;opened
Testau;HRB 2;Birke Holz GmbH;2023-05-02
Testau;HRB 9999;Unbekannt GmbH;2023-05-02
Testau;HRB 1;Alder Werke GmbH;2031-01-01
"""
NOTICES_MAPPING = """[source]
name = "notices"
publisher = "the insolvency court"
licence = "none"
[organisation]
name = "company"
register_court = "court"
register_number = "number"
[event]
kind = { constant = "insolvency" }
date = "opened"
"""
SHARES = """owner;company;share
Paula Pan;Alder Werke GmbH;60
Quentin Quell;Alder Werke GmbH;70
Rita Rose;Alder Werke GmbH;130
"""
SHARES_MAPPING = """[source]
name = "shares"
publisher = "the register"
licence = "none"
[person]
full_name = "owner"
[organisation]
name = "company"
[shareholding]
share = "share"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory, town_in):
    """Bruno sits in Alder and Birke; a notice of the court names Birke by its register number."""
    folder = tmp_path_factory.mktemp("notices")
    town = town_in(folder)
    town.company("Alder Werke GmbH", town.officer("Bruno Birke"))
    town.company("Birke Holz GmbH", town.officer("Bruno Birke"))
    workspace = Workspace(folder / "workspace")
    town.load(workspace)
    loads = []
    for name, text, mapping in (("notices", NOTICES, NOTICES_MAPPING), ("shares", SHARES, SHARES_MAPPING)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        (folder / f"{name}.toml").write_text(mapping, encoding="utf-8")
        loads += load_files(workspace, source("table"), [folder / f"{name}.csv"], mapping=folder / f"{name}.toml",
                            retrieved_at=datetime(2024, 6, 30, tzinfo=UTC))  # fmt: skip
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    return ReferralGraph.open(workspace.folder), loads


def test_a_notice_meets_the_company_of_its_register_number(made):
    graph, _ = made
    (found,) = graph.risk(["Alder Werke GmbH"]).entries
    (link,) = found.links
    assert (link.person.name, link.organisation.name, link.event.kind, link.event.date) == (
        "Bruno Birke", "Birke Holz GmbH", "insolvency", "2023-05-02")  # fmt: skip
    assert (link.event.source.source, link.event.source.line) == ("notices", 2)


def test_an_event_of_a_number_that_nobody_knows_is_counted_as_reaching_nobody(made):
    graph, _ = made
    model = graph.risk(["Alder Werke GmbH"]).model
    assert (model.events, model.unlinked_events) == (2, 1)


def test_an_event_after_the_day_of_the_list_and_a_share_above_all_are_quarantined(made):
    _, loads = made
    reasons = " ".join(reason for load in loads for reason in load.reasons)
    assert [load.quarantined for load in loads] == [1, 1]
    assert "the date is after 2024-06-30" in reasons
    assert "not between 0 and 100" in reasons


def test_shares_that_contradict_each_other_are_named(made):
    """60 % and 70 % are 130 %: scaled to 46.2 and 53.8, and said so."""
    graph, _ = made
    answer = graph.ownership("Alder Werke GmbH")
    assert [(each.entity.name, round(each.low, 1)) for each in answer.owners] == [("Quentin Quell", 53.8), ("Paula Pan", 46.2)]
    assert [note.code for note in answer.notes] == ["contradictory"]
    assert sum(each.low for each in answer.owners) == pytest.approx(100)
