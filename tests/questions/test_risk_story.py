"""The planted neighbourhood of the fictional country, by the answer that docs/demo.md works out by hand."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from referralgraph.demo import story
from referralgraph.questions.graph import ReferralGraph


def test_falkenstieg_sits_beside_one_recent_event(demo_graph: ReferralGraph) -> None:
    """Kranbau (30 November 2023) and Montage (15 January 2024) are 46 days apart and of one name: one event, one vote.

    Hydraulik (10 May 2023) lies 1,239 days before 30 September 2026: stale. 0.47 by his identity is all there is.
    """
    (found,) = demo_graph.risk([story.BAULOGISTIK.name]).entries
    assert [
        (link.organisation.name, link.event.date, link.adds_nothing.code if link.adds_nothing else None) for link in found.links
    ] == [
        ("Falkenstieg Montage UG (haftungsbeschränkt) i.L.", "2024-01-15", None),
        ("Falkenstieg Kranbau GmbH i.L.", "2023-11-30", "same_event"),
    ]
    assert [(each.organisation.name, each.because.code) for each in found.silent if each.organisation] == [
        ("Falkenstieg Hydraulik GmbH i.L.", "stale")
    ]
    identity = found.links[0].person.identity
    odds = 0.03 / 0.97 * math.exp(0.47 * identity)
    assert found.times == pytest.approx(odds / (1 + odds) / 0.03)
    assert found.log_odds == pytest.approx(0.47 * identity)


def test_the_liquidator_of_fifty_firms_flags_none_of_them(demo_graph: ReferralGraph) -> None:
    for number in (1, 20, 47):
        (found,) = demo_graph.risk([f"Kehrwieder Restabwicklung {number} GmbH i.L."]).entries
        assert (found.verdict, found.links) == ("no_data", ())
        assert [(each.person.name, each.because.code) for each in found.silent] == [("Edeltraud Kehrwieder", "hub")]


def test_the_group_of_seven_is_one_event(demo_graph: ReferralGraph) -> None:
    """Each of the seven sees the other six, wound up on its own day: one vote."""
    (found,) = demo_graph.risk(["Brückenhain Holding GmbH i.L."]).entries
    assert len(found.links) == 6
    assert sum(link.adds_nothing is None for link in found.links) == 1
    assert found.own_events[0].date == "2024-03-15"


def test_the_command_line_says_the_same_in_three_forms(demo_workspace: Path) -> None:
    """JSON by its schema, CSV with a row a link, a table with the reason; in German too."""

    def told(*more: str) -> str:
        arguments = [
            sys.executable,
            "-m",
            "referralgraph.cli",
            "--workspace",
            str(demo_workspace),
            "risk",
            story.BAULOGISTIK.name,
            *more,
        ]
        environment = {**os.environ, "COLUMNS": "300"}
        return subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", check=True, env=environment).stdout

    answer = json.loads(told("--format", "json"))
    assert answer["entries"][0]["verdict"] == "evidence"
    assert len(told("--format", "csv").splitlines()) == 3
    assert "1.6 times its peers, because Gunther Falkenstieg" in told()
    assert "1,6-mal so wahrscheinlich wie bei vergleichbaren, weil: Gunther Falkenstieg" in told("--lang", "de")


@pytest.mark.parametrize(
    "arguments", [["risk", "fit"], ["risk", "x", "--outcomes", "y.csv"], ["risk", "x", "--because", "y"], ["risk", "withdraw"]]
)
def test_words_that_don_t_belong_together_are_refused(demo_workspace: Path, arguments: list[str]) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "referralgraph.cli", "--workspace", str(demo_workspace), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
