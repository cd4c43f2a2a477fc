"""Namesakes: the chance of a group against counting worlds, and what is learned from people who are made up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from referralgraph.resolve.limit import Merges, learned_limits, merge_from
from referralgraph.resolve.namesakes import Namesakes, learned_namesakes

_OF_ONE = (0.7, 0.25, 0.05)


def _by_counting(records: int, dated: int, others: float) -> float:
    """Let each record belong to the first or the other person, in all ways; both have at least one, the dated ones one together.

    The chance of a way is that of the two numbers of records, shared by all ways with these numbers, and a pair of people is
    counted from both sides.
    """

    def has(number: int) -> float:
        return _OF_ONE[number - 1] if number <= len(_OF_ONE) else 0.0

    two = 0.0
    for owner in itertools.product((0, 1), repeat=records):
        first = owner.count(0)
        if 0 < first < records and len(set(owner[:dated])) <= 1:
            ways = sum(1 for each in itertools.product((0, 1), repeat=records) if each.count(0) == first)
            two += has(first) * has(records - first) / ways / 2
    return has(records) / (has(records) + others * two)


@pytest.mark.parametrize(("records", "dated"), [(2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)])
@pytest.mark.parametrize("others", [0.001, 0.02, 1.0])
def test_the_chance_of_a_group_is_what_counting_all_ways_gives(records, dated, others):
    assert Namesakes(records_of_one=_OF_ONE + (1e-9,) * 57).chance(records, dated, others) == pytest.approx(
        _by_counting(records, dated, others), rel=1e-6
    )


def test_two_records_by_hand():
    """Two records: 0.25 for one person against 0.1 x (0.7 x 0.7) / 2 for two."""
    assert Namesakes(records_of_one=_OF_ONE + (1e-9,) * 57).chance(2, 0, 0.1) == pytest.approx(0.25 / (0.25 + 0.1 * 0.245))


def test_records_whose_dates_agree_are_one_person_for_certain():
    assert Namesakes().chance(2, 2, 5.0) == 1.0


def _made_up(relatives: float, seed: int):
    """100,000 people, each with 1 to 3 records; some have a relative of their name there; a third of the records have a date."""
    dice = np.random.default_rng(seed)
    count = 100_000
    own = 1 + dice.choice(3, count, p=_OF_ONE)
    has_other = dice.random(count) < relatives / 2  # a pair of relatives is one group
    other = np.where(has_other, 1 + dice.choice(3, count, p=_OF_ONE), 0)
    dated_own, dated_other = dice.binomial(own, 1 / 3), dice.binomial(other, 1 / 3)
    torn = (dated_own > 0) & (dated_other > 0)
    known = learned_namesakes(
        own + other, dated_own + dated_other, np.full(count, 1e-6), ~torn, torn
    )
    return known, own + other, dated_own + dated_other, ~torn, has_other


@pytest.mark.parametrize("relatives", [0.002, 0.01, 0.05])
def test_how_many_relatives_there_are_and_how_many_records_people_have_is_learned(relatives):
    known = _made_up(relatives, 1)[0]
    assert known.relatives == pytest.approx(relatives, rel=0.35)
    assert known.records_of_one[:3] == pytest.approx(_OF_ONE, abs=0.02)


@pytest.mark.parametrize("relatives", [0.002, 0.01, 0.05])
@pytest.mark.parametrize("seed", [2, 3])
def test_the_false_merges_stay_below_the_limit(relatives, seed):
    """False are the merged groups of two people. With few relatives all pairs may be merged, with many none is."""
    known, records, dated, consistent, two_people = _made_up(relatives, seed)
    chance = known.chances(records, dated, np.zeros(len(records), bool), np.full(len(records), 1e-6))
    may = consistent & (records > 1)
    merges, nothing = Merges(chance[may], np.ones(int(may.sum()))), Merges(np.zeros(0), np.zeros(0))
    limits = learned_limits(merges, nothing, len(records))
    for allowed in (0.3, 1.0, 5.0):
        merged = may & (chance >= merge_from(limits, allowed)[0])
        false = 1000 * float((merged & two_people).mean())
        assert false <= allowed + 3 * np.sqrt(allowed / 100)  # three standard deviations of so many in 100,000
