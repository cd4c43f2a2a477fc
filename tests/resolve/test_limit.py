"""The limit of false merges: which chances keep to it, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from referralgraph.resolve.limit import Merges, fewest_people, learned_limits, merge_from


def _merges(*told: tuple[float, int]) -> Merges:
    """So many merges of each chance."""
    chances = np.concatenate([np.full(count, chance) for chance, count in told]) if told else np.zeros(0)
    return Merges(chances, np.ones(len(chances)))


def _from(by_place: Merges, by_evidence: Merges, allowed: float = 1.0) -> tuple[float, float]:
    return merge_from(learned_limits(by_place, by_evidence, 1000), allowed)


def test_before_anything_was_learned_every_merge_keeps_to_the_limit():
    assert merge_from((), 1.0) == (0.0, 0.0)


def test_between_two_learned_limits_the_lower_one_counts():
    limits = ((1.0, 0.95, 0.95), (2.0, 0.9, 0.0))
    assert [merge_from(limits, each) for each in (0.5, 1.0, 1.99, 2.0)] == [(1.0, 1.0), (0.95, 0.95), (0.95, 0.95), (0.9, 0.0)]


def test_name_and_place_and_other_evidence_merge_from_one_chance():
    """One false merge is allowed: 50 x 0.01 and 100 x 0.004 fit, 20 x 0.1 doesn't, of whichever kind it is."""
    by_place, by_evidence = _from(_merges((0.99, 50), (0.9, 20)), _merges((0.996, 100), (0.9, 20)))
    assert by_place == by_evidence
    assert 0.9 < by_place <= 0.99


def test_equal_chances_stand_or_fall_together():
    """Of 200 x 0.01 only half would fit: none is merged."""
    assert _from(_merges((0.99, 200), (0.999, 100)), _merges())[0] == pytest.approx(0.99)
    assert _from(_merges((0.99, 200), (0.999, 100)), _merges())[0] > 0.99


def test_other_evidence_isnt_held_to_it_where_more_would_be_lost_than_won():
    """Evidence alone expects 100 x 0.02. One chance for both loses it for 30 of name and place; these get three tenths: 30 x 0.01."""
    assert _from(_merges((0.9899, 30)), _merges((0.98, 100))) == (pytest.approx(0.9899), 0.0)
    by_place, by_evidence = _from(_merges((0.9901, 30)), _merges((0.98, 100)))
    assert (by_place, by_evidence) == (0.0, 0.0)


def test_what_other_evidence_leaves_of_the_limit_is_for_name_and_place():
    """All 40 x 0.015 and 40 x 0.01 make exactly what is allowed."""
    assert _from(_merges((0.99, 39)), _merges((0.985, 40))) == (0.0, 0.0)
    assert _from(_merges((0.99, 41)), _merges((0.985, 40)))[1] > 0.985


def test_a_merge_of_a_sample_counts_as_many_as_it_stands_for():
    ten = Merges(np.array([0.99, 0.9]), np.array([90.0, 10.0]))
    assert 0.9 < merge_from(learned_limits(ten, _merges(), 1000), 1.0)[0] < 0.9001
    assert merge_from(learned_limits(ten, _merges(), 2000), 1.0)[0] == 0.0


def test_fewer_than_a_thousand_people_may_have_one_false_merge():
    assert merge_from(learned_limits(_merges((0.9, 9)), _merges(), 100), 1.0)[0] == 0.0


@pytest.mark.parametrize("sizes", [(1, 1, 2), (2, 2, 2), (1, 2, 3, 4), (1, 1, 1, 9)])
def test_there_are_never_fewer_people_than_that(sizes):
    """For any numbers of records, each record having size - 1 others of its person."""
    records = sum(sizes)
    others = sum(size * (size - 1) for size in sizes) / records
    assert fewest_people(records, others) <= len(sizes) + 1e-9
    assert fewest_people(6, 1.0) == pytest.approx(3)
