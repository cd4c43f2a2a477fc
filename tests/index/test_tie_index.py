"""What `TieIndex` answers on small graphs whose answers are worked out by hand.

The graph `PLANTED`, strengths on the ties:

    1 --0.8-- 2 --0.5-- 5        1-2-5    0.40
    1 --0.5-- 3 --0.8-- 5        1-3-5    0.40, after 1-2-5 because 2 < 3
    1 --0.9-- 4 --0.9-- 6        1-4-6-5  0.9 * 0.9 * 0.1 = 0.081
    6 --0.1-- 5                  1-5      0.05
    1 --0.05- 5
    2 --1.0-- 3                  1-2-3-5  0.8 * 1.0 * 0.8 = 0.64;  1-3-2-5  0.5 * 1.0 * 0.5 = 0.25
    8 --0.7-- 9                  apart from the rest
"""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

import numpy as np
import pytest

from referralgraph.errors import NotFound
from referralgraph.index import TieIndex
from referralgraph.index.rows import Rows
from referralgraph.index.search import run_search

PLANTED = [
    (1, 2, 0.8),
    (2, 5, 0.5),
    (1, 3, 0.5),
    (3, 5, 0.8),
    (1, 4, 0.9),
    (4, 6, 0.9),
    (6, 5, 0.1),
    (1, 5, 0.05),
    (2, 3, 1.0),
    (8, 9, 0.7),
]


def index_of(ties: list[tuple[int, int, float]]) -> TieIndex:
    left, right, strength = zip(*ties, strict=True)
    return TieIndex.from_arrays(left, right, strength)


def answers(
    index: TieIndex, sources: list[int], targets: list[int], **question: object
) -> list[tuple[list[int], float]]:
    found = index.paths(sources, targets, **question)  # type: ignore[arg-type]
    return [(list(path.people), pytest.approx(path.strength)) for path in found]


@pytest.fixture(scope="module")
def planted() -> TieIndex:
    return index_of(PLANTED)


def test_strongest_first_and_equal_strengths_by_ids(planted: TieIndex) -> None:
    assert answers(planted, [1], [5]) == [
        ([1, 2, 3, 5], 0.64),
        ([1, 2, 5], 0.40),
        ([1, 3, 5], 0.40),
        ([1, 3, 2, 5], 0.25),
        ([1, 4, 6, 5], 0.081),
        ([1, 5], 0.05),
    ]


def test_k_cuts_among_equals_by_ids(planted: TieIndex) -> None:
    assert answers(planted, [1], [5], k=2) == [([1, 2, 3, 5], 0.64), ([1, 2, 5], 0.40)]
    assert answers(planted, [5], [1], k=2) == [([5, 3, 2, 1], 0.64), ([5, 2, 1], 0.40)]


@pytest.mark.parametrize(("max_ties", "expected"), [(1, 1), (2, 3), (3, 6), (6, 6)])
def test_no_path_is_longer_than_asked(planted: TieIndex, max_ties: int, expected: int) -> None:
    found = planted.paths([1], [5], max_ties=max_ties)
    assert len(found) == expected
    assert max(len(path.people) for path in found) <= max_ties + 1


def test_floor_keeps_what_reaches_it(planted: TieIndex) -> None:
    assert [path.people for path in planted.paths([1], [5], min_strength=0.4)] == [(1, 2, 3, 5), (1, 2, 5), (1, 3, 5)]
    assert planted.paths([1], [5], min_strength=0.65) == []


def test_avoided_people_are_no_introducers_but_may_be_ends(planted: TieIndex) -> None:
    assert [path.people for path in planted.paths([1], [5], avoid=[2, 1, 5])] == [(1, 3, 5), (1, 4, 6, 5), (1, 5)]


def test_no_path_is_an_empty_list(planted: TieIndex) -> None:
    assert planted.paths([1], [9]) == []
    assert planted.paths([], [9]) == planted.paths([1], []) == []
    assert planted.search([1], [9]).complete


def test_nobody_leads_to_himself(planted: TieIndex) -> None:
    assert planted.paths([1], [1]) == []


