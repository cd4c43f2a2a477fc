"""A graph in the text form of LDBC Graphalytics, with strength exp(-weight).

The form is described at https://ldbcouncil.org/benchmarks/graphalytics/; the graph is made up and undirected, the
expected files are worked out by hand:

    1 --0.5-- 2 --0.25-- 3 --0.25-- 4        5 --1.0-- 6        7 alone
    1 --1.5-- 3          2 --2.00-- 4

From 1: 2 at 0.5, 3 at 0.75 by way of 2 (not 1.5), 4 at 1.0 by way of 2 and 3 (not 2.5); 5, 6 and 7 are out of reach.
Steps: 2 and 3 one, 4 two.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from referralgraph.errors import NotFound
from referralgraph.index import TieIndex

VERTICES = "1\n2\n3\n4\n5\n6\n7\n"
EDGES = "1 2 0.5\n1 3 1.5\n2 3 0.25\n2 4 2.0\n3 4 0.25\n5 6 1.0\n"
UNREACHABLE_STEPS = 9223372036854775807
STEPS = f"1 0\n2 1\n3 1\n4 2\n5 {UNREACHABLE_STEPS}\n6 {UNREACHABLE_STEPS}\n7 {UNREACHABLE_STEPS}\n"
DISTANCES = "1 0.0\n2 5.0e-01\n3 7.5e-01\n4 1.0\n5 Infinity\n6 Infinity\n7 Infinity\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("v", VERTICES), ("e", EDGES), ("BFS", STEPS), ("SSSP", DISTANCES)):
        (tmp_path / f"small.{name}").write_text(text)
    return tmp_path


def read_index(folder: Path) -> TieIndex:
    rows = [line.split() for line in (folder / "small.e").read_text().splitlines()]
    return TieIndex.from_arrays(
        [int(one) for one, _, _ in rows],
        [int(other) for _, other, _ in rows],
        [math.exp(-float(weight)) for _, _, weight in rows],
    )


def distance(index: TieIndex, source: int, target: int) -> float:
    if source == target:
        return 0.0
    try:
        found = index.paths([source], [target], k=1, max_ties=6)
    except NotFound:  # who has no tie isn't in the index
        return math.inf
    return -math.log(found[0].strength) if found else math.inf


def steps(index: TieIndex, source: int, target: int) -> int:
    if source == target:
        return 0
    for ties in range(1, 7):
        try:
            if index.paths([source], [target], k=1, max_ties=ties):
                return ties
        except NotFound:
            break
    return UNREACHABLE_STEPS


def test_distances_are_those_of_the_expected_file(folder: Path) -> None:
    index = read_index(folder)
    for line in (folder / "small.SSSP").read_text().splitlines():
        person, expected = line.split()
        assert distance(index, 1, int(person)) == pytest.approx(float(expected), rel=1e-12)


def test_steps_are_those_of_the_expected_file(folder: Path) -> None:
    index = read_index(folder)
    for line in (folder / "small.BFS").read_text().splitlines():
        person, expected = line.split()
        assert steps(index, 1, int(person)) == int(expected)
