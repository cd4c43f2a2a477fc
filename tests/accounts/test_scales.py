"""The scales: lenient in form, strict in value; segments, fan classes, colours and questions by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.accounts.scales import SCALE, parse, parse_day, parse_rank, role_number
from referralgraph.errors import OffTheScale, ReferralGraphError
from referralgraph.score.segments import FAN_CLASSES, colour_fit, fan_class, segment
from referralgraph.score.settings import AccountSettings
from referralgraph.score.team_view import View, average, by_policy, commonest, disagree
from referralgraph.score.unknown import ASKED_FIELDS, change

SETTINGS = AccountSettings()


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("role", 4, "sponsor"),
        ("role", "Champion", "champion"),
        ("role", "3.0", "decision_maker"),
        ("role", "Decision-Maker", "decision_maker"),
        ("role", "decision maker", "decision_maker"),
        ("role", "Entscheiderin", "decision_maker"),
        ("role", "pengguna", "user"),
        ("role", "Gatekeeper", "gatekeeper"),
        ("type", "it", "T"),
        ("type", "p", "P"),
        ("type", "Einkauf", "P"),
        ("type", "keuangan", "C"),
        ("relationship", "-2", -2),
        ("relationship", "−1", -1),
        ("relationship", "+1", 1),
        ("relationship", 2.0, 2),
        ("relationship", "Feind", -2),
        ("relationship", "supporter", 2),
        ("influence", "hoch", 3),
        ("influence", "sedang", 2),
        ("influence", 1, 1),
        ("power", "7,5", 7.5),
        ("power", 10, 10),
        ("interest", "0", 0),
        ("says_so", True, True),
        ("says_so", "nein", False),
        ("colour", "Grün", "green"),
        ("second_colour", "BLUE", "blue"),
        ("role", "?", None),
        ("power", "unbekannt", None),
    ],
)
def test_people_write_as_they_like(name, written, value):
    found = parse(name, written)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("role", 5),
        ("role", 0),
        ("role", "boss"),
        ("role", ""),
        ("type", "X"),
        ("relationship", 3),
        ("relationship", "1.5"),
        ("relationship", "nan"),
        ("influence", 0),
        ("influence", 4),
        ("power", 10.5),
        ("power", -1),
        ("power", math.inf),
        ("power", "high"),
        ("power", "1_0"),
        ("says_so", "maybe"),
        ("colour", "purple"),
        ("interest", "nan"),
    ],
)
def test_what_is_not_on_a_scale_is_refused_with_what_is(name, written):
    with pytest.raises(OffTheScale) as told:
        parse(name, written)
    assert told.value.allowed == SCALE[name].allowed
    assert SCALE[name].allowed in str(told.value)


@given(st.sampled_from(sorted(SCALE)), st.one_of(st.text(max_size=8), st.floats(), st.integers(), st.booleans()))
def test_anything_else_is_refused_and_nothing_breaks(name, written):
    try:
        value = parse(name, written)
    except ReferralGraphError:
        return
    if value is not None:
        assert parse(name, value) == value


@pytest.mark.parametrize("written", ["2026-03-05", "5.3.2026", "05.03.2026", "2026-03-05 00:00:00"])
def test_a_day_in_several_forms(written):
    assert parse_day(written).isoformat() == "2026-03-05"


@pytest.mark.parametrize("written", ["2026-13-01", "yesterday", "31.2.2026", ""])
def test_no_day(written):
    with pytest.raises(OffTheScale):
        parse_day(written)


def test_a_rank_is_one_to_five():
    assert parse_rank("5") == 5
    with pytest.raises(OffTheScale, match="1 \\(most junior\\) to 5"):
        parse_rank(6)


def test_the_numbers_of_the_roles():
    assert [
        role_number(each)
        for each in ("sponsor", "champion", "decision_maker", "recommender", "coach", "user", "influencer", "gatekeeper", None)
    ] == [4, 4, 3, 2, 2, 1, None, None, None]


@pytest.mark.parametrize(
    ("power", "interest", "letter", "between"),
    [
        (8, 2, "A", ("A",)),
        (8, 8, "B", ("B",)),
        (2, 2, "C", ("C",)),
        (2, 8, "D", ("D",)),
        (5, 8, None, ("B", "D")),
        (8, 5, None, ("A", "B")),
        (5, 5, None, ("A", "B", "C", "D")),
        (5.000001, 4.999999, "A", ("A",)),
    ],
)
def test_the_segments_of_power_and_interest(power, interest, letter, between):
    found = segment(power, interest, SETTINGS)
    assert (found.letter, found.between) == (letter, between)
    assert found.on_the_line == tuple(name for name, value in (("power", power), ("interest", interest)) if value == 5)


def test_who_is_not_known_is_in_no_segment():
    assert segment(None, 5, SETTINGS) is None
    assert segment(5, None, SETTINGS) is None


@pytest.mark.parametrize(
    ("satisfaction", "tie", "says_so", "found"),
    [
        (10, 10, True, "fan"),
        (9, 9, True, "fan"),
        (10, 10, False, "sympathiser"),
        (10, 10, None, "sympathiser"),
        (8, 9, True, "sympathiser"),
        (6, 6, False, "sympathiser"),
        (9, 1, True, "mercenary"),
        (2, 8, False, "captive"),
        (4, 3, False, "opponent"),
        (2, 3, True, "enemy"),
        (0, 0, None, "enemy"),
        (None, 5, True, None),
        (5, None, True, None),
    ],
)
def test_the_classes_of_the_fan_principle(satisfaction, tie, says_so, found):
    assert fan_class(satisfaction, tie, says_so, SETTINGS) == found


@given(st.floats(0, 10), st.floats(0, 10), st.sampled_from([True, False, None]))
def test_everybody_who_is_known_has_one_class_and_one_place(one, other, says_so):
    assert fan_class(one, other, says_so, SETTINGS) in FAN_CLASSES
    place = segment(one, other, SETTINGS)
    assert (place.letter is None) == bool(place.on_the_line)
    assert len(place.between) == 2 ** len(place.on_the_line)


@pytest.mark.parametrize(
    ("ours", "theirs", "fit"),
    [
        (("red",), ("red",), "same"),
        (("red",), ("yellow",), "neighbouring"),
        (("red",), ("blue",), "neighbouring"),
        (("red",), ("green",), "opposite"),
        (("blue",), ("yellow",), "opposite"),
        (("yellow", "green"), ("green", "blue"), "neighbouring"),
        (("red", "green"), ("green",), "neighbouring"),
        ((), ("red",), None),
        (("red",), (), None),
    ],
)
def test_colours_get_on(ours, theirs, fit):
    assert colour_fit(ours, theirs) == fit


VIEWS = st.lists(
    st.builds(View, st.sampled_from("ABCDE"), st.just("2026-01-01"), st.integers(-2, 2)), max_size=5, unique_by=lambda view: view.by
)


@given(VIEWS, st.randoms())
def test_the_policies_are_bounded_and_know_no_order(views, dice):
    mixed = list(views)
    dice.shuffle(mixed)
    for policy in ("average", "best", "responsible"):
        found = by_policy(views, policy, "A")
        assert found == by_policy(mixed, policy, "A")
        assert found is None or -2 <= found <= 2
    if views:
        assert by_policy(views, "best", None) >= average(views)
    assert by_policy(views, "responsible", "nobody") is None


def test_the_commonest_word_and_who_decides_between_equals():
    views = [View("A", "2026-01-01", "user"), View("B", "2026-02-01", "coach"), View("C", "2026-03-01", "user")]
    assert commonest(views, "B") == "user"
    assert commonest(views[:2], "A") == "user"  # the responsible one
    assert commonest(views[:2], None) == "coach"  # the newest
    assert commonest([], None) is None


@pytest.mark.parametrize(
    ("values", "found"), [([1, 2], False), ([0, 2], True), ([-1, 1], True), ([0, 1], False), ([0.5, -0.5], True), ([3], False)]
)
def test_who_is_two_apart_or_on_the_other_side_disagrees(values, found):
    assert disagree(values) is found


@given(st.sampled_from(ASKED_FIELDS), st.sampled_from([None, 1, 2, 3, 4]), st.sampled_from([None, 1, 2, 3]))
def test_a_question_weighs_between_nothing_and_one(field, role, influence):
    assert 0 < change(field, {}, role, influence) <= 1


def test_the_second_question_of_a_pair_decides_more_than_the_first():
    """Power of a decision-maker (3 of 4) of high influence: .8 x (.75 + 1) / 2 = .7, and half of it while interest is unknown."""
    assert change("power", {"interest": 4}, 3, 3) == 0.7
    assert change("power", {}, 3, 3) == 0.35