def test_a_person_at_both_ends_ends_paths_but_is_never_inside(planted: TieIndex) -> None:
    """5 is source and target: paths 1 to 5 and 5 to 6 count; 1-5-6 and 1-3-5-6 pass through 5 and don't."""
    found = [path.people for path in planted.paths([1, 5], [5, 6], max_ties=2)]
    assert found == [(1, 4, 6), (1, 2, 5), (1, 3, 5), (5, 6), (1, 5)]


def test_no_path_passes_through_another_source_or_target(planted: TieIndex) -> None:
    """With 2 as a second source, 1-2-5 and 1-2-3-5 belong to 2; with 3 as a second target, 1-3-5 ends at 3."""
    assert [path.people for path in planted.paths([1, 2], [5], max_ties=3)] == [
        (2, 3, 5), (2, 5), (1, 3, 5), (1, 4, 6, 5), (1, 5),
    ]  # fmt: skip
    assert [path.people for path in planted.paths([1], [3, 5], max_ties=2)] == [(1, 2, 3), (1, 3), (1, 2, 5), (1, 5)]


def test_parallel_rows_of_a_pair_combine_by_noisy_or() -> None:
    """1 - (1 - 0.5)(1 - 0.2)(1 - 0.1) = 0.64, in either direction and any order; a certain row makes it certain."""
    assert answers(index_of([(7, 3, 0.5), (3, 7, 0.2), (7, 3, 0.1)]), [3], [7]) == [([3, 7], 0.64)]
    one = index_of([(7, 3, 0.1), (7, 3, 0.5), (3, 7, 0.2)])
    other = index_of([(3, 7, 0.2), (7, 3, 0.5), (7, 3, 0.1)])
    assert one.paths([3], [7]) == other.paths([3], [7])
    assert answers(index_of([(7, 3, 1.0), (3, 7, 0.2)]), [3], [7]) == [([3, 7], 1.0)]
    assert answers(index_of([(7, 3, 1e-30), (3, 7, 1e-30)]), [3], [7]) == [([3, 7], 1e-30)]


def test_ids_may_be_any_64_bit_integers() -> None:
    low, high = -(2**63), 2**63 - 1
    assert answers(index_of([(high, low, 0.5), (low, 0, 0.5)]), [high], [0]) == [([high, low, 0], 0.25)]


@pytest.mark.parametrize("strength", [0.0, -0.1, 1.0000001, float("nan"), float("inf")])
def test_a_strength_outside_its_range_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        TieIndex.from_arrays([1, 2], [2, 3], [0.5, strength])


def test_a_tie_to_oneself_is_refused() -> None:
    with pytest.raises(ValueError, match="person 4 is tied to himself"):
        TieIndex.from_arrays([1, 4], [2, 4], [0.5, 0.5])


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        TieIndex.from_arrays([1, 2], [2], [0.5, 0.5])
    with pytest.raises(ValueError, match="integer"):
        TieIndex.from_arrays([1.5], [2.0], [0.5])


@pytest.mark.parametrize(
    "question", [{"k": 0}, {"max_ties": 0}, {"max_ties": 7}, {"min_strength": -0.1}, {"min_strength": 2}]
)
def test_a_question_out_of_range_is_refused(planted: TieIndex, question: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(question))):
        planted.paths([1], [5], **question)  # type: ignore[arg-type]


def test_an_unknown_person_is_not_found(planted: TieIndex) -> None:
    for question in ({"sources": [7]}, {"targets": [-1]}, {"avoid": [10]}):
        with pytest.raises(NotFound, match=str(next(iter(question.values()))[0])):
            planted.paths(**{"sources": [1], "targets": [5], **question})  # type: ignore[arg-type]


def test_no_ties_at_all() -> None:
    index = TieIndex.from_arrays([], [], [])
    assert len(index) == index.ties == 0
    assert index.paths([], []) == []
    with pytest.raises(NotFound):
        index.paths([1], [])


