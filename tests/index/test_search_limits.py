"""Deadlines, processes without numba, and what a first question in a fresh process loads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from itertools import combinations, pairwise

import pytest

from referralgraph.index import TieIndex
from referralgraph.index.compiled import INTERPRETED, Kernels, kernels
from referralgraph.index.search import run_search

EVERYONE = 120


@pytest.fixture(scope="module")
def crowd() -> TieIndex:
    """120 people who all know each other for certain: some 2 * 10 ** 10 paths of six ties between any two.

    All are equally strong, so that no bound rules any out and only their ids tell which come first.
    """
    left, right = zip(*combinations(range(EVERYONE), 2), strict=True)
    return TieIndex.from_arrays(left, right, [1.0] * len(left))


@pytest.mark.parametrize("loops", [kernels(), INTERPRETED], ids=["compiled", "interpreted"])
def test_a_deadline_ends_the_search_and_says_so(crowd: TieIndex, loops: Kernels) -> None:
    began = time.monotonic()
    result = run_search(
        crowd.rows,
        crowd.people,
        crowd.compact([0]),
        crowd.compact([1]),
        k=100,
        max_ties=6,
        min_strength=0.0,
        avoid=crowd.compact([]),
        deadline=0.5,
        loops=loops,
    )
    assert time.monotonic() - began < 5.0
    assert not result.complete
    assert len(result.paths) == 100
    for path in result.paths:
        assert path.strength == 1.0
        assert path.people[0] == 0
        assert path.people[-1] == 1
        assert len(set(path.people)) == len(path.people) <= 7


def test_a_deadline_that_is_not_needed_changes_nothing(crowd: TieIndex) -> None:
    asked = crowd.search([0], [1], k=5, max_ties=4, deadline=60.0)
    assert asked.complete
    assert asked.paths == crowd.paths([0], [1], k=5, max_ties=4)


def test_many_groups_share_one_deadline(crowd: TieIndex) -> None:
    began = time.monotonic()
    results = crowd.best_paths([0], [[person] for person in range(1, EVERYONE)], k=100, deadline=0.3)
    assert time.monotonic() - began < 5.0
    assert len(results) == EVERYONE - 1
    assert not results[-1].complete


def test_equal_strengths_at_the_last_place_go_to_the_smallest_ids() -> None:
    """One direct tie, then 118 paths of two ties, equal: the first nine by ids."""
    left, right = zip(*combinations(range(EVERYONE), 2), strict=True)
    index = TieIndex.from_arrays(left, right, [0.9] * len(left))
    found = [path.people for path in index.paths([5], [3], k=10)]
    assert found == [(5, 3), *((5, person, 3) for person in (0, 1, 2, 4, 6, 7, 8, 9, 10))]
    assert [first < second for first, second in pairwise(found[1:])] == [True] * 8


def test_a_search_lets_other_threads_run(crowd: TieIndex) -> None:
    kernels()
    ticks = []
    asking = threading.Thread(target=crowd.search, args=([0], [1]), kwargs={"k": 100, "max_ties": 6, "deadline": 1.0})
    asking.start()
    while asking.is_alive():
        ticks.append(time.monotonic())
        time.sleep(0.01)
    assert len(ticks) > 10


FRESH = """
import sys
from referralgraph.index.ties import TieIndex
index = TieIndex.from_arrays([1, 2, 3], [2, 3, 4], [0.5, 0.8, 0.5])
assert "numba" not in sys.modules, "importing the index loads numba"
print(index.paths([1], [4]))
print("numba" in sys.modules)
"""

WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from referralgraph.index.compiled import warm
from referralgraph.index.ties import TieIndex
print(warm())
index = TieIndex.from_arrays([1, 2, 3, 1], [2, 3, 4, 4], [0.5, 0.8, 0.5, 0.1])
print(index.paths([1], [4]))
print(index.best_paths([1], [[4], [3]])[1].paths)
print(index.with_strengths([1.0] * 8).paths([1], [4], k=1))
print(index.search([1], [4], k=1, deadline=10.0).complete)
"""


def run_fresh(program: str) -> list[str]:
    done = subprocess.run(  # our own interpreter and our own text
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={**os.environ}
    )
    return done.stdout.splitlines()


def test_a_first_small_question_needs_no_machine_code() -> None:
    assert run_fresh(FRESH) == ["[TiePath(people=(1, 2, 3, 4), strength=0.2)]", "False"]


def test_without_numba_the_same_answers() -> None:
    assert run_fresh(WITHOUT_NUMBA) == [
        "False",
        "[TiePath(people=(1, 2, 3, 4), strength=0.2), TiePath(people=(1, 4), strength=0.1)]",
        "[TiePath(people=(1, 2, 3), strength=0.4)]",
        "[TiePath(people=(1, 2, 3, 4), strength=1.0)]",
        "True",
    ]
