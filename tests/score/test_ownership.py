"""Effective shares through chains and cycles against answers by hand and a dense inverse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.score.ownership import Share, controlled_by, holdings_of, owners_of, tightened


def exact(*rows):
    return [Share(owner, owned, share / 100, share / 100) for owner, owned, share in rows]


def per_cent(result):
    return {owner: (round(100 * each.low, 6), round(100 * each.high, 6)) for owner, each in result.items()}


CIRCLE = exact(("P", "X", 30), ("Q", "X", 20), ("Y", "X", 50), ("X", "Y", 40), ("Q", "Y", 60))


@pytest.mark.parametrize(("company", "owners", "other", "passing"), [
    ("X", {"P": (37.5, 37.5), "Q": (62.5, 62.5)}, "Y", 50.0), ("Y", {"P": (15.0, 15.0), "Q": (85.0, 85.0)}, "X", 40.0)])
def test_a_circle_by_hand(company, owners, other, passing):
    """Of X, P has 30 % / (1 - 50 % x 40 %) = 37.5 %; of Y, 40 % of that. What reaches the other company counts once around."""
    result = owners_of(company, CIRCLE)
    assert per_cent(result.owners) == owners
    assert result.unknown.high == pytest.approx(0)
    assert 100 * result.passing[other].low == pytest.approx(passing)


def test_what_one_holds_of_companies_below():
    held = holdings_of("Q", CIRCLE)
    assert per_cent(held) == {"X": (62.5, 62.5), "Y": (85.0, 85.0)}


def test_chains_multiply_and_several_add():
    """P has 50 % of A and 40 % of B, each of which has half of C: 25 % + 20 %."""
    shares = exact(("P", "A", 50), ("P", "B", 40), ("A", "C", 50), ("B", "C", 50))
    result = owners_of("C", shares)
    assert per_cent(result.owners) == {"P": (45.0, 45.0)}
    assert 100 * result.unknown.low == pytest.approx(55)


def test_missing_shares_stay_missing():
    result = owners_of("C", exact(("P", "C", 30)))
    assert per_cent(result.owners) == {"P": (30.0, 30.0)}
    assert (result.unknown.low, result.unknown.high) == (pytest.approx(0.7), pytest.approx(0.7))


def test_bands_are_intervals_and_the_others_least_bounds_the_most():
    """P 25 to 50 %, Q 60 % exact: of P no more than 40 % is left."""
    result = owners_of("C", [Share("P", "C", 0.25, 0.5), Share("Q", "C", 0.6, 0.6)])
    assert per_cent(result.owners) == {"P": (25.0, 40.0), "Q": (60.0, 60.0)}
    assert per_cent({"unknown": result.unknown}) == {"unknown": (0.0, 15.0)}


def test_a_share_nobody_states_may_be_all_that_is_left():
    result = owners_of("C", [Share("P", "C", 0.0, 1.0), Share("Q", "C", 0.3, 0.3)])
    assert per_cent(result.owners) == {"P": (0.0, 70.0), "Q": (30.0, 30.0)}


def test_shares_above_100_per_cent_are_named_and_scaled():
    result = owners_of("C", exact(("P", "C", 80), ("Q", "C", 80)))
    assert result.contradictory == {"C": pytest.approx(1.6)}
    assert per_cent(result.owners) == {"P": (50.0, 50.0), "Q": (50.0, 50.0)}


def test_own_shares_flow_to_the_others():
    """C holds 20 % of itself: P's 80 % are all there is."""
    assert per_cent(owners_of("C", exact(("C", "C", 20), ("P", "C", 80))).owners) == {"P": (100.0, 100.0)}


@pytest.mark.parametrize("shares", [exact(("C", "C", 100)), exact(("A", "C", 100), ("C", "A", 100))])
def test_a_closed_circle_reaches_nobody(shares):
    result = owners_of("C", shares)
    assert result.owners == {}
    assert "C" in result.closed
    assert result.unknown.high == 1


