"""A judgement counts at once, and what it changes is what the next build makes of it: the same ties, people, bodies, answers.

Towns are drawn at random, with people who sit in several bodies over several times, people of one name, address books, and bodies
that have been removed. Somebody decides which are one and which aren't. Everything that can be asked is asked with the judgements
alone, then after a build with them, and compared to the last bit.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.review.towns import Town, assert_the_next_build_says_the_same, decide_at_random, everybody


@pytest.mark.parametrize("seed", [1, *(pytest.param(each, marks=pytest.mark.soak) for each in (0, 2, 5, 8))])
def test_what_a_judgement_changes_is_what_the_next_build_makes_of_it(tmp_path: Path, seed: int) -> None:
    town, dice = Town(tmp_path, seed), random.Random(seed)
    graph = town.graph()
    entities = everybody(graph)
    decide_at_random(graph, entities, dice, ("o", "p", "op")[seed % 3])
    assert_the_next_build_says_the_same(town, graph, entities)
