"""Outcomes change ties by the stated rule, at once and undoably, rest who was asked too often, and give rates with intervals.

Me knows Anna (0.3, LinkedIn). Anna and Bruno run Alder together (0.9), Bruno and Clara run Birke (0.9): Me - Anna - Bruno 0.27, and
Clara 0.243. "Met" adds 0.5 to a tie: 1 - 0.1 x 0.5 = 0.95; "refused" halves it: 0.45; "strangers" takes it away.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date

import pytest

import referralgraph
from referralgraph.errors import NotFound, UsageError


@pytest.fixture(scope="module")
def built(tmp_path_factory, town_in):
    """The workspace, built once."""
    town = town_in(tmp_path_factory.mktemp("asking"))
    town.company("Alder Werke GmbH", town.officer("Anna Alder"), town.officer("Bruno Birke"))
    town.company("Birke Holz GmbH", town.officer("Bruno Birke"), town.officer("Clara Cramm"))
    town.company("Mord GmbH", town.officer("Moritz Mord"), town.officer("Clara Cramm", "2015-01-01", "2020-06-30"))
    town.contacts("Me Myself", [("Anna", "Alder", "Alder Werke GmbH", "01 May 2020")])
    graph = town.graph()
    graph.close()
    return graph.context.store.workspace.folder


@pytest.fixture
def asking(built, tmp_path):
    """A graph of its own, for judgements stay."""
    shutil.copytree(built, tmp_path / "workspace")
    graph = referralgraph.open(tmp_path / "workspace")
    yield graph
    graph.close()


def strength(graph, target, **limits):
    paths = graph.path([], [target], k=1, **limits).paths
    return paths[0].strength if paths else None


def test_each_word_changes_the_tie_by_its_rule_and_undo_brings_it_back(asking):
    assert strength(asking, "Bruno Birke") == pytest.approx(0.27)
    for word, tie in (("asked", 0.9), ("granted", 0.93), ("met", 0.95), ("business", 0.96), ("refused", 0.45)):
        made = asking.enter_outcome(word, "Anna Alder", "Bruno Birke")
        assert strength(asking, "Bruno Birke") == pytest.approx(0.3 * tie), word
        undo = asking.undo_outcome(made)
        assert strength(asking, "Bruno Birke") == pytest.approx(0.27)
        asking.undo_outcome(undo)  # to undo the undo brings it back
        assert strength(asking, "Bruno Birke") == pytest.approx(0.3 * tie)
        asking.undo_outcome(made)
    asking.enter_outcome("strangers", "Anna Alder", "Bruno Birke")
    assert strength(asking, "Bruno Birke") is None


def test_the_newest_decides_and_stands_among_the_reasons(asking):
    asking.enter_outcome("refused", "Anna Alder", "Bruno Birke", at=date(2024, 7, 1))
    asking.enter_outcome("met", "Anna Alder", "Bruno Birke", at=date(2024, 8, 1), note="at the fair")
    asking.enter_outcome("asked", "Anna Alder", "Bruno Birke", at=date(2024, 9, 1))
    tie = asking.path([], ["Bruno Birke"], k=1).paths[0].ties[1]
    assert tie.strength == pytest.approx(0.95)
    assert [each.kind for each in tie.reasons] == ["shared_mandate", "outcome"]
    assert tie.reasons[1].text == "Me Myself, 2024-08-01: met (at the fair)"
    assert strength(asking, "Bruno Birke", as_of=date(2024, 7, 15)) == pytest.approx(0.3 * 0.45, rel=0.05)


def test_it_holds_under_filters_and_never_makes_a_tie(asking):
    """Moritz and Clara parted in 2020: under current_only there is no tie, whatever came of asking him."""
    asking.enter_outcome("met", "Moritz Mord", "Clara Cramm")
    found = asking.path(["Clara Cramm"], ["Moritz Mord"], k=1)
    assert found.paths[0].strength > 0.5
    assert asking.path(["Clara Cramm"], ["Moritz Mord"], k=1, current_only=True).paths == ()
    with pytest.raises(NotFound, match="nothing in the data ties"):
        asking.enter_outcome("met", "Moritz Mord", "Anna Alder")


def test_whoever_was_asked_four_times_this_quarter_rests(asking):
    for day in (1, 8, 15):
        asking.enter_outcome("asked", "Anna Alder", "Bruno Birke", at=date(2024, 7, day))
    assert strength(asking, "Bruno Birke") == pytest.approx(0.27)
    asking.enter_outcome("asked", "Anna Alder", "Bruno Birke", at=date(2024, 7, 22))
    answer = asking.path([], ["Bruno Birke"], k=1)
    assert answer.paths == ()
    because = answer.refused[0].because
    assert (because.code, because.parameters) == ("load", {"asked": 4, "limit": 4, "until": "2024-10-01"})
    assert "asked 4 times this quarter" in because.text
    assert strength(asking, "Bruno Birke", as_of=date(2024, 10, 1)) == pytest.approx(0.27, rel=0.05)
    (load,) = asking.outcomes().loads
    assert (load.asked, load.open, load.rests.code) == (4, 1, "load")


def test_rates_are_told_once_there_are_enough(asking):
    """One of four is granted: too few for a rate. With a fifth, two of five: Wilson's interval is 0.118 to 0.769."""
    anna, bruno, clara = "Anna Alder", "Bruno Birke", "Clara Cramm"
    pairs = [(anna, bruno), (bruno, clara), (clara, bruno), (bruno, anna)]
    for place, (one, other) in enumerate(pairs):
        asking.enter_outcome("asked", one, other, at=date(2024, 7, 1))
        asking.enter_outcome("granted" if place == 0 else "refused", one, other, at=date(2024, 7, 2))
    (rate,) = asking.outcomes().by_kind
    assert (rate.group, rate.requests, rate.decided, rate.granted, rate.rate) == ("shared_mandate", 4, 4, 1, None)
    asking.enter_outcome("business", "Clara Cramm", "Moritz Mord", at=date(2024, 7, 3))
    (rate,) = asking.outcomes().by_kind
    assert (rate.decided, rate.granted, rate.rate) == (5, 2, pytest.approx(0.4))
    assert (rate.low, rate.high) == (pytest.approx(0.1176, abs=1e-3), pytest.approx(0.7693, abs=1e-3))
    by_strength = {each.group: each.decided for each in asking.outcomes().by_strength}
    assert by_strength["0.8–1.0"] == 4