def test_what_flows_into_a_closed_circle_is_nobodys():
    """P has 40 %; the rest goes to A and B, who own each other."""
    result = owners_of("C", exact(("P", "C", 40), ("A", "C", 60), ("B", "A", 100), ("A", "B", 100)))
    assert per_cent(result.owners) == {"P": (40.0, 40.0)}
    assert 100 * result.unknown.high == pytest.approx(60)


def test_control_goes_through_those_who_are_controlled():
    """P has 60 % of A and 30 % of C, A has 25 % of C: together 55 %. Q has 45 % of C and nothing."""
    votes = exact(("P", "A", 60), ("P", "C", 30), ("A", "C", 25), ("Q", "C", 45))
    assert controlled_by("P", votes)[0] == {"A", "C"}
    assert controlled_by("Q", votes)[0] == frozenset()


def test_control_with_bands_is_certain_or_possible():
    votes = [Share("P", "C", 0.25, 0.75)]
    assert controlled_by("P", votes) == (frozenset(), {"C"})
    assert controlled_by("P", [Share("P", "C", 0.75, 1.0)])[0] == {"C"}


def test_exactly_half_is_no_control():
    assert controlled_by("P", exact(("P", "C", 50), ("Q", "C", 50))) == (frozenset(), frozenset())


def test_a_profit_transfer_agreement_is_control_and_own_votes_rest():
    assert controlled_by("P", [], [("P", "C")])[0] == {"C"}
    assert controlled_by("P", exact(("P", "C", 42), ("C", "C", 20), ("Q", "C", 38)))[0] == {"C"}


names = st.sampled_from(["A", "B", "C", "D", "P", "Q"])
stakes = st.lists(st.tuples(names, st.sampled_from(["A", "B", "C", "D"]), st.integers(0, 100), st.integers(0, 100)), max_size=14)


def shares_of(rows):
    return list({(owner, owned): Share(owner, owned, min(a, b) / 100, max(a, b) / 100) for owner, owned, a, b in rows}.values())


@given(stakes)
def test_owners_and_the_unknown_are_one_whole(rows):
    """Whatever is stated: no owner set exceeds 100 %, every interval is one, and everything is somebody's or unknown."""
    result = owners_of("A", shares_of(rows))
    least = sum(each.low for each in result.owners.values())
    assert least <= 1 + 1e-7
    assert least + result.unknown.high == pytest.approx(1)
    for each in (*result.owners.values(), *result.passing.values(), result.unknown):
        assert -1e-9 <= each.low <= each.high + 1e-9
        assert each.high <= 1 + 1e-9


@given(stakes)
def test_exact_shares_equal_the_dense_inverse(rows):
    """y = (I - A)^-1 e by numpy, where no circle is closed."""
    shares = [Share(each.owner, each.owned, each.low, each.low) for each in shares_of(rows)]
    kept, _ = tightened(shares)
    result = owners_of("A", shares)
    if result.closed:
        return
    order = ["A", "B", "C", "D", "P", "Q"]
    matrix = np.zeros((6, 6))
    for share in kept:
        matrix[order.index(share.owner), order.index(share.owned)] = share.low
    # companies that don't reach A may be closed among themselves
    reach = ["A", *result.passing, *result.owners]
    used = [order.index(each) for each in reach]
    inverse = np.linalg.inv(np.eye(len(used)) - matrix[np.ix_(used, used)])
    for owner, each in result.owners.items():
        assert each.low == pytest.approx(inverse[reach.index(owner), 0], abs=1e-7)


@given(stakes)
def test_a_true_share_lies_in_its_interval(rows):
    """Take every band at its least: the answer to that lies in the interval of the bands."""
    bands = shares_of(rows)
    kept, _ = tightened(bands)
    true = owners_of("A", [Share(each.owner, each.owned, each.low, each.low) for each in kept])
    told = owners_of("A", bands)
    for owner, each in true.owners.items():
        if owner in told.owners:
            assert told.owners[owner].low - 1e-7 <= each.low <= told.owners[owner].high + 1e-7
