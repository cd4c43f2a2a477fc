"""Maximum expected coverage against exhaustive search, and its bound against what it must bound."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referralgraph.score.coverage import Openings, best_cover


def openings(rows: list[dict[int, float]], companies: int) -> Openings:
    """Return what candidates open, from the chance with which each reaches each company."""
    pairs = [(company, 1 - chance) for row in rows for company, chance in sorted(row.items())]
    start = np.cumsum([0, *map(len, rows)])
    return Openings(start, np.array([each for each, _ in pairs], np.int64), np.array([each for _, each in pairs]), companies)


def worth(rows: list[dict[int, float]], companies: int, chosen: tuple[int, ...]) -> float:
    """Sum up, company by company, the chance that at least one of the chosen reaches it."""
    total = 0.0
    for company in range(companies):
        missed = 1.0
        for candidate in chosen:
            missed *= 1 - rows[candidate].get(company, 0.0)
        total += 1 - missed
    return total


CASES = st.lists(st.dictionaries(st.integers(0, 7), st.floats(0.01, 0.95), max_size=6), min_size=1, max_size=9)


@settings(max_examples=150, deadline=None)
@given(CASES, st.integers(1, 4))
def test_small_lists_are_solved_as_by_exhaustive_search(rows, size):
    found = best_cover(openings(rows, 8), size)
    best = max(worth(rows, 8, each) for count in range(size + 1) for each in combinations(range(len(rows)), min(count, len(rows))))
    assert found.proven
    assert found.expected == pytest.approx(best)
    assert worth(rows, 8, found.chosen) == pytest.approx(best)
    assert sum(found.gains) == pytest.approx(best)
    assert list(found.gains) == sorted(found.gains, reverse=True) or len(set(np.round(found.gains, 9))) > 1


@settings(max_examples=100, deadline=None)
@given(CASES, st.integers(1, 4))
def test_without_a_proof_the_bound_holds_and_greedy_is_within_its_share(rows, size):
    found = best_cover(openings(rows, 8), size, nodes=0)
    best = max(worth(rows, 8, each) for each in combinations(range(len(rows)), min(size, len(rows))))
    assert found.bound >= best - 1e-9
    assert found.expected >= (1 - 1 / np.e) * best - 1e-9


def test_where_greed_fails_the_search_mends_it():
    """Greedy takes the one who opens four half-way; the best two open three each: 6, not 4 x 0.9 + ... of overlaps.

    Candidate 0 reaches companies 0, 1, 3, 4 surely (4); 1 reaches 0, 1, 2; 2 reaches 3, 4, 5. Greedy: 0, then 1: 5. Best: 1 and 2: 6.
    """
    rows = [dict.fromkeys((0, 1, 3, 4), 1.0), dict.fromkeys((0, 1, 2), 1.0), dict.fromkeys((3, 4, 5), 1.0)]
    found = best_cover(openings(rows, 6), 2)
    assert (sorted(found.chosen), found.expected, found.proven) == ([1, 2], pytest.approx(6.0), True)
    assert best_cover(openings(rows, 6), 2, nodes=0).expected == pytest.approx(5.0)


def test_a_further_one_must_be_worth_asking():
    """The third would raise 1.9 by 0.02, a hundredth; a twentieth is asked for."""
    rows = [{0: 0.95}, {1: 0.95}, {2: 0.02}]
    assert best_cover(openings(rows, 3), 3, least_share=0.05, least=2).chosen == (0, 1)
    assert best_cover(openings(rows, 3), 3, least_share=0.05, least=3).chosen == (0, 1, 2)


def test_nobody_who_opens_nothing_is_chosen():
    assert best_cover(openings([{}, {}], 3), 2).chosen == ()
