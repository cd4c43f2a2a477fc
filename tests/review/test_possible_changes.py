"""Every answer says which undecided identity would make it another one, and what it would say then.

Annegret Tilsenbruck (with Gerlind Uferlohn in Tilsenbruck Wohnbau, strength 0.9) and Annegret Vossmerg (with Ruthard Kanalwiese in
Vossmerg Immobilien, 0.9) are the one possible pair of the demo country. As one she sits in both bodies: Gerlind reaches Ruthard by
0.9 x 0.9 = 0.81, each Annegret reaches the other's colleague by 0.9, and the two boards have her in common.
"""

from __future__ import annotations

import html
import time
import typing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from referralgraph import answers
from referralgraph.answers import PossibleChange
from referralgraph.answers.base import Answer
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.findings import findings
from referralgraph.questions.graph import ReferralGraph
from referralgraph.questions.path import PathLimits, find_paths
from referralgraph.questions.possible import with_possible
from referralgraph.render.account_page import write_account_page
from referralgraph.render.board_page import write_evidence_page

OURS, THEIRS = "Tilsenbruck Wohnbau GmbH", "Vossmerg Immobilien GmbH"
GERLIND, RUTHARD = "Gerlind Uferlohn", "Ruthard Kanalwiese"
Change = tuple[str, float | str | None, float | str | None]
QUESTIONS: dict[str, tuple[Callable[[ReferralGraph], typing.Any], Change]] = {
    "path": (lambda graph: graph.path([GERLIND], [RUTHARD]), ("the best introduction", None, 0.81)),
    "paths_each": (lambda graph: graph.paths_each([GERLIND], [RUTHARD]), (RUTHARD, None, 0.81)),
    "boards": (
        lambda graph: graph.boards([OURS], [THEIRS]),
        (f"Annegret Tilsenbruck in both boards ({THEIRS})", None, 1.0),
    ),
    "interlocks": (lambda graph: graph.boards([OURS]), (f"people in common with {THEIRS}", None, 1)),
    "dependence": (lambda graph: graph.dependence([RUTHARD], sources=[GERLIND]), ("targets within reach", 0, 1)),
    "breadth": (lambda graph: graph.breadth([OURS]), (f"companies that those of {OURS} reach", 0, 1)),
    "network": (lambda graph: graph.network([OURS]), (f"Annegret Tilsenbruck – {THEIRS}", None, "managing director")),
}


@pytest.fixture(scope="module")
def graph(demo_workspace: Path) -> typing.Iterator[ReferralGraph]:
    opened = ReferralGraph.open(demo_workspace)
    yield opened
    opened.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_says_what_would_change(graph: ReferralGraph, question: str) -> None:
    ask, (what, now, then) = QUESTIONS[question]
    (change,) = ask(graph).possible
    assert {change.one.name, change.other.name} == {"Annegret Tilsenbruck", "Annegret Vossmerg"}
    assert 0 < change.probability < 1
    told = {each.what: (each.now, each.then) for each in change.changes}
    assert what in told, told
    assert told[what][0] == now
    assert told[what][1] == (pytest.approx(then) if isinstance(then, float) else then)
    assert "Annegret Vossmerg, Ostermühl" in change.text


def on_page(folder: Path, write: Callable[[Path], None], change: PossibleChange) -> bool:
    """Whether the page says before all else what may be one."""
    write(folder / "page.html")
    notes = (folder / "page.html").read_text(encoding="utf-8").partition('class="notes"')[2].partition("</aside>")[0]
    return change.text in html.unescape(notes)


def test_the_sheet_of_evidence_for_a_pair_says_it_too(graph: ReferralGraph, tmp_path: Path) -> None:
    answer = graph.path([GERLIND], [RUTHARD])
    assert on_page(tmp_path, lambda file: write_evidence_page(answer, file, GERLIND, RUTHARD), answer.possible[0])


def test_an_answer_that_stays_the_same_says_nothing(graph: ReferralGraph) -> None:
    """That Annegret may be two changes nothing in the way from Gerlind to the Annegret beside her."""
    assert not graph.path([GERLIND], ["Annegret Tilsenbruck"]).possible
    assert not graph.path(["Me"], ["Leonhard Vrederkamp, Ostermühl"]).possible


def test_where_no_time_is_left_the_answer_says_that_they_were_not_tried(graph: ReferralGraph) -> None:
    """A question that takes all its time is not asked again: nothing is told as changed, and that is said."""

    def slow(context: Context, asked: Asked) -> answers.PathAnswer:
        time.sleep(asked.timeout or 0.0)
        return find_paths(context, replace(asked, timeout=None), [GERLIND], [RUTHARD], PathLimits())

    answer = with_possible(graph.context, Asked("Me", None, 0.05), slow)
    assert not answer.possible
    assert [each.code for each in answer.question.notes] == ["possible_untried"]
    assert graph.path([GERLIND], [RUTHARD]).question.notes == ()


def test_what_is_decided_is_possible_no_more(country: Path) -> None:
    graph = ReferralGraph.open(country)
    pair = graph.review().pairs[0]
    for same in (False, True):
        graph.judge(pair.one.record_id, pair.other.record_id, same=same)
        for ask, _ in QUESTIONS.values():
            assert not ask(graph).possible
        assert not graph.show("Annegret Tilsenbruck, Ostermühl").waiting
    graph.close()


def test_show_says_that_somebody_may_be_another_without_being_asked(graph: ReferralGraph) -> None:
    shown = graph.show("Annegret Vossmerg")
    assert [each.parameters["probability"] for each in shown.waiting] == [pytest.approx(0.5, abs=0.49)]
    assert "Annegret Tilsenbruck" in shown.waiting[0].text
    assert not shown.records


def test_every_answer_that_may_be_told_another_has_findings() -> None:
    """An answer with the field, and no word what it says, would be compared with nothing."""
    told = [
        each
        for each in vars(answers).values()
        if isinstance(each, type) and issubclass(each, Answer) and "PossibleChange" in str(each.model_fields.get("possible"))
    ]
    assert len(told) >= 9
    assert {each for each in told if each not in findings.registry} == set()
    assert PossibleChange not in findings.registry


def test_an_account_says_who_of_its_stakeholders_may_be_one(country: Path, tmp_path: Path) -> None:
    """Both Annegrets are entered as stakeholders; as one they are one stakeholder less. Decided, they are, and nothing is possible."""
    graph = ReferralGraph.open(country)
    graph.accounts.desk("Mara Wiesentau").open_account("Wohnbau", organisations=[OURS, THEIRS])
    for name in ("Annegret Tilsenbruck", "Annegret Vossmerg"):
        graph.accounts.assess("Wohnbau", f"{name}, Ostermühl", role="decision-maker", by="Mara Wiesentau")
    answer = graph.account("Wohnbau")
    (change,) = answer.possible
    assert ("stakeholders", 2, 1) in {(each.what, each.now, each.then) for each in change.changes}
    assert on_page(tmp_path, lambda file: write_account_page(answer, file), change)
    pair = graph.review().pairs[0]
    graph.judge(pair.one.record_id, pair.other.record_id, same=True)
    answer = graph.account("Wohnbau")
    assert len(answer.stakeholders) == 1
    assert not answer.possible
    graph.close()
