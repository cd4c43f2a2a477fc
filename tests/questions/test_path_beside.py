"""What stands beside the paths of an answer: what was refused, who is nearest, and what an answer says when time runs out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from referralgraph.errors import DeadlineExceeded
from referralgraph.questions.context import Asked
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.graph import ReferralGraph

if TYPE_CHECKING:
    from conftest import Town

exactly = pytest.approx


def test_without_a_path_the_nearest_people_within_reach_are_told(town: ReferralGraph) -> None:
    """Me – Anna 0.3 – Bruno 0.9 – Clara 0.9 – Dora 0.9; two ties reach Bruno (0.27), two more lead to Dora (0.81)."""
    answer = town.path(["Me"], ["Dora Dohle"], max_ties=2)
    assert answer.paths == ()
    assert answer.beyond is not None
    assert answer.beyond.strength == exactly(0.2187)
    (near,) = answer.nearest
    assert (near.person.name, near.ties, near.ties_to_target) == ("Bruno Birke", 2, 2)
    assert (near.strength, near.strength_to_target) == (exactly(0.27), exactly(0.81))
    # 0.29 is more than the 0.27 of Bruno, not than the 0.3 of Anna
    (near,) = town.path(["Me"], ["Dora Dohle"], min_strength=0.29).nearest
    assert (near.person.name, near.ties, near.ties_to_target) == ("Anna Alder", 1, 3)
    assert town.path(["Me"], ["Dora Dohle"]).nearest == ()
    assert town.path(["Me"], ["Frida Fern"]).nearest == ()


def test_a_shorter_path_that_was_refused_is_told_behind_however_many_stronger_ones(new_town: Town) -> None:
    """Twenty-one ways of three ties (0.3 x 0.9 x 0.9) hide a fainter one of two by way of a man of 22 companies."""
    officer = new_town.officer
    for number in range(21):
        helper = f"Hilde Helfer{chr(97 + number)}"
        new_town.company(f"Nah {number} GmbH", officer("Anna Alder"), officer(helper))
        new_town.company(f"Fern {number} GmbH", officer(helper), officer("Zeno Ziel"))
        new_town.company(f"Vorrat {number} GmbH", officer("Viktor Vielfach"))
    new_town.company("Damals GmbH", officer("Viktor Vielfach", "2010-01-01", "2016-06-29"), officer("Zeno Ziel", "2010-01-01"))
    new_town.contacts(
        "Me Myself",
        [("Anna", "Alder", "Nah 0 GmbH", "01 May 2020"), ("Viktor", "Vielfach", "Vorrat 0 GmbH", "01 May 2020")])
    graph = new_town.graph(members=())
    graph.context.settings = graph.context.settings.model_copy(
        update={"introducer": graph.context.settings.introducer.model_copy(update={"most_bodies": 21})})
    answer = graph.path(["Me"], ["Zeno Ziel"], k=2)
    assert answer.paths[0].strength == exactly(0.243)
    refused = [[person.name for person in each.people] for each in answer.refused]
    assert ["Me Myself", "Viktor Vielfach", "Zeno Ziel"] in refused
    assert {each.because.code for each in answer.refused} == {"hub"}


def test_time_that_runs_out_is_an_error_or_said_and_what_is_told_is_right(demo_graph: ReferralGraph) -> None:
    """Whatever the time allowed, a line is answered as without a limit, or says that it isn't."""
    ids = [demo_graph.context.index.person(place) for place in range(0, len(demo_graph.context.index.person_ids), 9)][:120]
    whole = demo_graph.paths_each((), ids)
    one = demo_graph.path((), [ids[5]], k=3)
    for seconds in (1e-6, 0.002, 0.01, 0.03, 0.1, 60.0):
        try:
            answer = demo_graph.paths_each((), ids, timeout=seconds)
        except DeadlineExceeded:
            assert seconds < 60
        else:
            assert len(answer.entries) == len(ids)
            assert answer.complete == all(each.complete for each in answer.entries)
            for each, expected in zip(answer.entries, whole.entries, strict=True):
                if each.complete:
                    assert each == expected
                elif each.path is None:
                    assert each.nothing is not None
                    assert each.nothing.code == "no_time"
                else:
                    assert expected.path is not None
                    assert each.path.strength <= expected.path.strength
            assert answer.complete or seconds < 60
        try:
            single = demo_graph.path((), [ids[5]], k=3, timeout=seconds)
        except DeadlineExceeded:
            assert seconds < 60
        else:
            assert single == one if single.complete else seconds < 60


def test_every_reading_stops_at_the_deadline(demo_graph: ReferralGraph) -> None:
    """No time at all: names, people and evidence aren't read."""
    context = demo_graph.context.within(1e-9)
    with pytest.raises(DeadlineExceeded, match="--timeout"):
        context.people([context.index.person(0)])
    with pytest.raises(DeadlineExceeded):
        demo_graph.path((), [context.index.person(0)], timeout=1e-9)


def test_evidence_read_together_is_that_read_one_by_one(demo_graph: ReferralGraph) -> None:
    """The reasons, sources and identities of all ties of two hundred people's best paths, in both ways."""
    context, asked = demo_graph.context, Asked(demo_graph.viewer)
    people = [context.index.person(place) for place in range(0, len(context.index.person_ids), 5)][:200]
    answer = demo_graph.paths_each((), people)
    paths = [each.path for each in answer.entries if each.path is not None]
    assert len(paths) >= 5
    for path in paths:
        alone = Evidence(context, asked, context.filter(asked))
        assert path.ties == tuple(alone.tie(tie.from_, tie.to) for tie in path.ties)


def test_the_first_introduction_of_a_process_loads_nothing_heavy(demo_workspace: Path) -> None:
    """Neither a compiler nor data frames: loading them would take longer than the answer."""
    asked = (
        "import sys, referralgraph\n"
        f"graph = referralgraph.open({str(demo_workspace)!r})\n"
        "answer = graph.path((), ['Leonhard Vrederkamp, Ostermühl'])\n"
        "print(len(answer.paths) > 0, sorted({'numba', 'scipy', 'pyarrow', 'duckdb', 'pandas', 'splink'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, encoding="utf-8", check=True)
    assert told.stdout.split(maxsplit=1) == ["True", "[]\n"]