def test_who_has_requests_open_is_no_multiplier(asking):
    assert [each.person.name for each in asking.multipliers(["Bruno Birke"], max_open=1).multipliers] == ["Anna Alder"]
    asking.enter_outcome("asked", "Anna Alder", "Bruno Birke")
    answer = asking.multipliers(["Bruno Birke"], max_open=1)
    assert [(each.person.name, each.because.code) for each in answer.not_chosen] == [("Anna Alder", "open_requests")]
    asking.enter_outcome("granted", "Anna Alder", "Bruno Birke")
    assert len(asking.multipliers(["Bruno Birke"], max_open=1).multipliers) == 1


def test_another_process_sees_it_and_a_new_build_keeps_it(asking):
    asking.enter_outcome("strangers", "Anna Alder", "Bruno Birke")
    workspace = asking.context.store.workspace.folder
    command = [sys.executable, "-m", "referralgraph.cli", "--workspace", str(workspace)]
    asked = [*command, "path", "--to", "Bruno Birke", "--format", "json"]
    assert '"paths": []' in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    subprocess.run([*command, "build"], check=True, capture_output=True)
    assert referralgraph.open(workspace).path([], ["Bruno Birke"]).paths == ()


def test_what_can_not_be_meant_is_refused(asking):
    with pytest.raises(UsageError, match="no outcome 'happy'"):
        asking.enter_outcome("happy", "Anna Alder", "Bruno Birke")
    with pytest.raises(UsageError, match="himself"):
        asking.enter_outcome("met", "Anna Alder", "Anna Alder")
    with pytest.raises(NotFound, match="outcome list"):
        asking.undo_outcome("j-00000000000000000000")
