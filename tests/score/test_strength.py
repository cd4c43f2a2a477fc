"""The strength of a reason, a tie and a path, worked out by hand, and the laws they keep on any input."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from referralgraph.errors import RecordInvalid
from referralgraph.score.strength import (
    contact_strength,
    group_score,
    noisy_or,
    pair_score,
    path_strength,
    recent_interactions,
    route_strength,
    seat_activity,
    shared_mandate_strength,
)

SHARE = st.floats(0.0, 1.0)
SIZE = st.floats(2.0, 1e6)
YEARS = st.floats(0.0, 200.0)
COUNT = st.floats(0.0, 1e4)
KIND = st.sampled_from(["colleague", "address_book", "crm", "linkedin"])
WORD = st.sampled_from([np.nan, 0.0, 1.0, 2.0, 3.0])
ROUNDING = 1e-12


@pytest.mark.parametrize(
    ("people", "years", "strength"),
    [
        (2, 0, 0.9),  # alone together
        (5, 0, 0.45),  # 0.9 / sqrt(4)
        (10, 0, 0.3),  # 0.9 / sqrt(9)
        (5, 4, 0.225),  # one half-life after either left
        (5, 8, 0.1125),  # two
        (3.25, 0, 0.6),  # the mean size needs not be whole: 0.9 / sqrt(2.25)
        (1, 0, 0.9),  # nobody is together with fewer than two
        (5, -1, 0.45),  # a mandate known to end next year has not faded yet
    ],
)
def test_a_shared_mandate_is_damped_by_size_and_by_time_since_either_left(
    people: float, years: float, strength: float
) -> None:
    assert shared_mandate_strength(people, years) == pytest.approx(strength)


def test_the_kind_of_body_and_role_scales_a_shared_mandate_but_never_above_certainty() -> None:
    assert shared_mandate_strength([5, 5, 5], 0, weight=[0.5, 1, 9]) == pytest.approx([0.225, 0.45, 1.0])


def test_a_reason_never_fades_to_nothing() -> None:
    assert shared_mandate_strength(1e300, 1e6) > 0


@pytest.mark.parametrize("weight", [0, -1, np.nan])
def test_a_weight_that_is_no_weight_is_refused(weight: float) -> None:
    with pytest.raises(RecordInvalid, match="weight"):
        shared_mandate_strength(5, 0, weight=weight)


def test_a_missing_size_is_refused_instead_of_spreading() -> None:
    with pytest.raises(RecordInvalid, match="mean_body_size"):
        shared_mandate_strength([5, np.nan], 0)


def test_each_kind_of_contact_starts_at_its_setting() -> None:
    strength = contact_strength([["colleague", "address_book"], ["crm", "linkedin"]])
    assert strength == pytest.approx(np.array([[0.9, 0.5], [0.5, 0.3]]))


def test_the_owners_own_word_wins_over_any_guess_up_and_down() -> None:
    """A bare LinkedIn connection called a close friend, and one met weekly whom the owner says not to know."""
    assert contact_strength(["linkedin", "linkedin"], [3, 0], meetings=[0, 50]) == pytest.approx([0.9, 0.05])


def test_meetings_lift_a_bare_connection_more_than_calls_and_mails() -> None:
    """1 - 0.7 * 0.85, 1 - 0.7 * 0.95, 1 - 0.7 * 0.99."""
    strength = contact_strength("linkedin", meetings=[1, 0, 0], calls=[0, 1, 0], mails=[0, 0, 1])
    assert strength == pytest.approx([0.405, 0.335, 0.307])


def test_no_number_of_mails_says_more_than_the_owners_very_well() -> None:
    assert contact_strength("linkedin", mails=1e6) == pytest.approx(0.9)


def test_the_stated_rates_lift_a_bare_connection_to_the_word_2() -> None:
    """A meeting each half year, a call each seven weeks, three mails a month, for ten years: each near 0.6."""
    for name, per_year in (("meetings", 2.0), ("calls", 52 / 7), ("mails", 36.0)):
        ages = np.arange(0, 10, 1 / per_year)
        recent = recent_interactions(np.zeros(len(ages), dtype=int), ages, 1)
        assert contact_strength("linkedin", **{name: recent}) == pytest.approx(0.6, abs=0.02), name


def test_an_interaction_counts_half_after_a_year() -> None:
    assert recent_interactions([0, 0, 2], [0, 1, 2], 4).tolist() == [1.5, 0.0, 0.25, 0.0]


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"kind": "xing"}, "'xing'"),
        ({"kind": "linkedin", "closeness": 4}, "0, 1, 2 or 3"),
        ({"kind": "linkedin", "closeness": 1.5}, "0, 1, 2 or 3"),
        ({"kind": "linkedin", "mails": -1}, "mails"),
        ({"kind": "linkedin", "calls": np.nan}, "calls"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(given_: dict[str, object], message: str) -> None:
    with pytest.raises(RecordInvalid, match=message):
        contact_strength(**given_)  # type: ignore[arg-type]


def test_reasons_combine_tie_by_tie_and_a_tie_without_a_reason_is_none() -> None:
    """1 - 0.5 * 0.5; nothing; 1 - 0.7; certain stays certain; nothing at the end."""
    assert noisy_or([0.5, 0.5, 0.3, 1.0, 0.2], [0, 2, 2, 3, 5, 5]) == pytest.approx([0.75, 0.0, 0.3, 1.0, 0.0])
    assert str(noisy_or([], [0, 0]).tolist()) == "[0.0]"  # not -0.0, which a person would read in JSON


def test_faint_reasons_do_not_vanish_in_rounding() -> None:
    assert noisy_or([1e-20, 1e-20], [0, 2]) == pytest.approx(2e-20, rel=1e-9, abs=0)


@pytest.mark.parametrize("starts", [[], [0], [1, 2], [0, 3], [0, 2, 1, 2]])
def test_starts_that_do_not_cover_the_reasons_are_refused(starts: list[int]) -> None:
    with pytest.raises(RecordInvalid, match="starts"):
        noisy_or([0.5, 0.5], starts)


@pytest.mark.parametrize("strength", [-0.1, 1.1, np.nan])
def test_a_strength_outside_its_range_is_refused(strength: float) -> None:
    with pytest.raises(RecordInvalid, match="strengths"):
        noisy_or([strength], [0, 1])
    with pytest.raises(RecordInvalid, match="strengths"):
        path_strength([strength], [0, 1])


def test_a_path_is_the_product_of_its_ties() -> None:
    assert path_strength([0.5, 0.4, 0.9], [0, 2, 3]) == pytest.approx([0.2, 0.9])


def test_several_routes_are_worth_more_than_the_strongest_alone() -> None:
    """1 - 0.8 * 0.9 = 0.28; a longer path of 0.3 beats two faint routes (1 - 0.9 * 0.9 = 0.19)."""
    assert route_strength([[0.2, 0.1, 0.0], [0.1, 0.1, 0.0]], [0.2, 0.3]) == pytest.approx([0.28, 0.3])


def test_a_fresh_mandate_counts_up_to_twice() -> None:
    """One taken up today: 2; one of four years and one of eight: 1.5 + 1.25; none: 0."""
    assert seat_activity([0, 1, 1], [0, 4, 8], 3).tolist() == [2.0, 2.75, 0.0]


def test_the_score_of_a_pair_is_its_routes_times_the_mean_activity() -> None:
    """(0.19 + 0.01) * sqrt(4 * 1), and with no known route 0.01 * sqrt(9 * 4)."""
    assert pair_score([0.19, 0.0], [4, 9], [1, 4]) == pytest.approx([0.4, 0.06])


def test_the_score_of_a_body_sums_over_its_members() -> None:
    assert group_score([0.4, 0.06, 0.1], [0, 2, 2, 3]) == pytest.approx([0.46, 0.0, 0.1])


@seed(5)
@given(SIZE, YEARS, st.floats(1e-6, 1e3), SIZE, YEARS)
def test_a_smaller_body_and_a_later_leaving_never_weaken_a_reason(
    size: float, years: float, weight: float, other_size: float, other_years: float
) -> None:
    strong = shared_mandate_strength(min(size, other_size), min(years, other_years), weight=weight)
    weak = shared_mandate_strength(max(size, other_size), max(years, other_years), weight=weight)
    assert 0 < weak <= strong <= 1


@seed(5)
@given(KIND, WORD, COUNT, COUNT, COUNT, COUNT)
def test_one_more_interaction_never_weakens_a_contact(
    kind: str, word: float, meetings: float, calls: float, mails: float, more: float
) -> None:
    before = contact_strength(kind, word, meetings, calls, mails)
    for after in (
        contact_strength(kind, word, meetings + more, calls, mails),
        contact_strength(kind, word, meetings, calls + more, mails),
        contact_strength(kind, word, meetings, calls, mails + more),
    ):
        assert 0 < before <= after <= 1


@seed(5)
@given(st.lists(st.lists(SHARE, max_size=5), min_size=1, max_size=6))
def test_noisy_or_agrees_with_exact_fractions(by_tie: list[list[float]]) -> None:
    starts = np.cumsum([0, *map(len, by_tie)])
    combined = noisy_or([reason for tie in by_tie for reason in tie], starts)
    for reasons, strength in zip(by_tie, combined, strict=True):
        doubt = Fraction(1)
        for reason in reasons:
            doubt *= 1 - Fraction(reason)
        assert strength == pytest.approx(float(1 - doubt), abs=ROUNDING)
        assert max(reasons, default=0.0) - ROUNDING <= strength <= 1


@seed(5)
@given(st.lists(SHARE, min_size=1, max_size=6), st.integers(0, 5), SHARE, st.randoms(use_true_random=False))
def test_a_stronger_reason_never_lowers_the_tie_and_their_order_does_not_matter(
    reasons: list[float], which: int, raised: float, random: object
) -> None:
    ends = [0, len(reasons)]
    tie = noisy_or(reasons, ends)[0]
    stronger = list(reasons)
    stronger[which % len(reasons)] = max(raised, stronger[which % len(reasons)])
    assert noisy_or(stronger, ends)[0] >= tie - ROUNDING
    assert noisy_or([*reasons, raised], [0, len(reasons) + 1])[0] >= tie - ROUNDING
    random.shuffle(reasons)  # type: ignore[attr-defined]
    assert noisy_or(reasons, ends)[0] == pytest.approx(tie, abs=ROUNDING)


@seed(5)
@given(st.lists(SHARE, min_size=1, max_size=5), SHARE)
def test_a_path_is_never_stronger_than_its_weakest_tie_nor_lowered_by_a_stronger_one(
    ties: list[float], raised: float
) -> None:
    ends = [0, len(ties)]
    path = path_strength(ties, ends)[0]
    assert 0 <= path <= min(ties) + ROUNDING
    assert path_strength([max(ties[0], raised), *ties[1:]], ends)[0] >= path - ROUNDING
    assert path_strength(ties[::-1], ends)[0] == pytest.approx(path, rel=1e-9)


@seed(5)
@given(st.lists(SHARE, min_size=3, max_size=3), SHARE, COUNT, COUNT, SHARE)
def test_a_pair_scores_the_same_both_ways_and_never_less_for_a_better_route(
    each: list[float], longer: float, left: float, right: float, raised: float
) -> None:
    routes = route_strength(each, longer)
    better = route_strength([max(each[0], raised), *each[1:]], longer)
    assert max(0.0, max(*each, longer) - ROUNDING) <= routes <= 1
    assert better >= routes - ROUNDING
    assert pair_score(routes, left, right) == pair_score(routes, right, left)
    assert pair_score(better, left, right) >= pair_score(routes, left, right) * (1 - ROUNDING)
