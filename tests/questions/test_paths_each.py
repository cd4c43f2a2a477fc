"""The best introduction to each target of a list, against one question a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from referralgraph.errors import NotFound
from referralgraph.questions.graph import ReferralGraph


def test_each_line_of_a_list_has_its_own_answer(town: ReferralGraph, tmp_path: Path) -> None:
    """Clara is on the way to Dora and a target too; a company, a stranger, two namesakes, one of us, nobody, no tie."""
    file = tmp_path / "list.csv"
    lines = [
        "Dora Dohle",
        "Clara Cramm",
        "Elster GmbH & Co. KG",
        "Frida Fern",
        "Fritz Falk",
        "Me Myself",
        "Nobody Here",
        "Leer AG",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = town.paths_each(["Me"], [str(file)])
    assert [each.asked for each in answer.entries] == lines
    strengths = [None if each.path is None else each.path.strength for each in answer.entries]
    assert strengths == [pytest.approx(0.2187), pytest.approx(0.243), pytest.approx(0.3), None, None, None, None, None]
    codes = [None if each.nothing is None else each.nothing.code for each in answer.entries]
    assert codes == [None, None, None, "no_path", "ambiguous", "same_person", "not_found", "no_people"]
    assert answer.entries[0].path is not None
    assert answer.entries[0].path.ties[-1].reasons[0].sources
    assert answer.complete


def test_each_answer_is_that_of_the_single_question(demo_graph: ReferralGraph) -> None:
    """Two hundred people of the country: the same best path, or none."""
    ids = [demo_graph.context.index.person(place) for place in range(0, len(demo_graph.context.index.person_ids), 4)][:200]
    answer = demo_graph.paths_each((), ids)
    assert sum(each.path is not None for each in answer.entries) >= 5
    for each, target in zip(answer.entries, ids, strict=True):
        single = demo_graph.path((), [target], k=1)
        assert each.path == (single.paths[0] if single.paths else None)


def test_limits_hold_for_each(town: ReferralGraph) -> None:
    """Floor, length, avoided people and bodies."""
    targets = ["Dora Dohle", "Bruno Birke"]
    for limits in ({"min_strength": 0.25}, {"max_ties": 2}, {"avoid": ["Clara Cramm"]}, {"avoid": ["Cramm Bau GmbH"]}):
        one, other = town.paths_each(["Me"], targets, **limits).entries  # type: ignore[arg-type]
        assert one.path is None
        assert other.path is not None
    with pytest.raises(NotFound):
        town.paths_each(["Me"], targets, avoid=["Nobody Here"])
