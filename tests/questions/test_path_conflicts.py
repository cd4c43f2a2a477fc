"""Introducers in a conflict are marked with the ground, and a way without them is offered."""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.errors import SourceError
from referralgraph.questions.graph import ReferralGraph


@pytest.fixture(scope="module")
def graph(tmp_path_factory, town_in):
    """Me knows Anna and Bert. Anna sits with Zora since 2015; Bert sits with Zora since 2016, more faintly with a third.

    Anna's other firm went into liquidation on 1 February 2024; Bert sits at Rivale AG.
    """
    town = town_in(tmp_path_factory.mktemp("conflicts"))
    officer = town.officer
    town.company("Ziel GmbH", officer("Zora Ziel"), officer("Anna Alder"))
    town.company("Zweit GmbH", officer("Zora Ziel"), officer("Bert Buche"), officer("Carl Cron"))
    town.company(
        "Pleite GmbH", officer("Anna Alder", "2015-01-01", "2024-02-01"), officer("Lutz Ende", "2024-02-01", role="Liquidator")
    )
    town.company("Rivale AG", officer("Bert Buche"))
    town.contacts(
        "Me Myself",
        [
            (name.split()[0], name.split()[1], company, "01 May 2020")
            for name, company in (("Anna Alder", "Ziel"), ("Bert Buche", "Zweit"), ("Carl Cron", "Zweit"))
        ],
    )
    town.graph(members=()).close()
    return ReferralGraph.open(town.folder / "workspace")


def names(path):
    return [person.name for person in path.people]


def test_an_introducer_with_a_failed_firm_is_marked_and_a_way_without_him_shown(graph):
    answer = graph.path(targets=["Zora Ziel"], k=1)
    assert names(answer.paths[0]) == ["Me Myself", "Anna Alder", "Zora Ziel"]
    (mark,) = answer.conflicts
    assert (mark.person.name, mark.organisation.name, mark.kind, mark.current) == ("Anna Alder", "Pleite GmbH", "liquidation", False)
    assert {each.people[1].name for each in answer.without_conflicts} <= {"Bert Buche", "Carl Cron"}
    assert answer.without_conflicts


def test_before_the_failure_nothing_is_marked(graph):
    answer = graph.path(targets=["Zora Ziel"], k=1, as_of=date(2024, 1, 31))
    assert (answer.conflicts, answer.without_conflicts) == ((), ())


def test_who_sits_at_a_competitor_of_the_list_is_marked_too(graph, tmp_path):
    listed = tmp_path / "conflicts.csv"
    listed.write_text("Rivale AG;competitor\nNiemand GmbH\n", encoding="utf-8")
    answer = graph.path(targets=["Zora Ziel"], k=5, conflicts=listed)
    assert {(mark.person.name, mark.kind) for mark in answer.conflicts} == {
        ("Anna Alder", "liquidation"),
        ("Bert Buche", "competitor"),
    }
    assert [names(each) for each in answer.without_conflicts] == [["Me Myself", "Carl Cron", "Zora Ziel"]]
    assert [each.parameters["line"] for each in answer.unknown_conflicts] == [2]


def test_each_target_of_a_list_has_its_marks_and_its_way_round(graph, tmp_path):
    """Zora's best way is by Anna, whose firm failed; without her and Bert there is Carl. Carl himself is reached by nobody."""
    listed = tmp_path / "conflicts.csv"
    listed.write_text("Rivale AG;competitor\nNiemand GmbH\n", encoding="utf-8")
    answer = graph.paths_each(targets=["Zora Ziel", "Carl Cron", "Nobody Atall"], conflicts=listed)
    zora, carl, nobody = answer.entries
    assert names(zora.path) == ["Me Myself", "Anna Alder", "Zora Ziel"]
    assert [(mark.person.name, mark.kind) for mark in zora.conflicts] == [("Anna Alder", "liquidation")]
    assert names(zora.without_conflicts) == ["Me Myself", "Carl Cron", "Zora Ziel"]
    assert (names(carl.path), carl.conflicts, carl.without_conflicts) == (["Me Myself", "Carl Cron"], (), None)
    assert (nobody.path, nobody.conflicts) == (None, ())
    assert [each.parameters["line"] for each in answer.unknown_conflicts] == [2]


def test_the_mark_stands_on_the_page(graph):
    page = graph.path_network(graph.path(targets=["Zora Ziel"], k=1))
    marked = {node.name: node.conflicts for node in page.nodes if node.conflicts}
    assert marked == {"Anna Alder": ("linked to Pleite GmbH: liquidation since 2024-02-01",)}
    (firm,) = [node for node in page.nodes if node.name == "Pleite GmbH"]
    assert firm.flags == ("liquidation 2024-02-01",)


def test_a_list_that_is_not_there_is_refused(graph, tmp_path):
    with pytest.raises(SourceError):
        graph.path(targets=["Zora Ziel"], conflicts=tmp_path / "nothing.csv")
