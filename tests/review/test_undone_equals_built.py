"""What was built in and is taken back acts at once, as whatever else is decided: every answer is the one after the next build.

The towns, questions and comparison are those of ``test_judged_equals_built.py``; here there are people of one name and place with
several birth dates. Somebody joins and takes apart, the revision is built with it; then some of it is taken back, some of that again,
and more is decided about the same records.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.review.conftest import build_again
from tests.review.towns import OUR, Town, assert_the_next_build_says_the_same, decide_at_random, everybody

from referralgraph.judgements import standing, undo_of
from referralgraph.questions.graph import ReferralGraph


def take_back_at_random(graph: ReferralGraph, dice: random.Random) -> None:
    """Take back some judgements, or what took one back."""
    store = graph.context.store
    for _ in range(dice.randrange(1, 4)):
        rows = store.judgements()
        stands = [each for kind in ("identity", "undo") for each in standing(rows, kind)]
        store.append_judgements([undo_of(rows, dice.choice(stands).id, by=OUR[0]).as_row()])


@pytest.mark.parametrize("seed", [1, *(pytest.param(each, marks=pytest.mark.soak) for each in (2, 6))])
def test_what_is_taken_back_is_at_once_as_after_the_next_build(tmp_path: Path, seed: int) -> None:
    town, dice = Town(tmp_path, seed, contradicting=True), random.Random(seed)
    kinds = ("op", "o", "p")[seed % 3]
    graph = town.graph()
    entities = everybody(graph)
    for _ in range(2):
        decide_at_random(graph, entities, dice, kinds)
    graph.close()
    build_again(town.workspace)
    graph = town.graph()
    take_back_at_random(graph, dice)
    if seed % 2:
        decide_at_random(graph, entities, dice, kinds)
        take_back_at_random(graph, dice)
    assert graph.context.judged is not None
    assert graph.context.pending == ()
    assert_the_next_build_says_the_same(town, graph, entities)
