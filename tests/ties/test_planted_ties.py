"""Ties of a planted world, each worked out by hand from 0.9 / sqrt(n - 1) x 2 ^ -(years since either left / 4).

Registers are known to 30 June 2024. Four years are 1461 days (one leap day), 1461 / 365.25 = 4.0 years exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from referralgraph.index.reasons import Filter
from referralgraph.index.told import day_number
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    from conftest import Planted, Ties

Build = Callable[..., "Ties"]
exactly = pytest.approx


def test_two_people_alone_in_a_body_still_there(planted: Planted, ties_of: Build) -> None:
    """N = 2, nobody left: 0.9 / sqrt(1) = 0.9, whichever of the two is asked first."""
    planted.mandate("a", "firm", "2010-01-01")
    planted.mandate("b", "firm", "2012-05-01")
    ties = ties_of(planted)
    strength, (reason,) = ties.tie("a", "b")
    assert strength == exactly(0.9)
    assert ties.strength("b", "a") == strength
    assert (reason.kind, reason.since, reason.end, reason.is_open) == (
        "shared_mandate",
        date(2012, 5, 1),
        date(2024, 6, 30),
        True,
    )
    assert reason.mean_members == exactly(2.0)


def test_five_people_there_all_the_time(planted: Planted, ties_of: Build) -> None:
    """N = 5: 0.9 / sqrt(4) = 0.45 for each of the ten pairs."""
    for who in "abcde":
        planted.mandate(who, "board", "2015-01-01", role="supervisory_board")
    assert ties_of(planted).all("abcde") == {(one, other): exactly(0.45) for one in "abcde" for other in "abcde" if one < other}


def test_n_is_the_mean_over_the_days_both_were_there(planted: Planted, ties_of: Build) -> None:
    """A and B share 1 to 10 January 2020 (10 days); C and D are there on the 6th to the 10th and long after.

    Members: 2 on five days, 4 on five days, n = (5 x 2 + 5 x 4) / 10 = 3. A and B left on 10 January 2020. Asked as of
    9 January 2024, 1460 days later: 0.9 / sqrt(2) x 2 ^ -(1460 / 365.25 / 4).
    """
    for who in "ab":
        planted.mandate(who, "board", "2020-01-01", "2020-01-10")
    for who in "cd":
        planted.mandate(who, "board", "2020-01-06")
    strength, (reason,) = ties_of(planted).tie("a", "b", Filter(as_of=day_number(date(2024, 1, 9))))
    assert reason.mean_members == exactly(3.0)
    assert strength == exactly(0.9 / 2**0.5 * 2 ** -(1460 / 365.25 / 4))


def test_half_is_gone_four_years_after_either_left(planted: Planted, ties_of: Build) -> None:
    """B left on 29 June 2020, 1462 days before the data's day, A is still there; C left another body 1461 days before.

    1461 days: 0.9 x 2 ^ -1 = 0.45.
    """
    planted.mandate("a", "firm", "2010-01-01")
    planted.mandate("b", "firm", "2010-01-01", "2020-06-29")
    planted.mandate("a", "other", "2010-01-01")
    planted.mandate("c", "other", "2010-01-01", "2020-06-30")
    ties = ties_of(planted)
    assert ties.strength("a", "b") == exactly(0.9 * 2 ** -(1462 / 1461))
    assert ties.strength("a", "c") == exactly(0.45)
    assert not ties.tie("a", "c")[1][0].is_open


def test_people_who_missed_each_other_by_a_day_are_not_tied(planted: Planted, ties_of: Build) -> None:
    """B comes the day after A left: no day together. C shares exactly one day with A: n = 2 on that day."""
    planted.mandate("a", "firm", "2010-01-01", "2015-03-31")
    planted.mandate("b", "firm", "2015-04-01", "2016-01-01")
    planted.mandate("a", "other", "2010-01-01", "2020-06-30")
    planted.mandate("c", "other", "2020-06-30", "2023-01-01")
    ties = ties_of(planted)
    assert ties.strength("a", "b") == 0
    assert ties.strength("a", "c") == exactly(0.45)


def test_reasons_combine_by_noisy_or(planted: Planted, ties_of: Build) -> None:
    """Two bodies of two: 1 - (1 - 0.9) x (1 - 0.9) = 0.99; one of two and one of five: 1 - 0.1 x 0.55 = 0.945."""
    for body in ("one", "two"):
        for who in "ab":
            planted.mandate(who, body, "2010-01-01")
    for who in "acdef":
        planted.mandate(who, "five", "2010-01-01")
    planted.mandate("a", "three", "2010-01-01")
    planted.mandate("c", "three", "2010-01-01")
    ties = ties_of(planted)
    assert ties.strength("a", "b") == exactly(0.99)
    assert ties.strength("a", "c") == exactly(1 - 0.1 * 0.55)


def test_missing_start_is_the_assumed_tenure_before_the_end(planted: Planted, ties_of: Build) -> None:
    """B's start isn't known and he left on 30 June 2020: taken as there from 5 years (1826 days) before, 1 July 2015.

    C left on 30 June 2015, a day before that: not tied to B. A and B are, without saying since when.
    """
    planted.mandate("a", "firm", "2010-01-01")
    planted.mandate("b", "firm", None, "2020-06-30")
    planted.mandate("c", "firm", "2001-01-01", "2015-06-30")
    ties = ties_of(planted)
    strength, (reason,) = ties.tie("a", "b")
    assert strength == exactly(0.45)
    assert reason.since is None
    assert reason.mean_members == exactly(2.0)
    assert ties.strength("b", "c") == 0


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2012", "2015", date(2012, 1, 1), date(2015, 12, 31)),
        ("2012-03", "2016-02", date(2012, 3, 1), date(2016, 2, 29)),
        ("2012-03-07", "2015-04-01", date(2012, 3, 7), date(2015, 4, 1)),
    ],
)
def test_partial_dates_mean_all_the_days_they_may_mean(
    planted: Planted, ties_of: Build, since: str, until: str, first: date, last: date
) -> None:
    """A year alone begins on its first day and ends on its last, a month too."""
    planted.mandate("a", "firm", "2000")
    planted.mandate("b", "firm", since, until)
    (reason,) = ties_of(planted).tie("a", "b")[1]
    assert (reason.since, reason.end) == (first, last)


def test_two_mandates_of_one_person_in_one_body_are_one_membership(planted: Planted, ties_of: Build) -> None:
    """A is managing director and shareholder, then signatory the day after: he counts once, n stays 2, one reason."""
    planted.mandate("a", "firm", "2010-01-01", "2015-12-31")
    planted.mandate("a", "firm", "2016-01-01", role="authorised_signatory")
    planted.share("a", "firm", "2012-01-01")
    planted.mandate("b", "firm", "2010-01-01")
    strength, reasons = ties_of(planted).tie("a", "b")
    assert strength == exactly(0.9)
    assert [(each.since, each.is_open, each.mean_members) for each in reasons] == [(date(2010, 1, 1), True, exactly(2.0))]


def test_who_leaves_and_comes_back_has_one_reason_without_the_gap(planted: Planted, ties_of: Build) -> None:
    """A: January 2010 (31 days) and from 1 June 2024 (30 days to the 30th); B all the time, C only in January 2010.

    n = (31 x 3 + 30 x 2) / 61 days; A is back, so nothing has aged: 0.9 / sqrt(n - 1).
    """
    planted.mandate("a", "firm", "2010-01-01", "2010-01-31")
    planted.mandate("a", "firm", "2024-06-01")
    planted.mandate("b", "firm", "2009-01-01")
    planted.mandate("c", "firm", "2010-01-01", "2010-01-31")
    strength, (reason,) = ties_of(planted).tie("a", "b")
    assert reason.mean_members == exactly((31 * 3 + 30 * 2) / 61)
    assert strength == exactly(0.9 / ((31 * 3 + 30 * 2) / 61 - 1) ** 0.5)
    assert (reason.since, reason.is_open) == (date(2010, 1, 1), True)


def test_members_of_a_removed_company_are_no_longer_together(planted: Planted, ties_of: Build) -> None:
    """The register shows open mandates on 30 June 2020 but the company is removed: 1461 days ago, half is gone."""
    for who in "ab":
        planted.mandate(who, "gone", "2010-01-01", seen=date(2020, 6, 30))
    planted.mandate("c", "alive", "2010-01-01")
    planted.removed.add("gone")
    ties = ties_of(planted)
    strength, (reason,) = ties.tie("a", "b")
    assert strength == exactly(0.45)
    assert not reason.is_open
    assert ties.strength("a", "b", Filter(current_only=True)) == 0


def test_an_open_mandate_last_seen_long_ago_has_no_age_until_a_day_is_asked_for(planted: Planted, ties_of: Build) -> None:
    """Seen on 30 June 2020, nobody is known to have left: 0.9. As of 30 June 2024 nobody knows of four years: 0.45."""
    for who in "ab":
        planted.mandate(who, "firm", "2010-01-01", seen=date(2020, 6, 30))
    planted.mandate("c", "other", "2010-01-01")
    ties = ties_of(planted)
    assert ties.strength("a", "b") == exactly(0.9)
    assert ties.strength("a", "b", Filter(as_of=day_number(date(2024, 6, 30)))) == exactly(0.45)


@pytest.mark.parametrize(("members", "tied"), [(30, True), (31, False)])
def test_a_body_of_more_than_thirty_gives_no_ties(planted: Planted, ties_of: Build, members: int, tied: bool) -> None:
    """30 members: 0.9 / sqrt(29) each; 31: nothing, and the body is counted as too large."""
    people = [f"m{number:02}" for number in range(members)]
    for who in people:
        planted.mandate(who, "club", "2020-01-01", role="member")
    ties = ties_of(planted)
    assert ties.all(people[:3]) == (
        {pair: exactly(0.9 / 29**0.5) for pair in (("m00", "m01"), ("m00", "m02"), ("m01", "m02"))} if tied else {}
    )
    assert ties.body("club")["too_large"] is not tied
    assert ties.body("club")["most_members"] == members


def test_a_body_that_grew_too_large_gave_ties_before(planted: Planted, ties_of: Build) -> None:
    """A and B found a club in 2010, thirty more join in 2020: today nothing, as of 2019 two alone in it, 0.9."""
    for who in ("a", "b"):
        planted.mandate(who, "club", "2010-01-01", role="member")
    for number in range(30):
        planted.mandate(f"m{number:02}", "club", "2020-01-01", role="member")
    ties = ties_of(planted)
    assert ties.strength("a", "b") == 0
    assert ties.strength("a", "b", Filter(as_of=day_number(date(2019, 12, 31)))) == exactly(0.9)
    assert ties.strength("a", "b", Filter(as_of=day_number(date(2020, 1, 1)))) == 0
    assert ties.strength("m00", "m01", Filter(as_of=day_number(date(2020, 1, 1)))) == 0


def test_shareholders_of_one_company_know_each_other(planted: Planted, ties_of: Build) -> None:
    """Three owners: n = 3, 0.9 / sqrt(2), kind shared_shareholding; an owner and the director have a shared mandate."""
    planted.share("a", "firm", "2010-01-01")
    planted.share("b", "firm", "2010-01-01")
    planted.mandate("c", "firm", "2010-01-01")
    ties = ties_of(planted)
    strength, (reason,) = ties.tie("a", "b")
    assert strength == exactly(0.9 / 2**0.5)
    assert reason.kind == "shared_shareholding"
    assert ties.tie("a", "c")[1][0].kind == "shared_mandate"


def test_two_employees_of_a_firm_are_not_tied_and_do_not_count(planted: Planted, ties_of: Build) -> None:
    """Employees E and F aren't members of the body: no tie, and the directors stay two."""
    for who in "ef":
        planted.mandate(who, "firm", "2010-01-01", role="employee")
    for who in "ab":
        planted.mandate(who, "firm", "2010-01-01")
    assert ties_of(planted).all("abef") == {("a", "b"): exactly(0.9)}