def test_best_paths_answers_each_group_like_a_question_of_its_own(planted: TieIndex) -> None:
    groups = [[5], [9], [3, 5], [6], [1]]
    for max_ties in (1, 2, 3, 4, 6):
        together = planted.best_paths([1, 2], groups, k=3, max_ties=max_ties)
        assert [result.paths for result in together] == [planted.paths([1, 2], group, 3, max_ties) for group in groups]
        assert all(result.complete for result in together)
    assert planted.best_paths([1], []) == []


def test_other_strengths_answer_like_another_graph(planted: TieIndex) -> None:
    """Without 2-3, and 6-5 raised from 0.1 to 1: 1-4-6-5 becomes the strongest, 0.81."""
    people = planted.people[np.repeat(np.arange(len(planted)), np.diff(planted.rows.indptr))]
    neighbour = planted.people[planted.rows.neighbour]
    strength = planted.rows.strength.copy()
    strength[((people == 2) & (neighbour == 3)) | ((people == 3) & (neighbour == 2))] = 0.0
    strength[((people == 6) & (neighbour == 5)) | ((people == 5) & (neighbour == 6))] = 1.0
    filtered = planted.with_strengths(strength)
    assert answers(filtered, [1], [5]) == [([1, 4, 6, 5], 0.81), ([1, 2, 5], 0.4), ([1, 3, 5], 0.4), ([1, 5], 0.05)]
    assert len(planted.paths([1], [5])) == 6
    with pytest.raises(ValueError, match="strengths"):
        planted.with_strengths([0.5])
    with pytest.raises(ValueError, match="0 to 1"):
        planted.with_strengths(strength * 2)


def test_mapped_files_answer_alike(planted: TieIndex, tmp_path: Path) -> None:
    names = ("indptr", "neighbour", "strength", "ceiling")
    for name in names:
        np.save(tmp_path / f"{name}.npy", getattr(planted.rows, name))
    mapped = Rows(*(np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in names))
    assert TieIndex(planted.people, mapped).paths([1], [5]) == planted.paths([1], [5])


def test_memory_a_tie_and_direction() -> None:
    """At most 32 bytes: 4 for the neighbour, 8 for the strength, and the row starts and ids spread over the ties."""
    count = 2_000
    ring = TieIndex.from_arrays(np.arange(count), np.roll(np.arange(count), 1), np.full(count, 0.5))
    held = {id(array): array for array in (ring.people, ring.rows.indptr, ring.rows.neighbour, ring.rows.strength)}
    if ring.rows.ceiling.base is not ring.rows.strength.base:
        held[id(ring.rows.ceiling)] = ring.rows.ceiling
    assert sum(array.nbytes for array in held.values()) <= 32 * 2 * ring.ties


def test_another_process_gets_the_same_index(planted: TieIndex) -> None:
    received = pickle.loads(pickle.dumps(planted))  # our own bytes
    assert received.paths([1], [5]) == planted.paths([1], [5])
    assert not received.rows.strength.flags.writeable


def test_compact_ids_that_are_none_are_refused(planted: TieIndex) -> None:
    """The kernel would read past its arrays for them."""
    nobody = np.array([], dtype=np.int32)
    for sources, targets, avoid in (([-1], [0], nobody), ([0], [len(planted)], nobody), ([0], [1], np.array([99]))):
        with pytest.raises(NotFound):
            run_search(
                planted.rows, None, np.array(sources), np.array(targets), k=1, max_ties=4, min_strength=0.0, avoid=avoid
            )


def test_a_person_named_twice_counts_once(planted: TieIndex) -> None:
    twice, once = np.array([0, 0]), np.array([0])
    question = {"k": 10, "max_ties": 4, "min_strength": 0.0, "avoid": np.array([], dtype=np.int32)}
    other = planted.compact([5])
    expected = run_search(planted.rows, None, once, other, **question)  # type: ignore[arg-type]
    assert run_search(planted.rows, None, twice, other, **question) == expected  # type: ignore[arg-type]


def test_threads_share_an_index(planted: TieIndex) -> None:
    expected = planted.paths([1], [5])
    seen: list[bool] = []

    def ask() -> None:
        seen.extend(planted.paths([1], [5]) == expected for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 200