def test_constants_are_settings(planted: Planted, ties_of: Build) -> None:
    """Base 0.5, exponent 1, half-life 2 years, five people, left 1461 days ago: 0.5 / 4 x 2 ^ -2 = 0.03125."""
    for who in "abcd":
        planted.mandate(who, "board", "2010-01-01")
    planted.mandate("e", "board", "2010-01-01", "2020-06-30")
    ties = ties_of(planted, TieSettings(base_shared_mandate=0.5, size_exponent=1.0, half_life_years=2.0))
    assert ties.strength("a", "e") == exactly(0.03125)


def test_two_of_one_name_in_one_body_are_not_introduced_to_each_other(planted: Planted, ties_of: Callable[..., Ties]) -> None:
    """Jörg Gröger of Ulm and Joerg Groeger of Bonn sit in one company: probably one man who moved. Both know Mia."""
    for who in ("ulm", "bonn", "mia"):
        planted.mandate(who, "firm", "2020-01-01")
    planted.called("ulm", "Jörg Gröger")
    planted.called("bonn", "Joerg Groeger")
    world = ties_of(planted)
    assert world.strength("ulm", "bonn") == 0
    assert world.strength("ulm", "mia") == world.strength("bonn", "mia") == pytest.approx(0.9 / 2**0.5)
