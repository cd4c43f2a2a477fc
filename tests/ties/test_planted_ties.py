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


@pytest.mark.parametrize(
    ("kind", "closeness", "strength"),
    [
        ("linkedin", None, 0.3),
        ("address_book", None, 0.5),
        ("crm", None, 0.5),
        ("linkedin", 0, 0.05),
        ("linkedin", 1, 0.3),
        ("address_book", 2, 0.6),
        ("address_book", 3, 0.9),
    ],
)
def test_contacts_by_kind_or_by_the_owners_word(
    planted: Planted, ties_of: Build, kind: str, closeness: int | None, strength: float
) -> None:
    """An entry counts by its kind unless its owner said how well he knows the person."""
    planted.contact("Me", "a", kind, closeness=closeness)
    got, (reason,) = ties_of(planted).tie("meMe", "a")
    assert got == exactly(strength)
    assert (reason.kind, reason.owner, reason.private) == ("contact", "Me", False)


def test_of_several_entries_of_one_owner_the_strongest_counts_and_a_word_wins(planted: Planted, ties_of: Build) -> None:
    """LinkedIn and phone: 0.5, not a noisy-or of one acquaintance; with the word "not at all" on one of them: 0.05."""
    planted.contact("Me", "a", "linkedin")
    planted.contact("Me", "a", "address_book")
    planted.contact("Me", "b", "address_book")
    planted.contact("Me", "b", "linkedin", closeness=0)
    ties = ties_of(planted)
    assert ties.strength("meMe", "a") == exactly(0.5)
    assert ties.strength("meMe", "b") == exactly(0.05)


def test_a_private_contact_counts_for_its_owner_alone(planted: Planted, ties_of: Build) -> None:
    """Me has A in the phone, private; You has A on LinkedIn, shared. Me sees 0.5, You 0.3, and neither the other's."""
    planted.contact("Me", "a", "address_book", visibility="private")
    planted.contact("You", "a", "linkedin")
    planted.contact("Me", "b", "linkedin", visibility="private")
    ties = ties_of(planted)
    mine, yours = (ties.index.filter(viewer=viewer) for viewer in ("Me", "You"))
    assert ties.strength("meMe", "a", mine) == exactly(0.5)
    assert ties.tie("meMe", "a", mine)[1][0].private
    assert ties.strength("meMe", "a", yours) == 0
    assert ties.strength("meMe", "a") == 0
    assert ties.strength("meYou", "a", mine) == exactly(0.3)
    assert ties.strength("meMe", "b", mine) == exactly(0.3)
    assert ties.strength("meMe", "b", yours) == 0


def test_an_entry_shared_with_the_team_beside_a_private_one_is_one_acquaintance(planted: Planted, ties_of: Build) -> None:
    """LinkedIn shared, phone private: 0.5 for Me (the stronger entry), 0.3 for the others."""
    planted.contact("Me", "a", "linkedin")
    planted.contact("Me", "a", "address_book", visibility="private")
    planted.contact("You", "b", "linkedin", visibility="private")
    ties = ties_of(planted)
    assert ties.strength("meMe", "a", ties.index.filter(viewer="Me")) == exactly(0.5)
    strength, (reason,) = ties.tie("meMe", "a", ties.index.filter(viewer="You"))
    assert strength == exactly(0.3)
    assert not reason.private


def test_two_owners_of_one_team_are_colleagues(planted: Planted, ties_of: Build) -> None:
    """0.9; with an address-book entry of one about the other 1 - 0.1 x 0.5 = 0.95."""
    planted.colleague("Me")
    planted.colleague("You")
    planted.colleague("She")
    planted.contact("Me", "meYou", "address_book")
    ties = ties_of(planted)
    assert ties.strength("meMe", "meShe") == exactly(0.9)
    assert ties.tie("meMe", "meShe")[1][0].kind == "colleague"
    assert ties.strength("meMe", "meYou") == exactly(0.95)


def test_an_owners_contact_with_himself_is_no_tie(planted: Planted, ties_of: Build) -> None:
    """Everybody has himself in the phone."""
    planted.contact("Me", "meMe", "address_book")
    planted.contact("Me", "a", "address_book")
    ties = ties_of(planted)
    assert ties.index.neighbours(ties.index.position("p-" + f"{'meMe':0>20}"), Filter()) == [
        (ties.index.position("p-" + f"{'a':0>20}"), 0.5)
    ]


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


def test_meetings_calls_and_mails_lift_a_contact_and_fade(planted: Planted, ties_of: Build) -> None:
    """LinkedIn 0.3, met on the diary's own day: 1 - 0.7 x 0.85; a year before, the meeting counts half: 1 - 0.7 x 0.85^0.5.

    A call and two mails of one day, which is one day with mails: 1 - 0.7 x 0.95 x 0.99.
    """
    for who in "abc":
        planted.contact("Me", who)
    planted.met("Me", "a", "2024-06-30")
    planted.met("Me", "b", "2023-07-01")
    planted.met("Me", "c", "2024-06-30", "call")
    planted.met("Me", "c", "2024-06-30", "mail")
    planted.met("Me", "c", "2024-06-30", "mail")
    ties = ties_of(planted)
    assert ties.strength("meMe", "a") == exactly(1 - 0.7 * 0.85)
    assert ties.strength("meMe", "b") == exactly(1 - 0.7 * 0.85 ** (2 ** -(365 / 365.25)))
    strength, (reason,) = ties.tie("meMe", "c")
    assert strength == exactly(1 - 0.7 * 0.95 * 0.99)
    assert reason.interactions == (("call", 1, date(2024, 6, 30)), ("mail", 1, date(2024, 6, 30)))


def test_the_owners_word_is_not_lifted(planted: Planted, ties_of: Build) -> None:
    """He says "slightly" (0.3) of somebody whom he met five times this month, and he should know."""
    planted.contact("Me", "a", "address_book", closeness=1)
    for day in range(1, 6):
        planted.met("Me", "a", f"2024-06-{day:02}")
    strength, (reason,) = ties_of(planted).tie("meMe", "a")
    assert strength == exactly(0.3)
    assert reason.interactions == (("meeting", 5, date(2024, 6, 5)),)


def test_who_was_met_is_known_without_an_address_book(planted: Planted, ties_of: Build) -> None:
    """Two meetings on the diary's last day: 1 - 0.85 x 0.85; never more than "very well", however many mails."""
    planted.met("Me", "a", "2024-06-30")
    planted.met("Me", "a", "2024-06-30", "mail")
    for day in range(1, 31):
        for kind in ("meeting", "call"):
            planted.met("Me", "b", f"2024-06-{day:02}", kind)
    ties = ties_of(planted)
    strength, (reason,) = ties.tie("meMe", "a")
    assert strength == exactly(1 - 0.85 * 0.99)
    assert (reason.kind, reason.owner, reason.private, reason.is_open) == ("contact", "Me", False, True)
    assert ties.strength("meMe", "b") == exactly(0.9)


def test_interactions_under_a_day_and_a_viewer(planted: Planted, ties_of: Build) -> None:
    """As of 2 March 2024 the meeting of that day is fresh and the one of May hasn't been; the private one is its owner's."""
    planted.contact("Me", "a", since="2024-04")
    planted.met("Me", "a", "2024-03-02")
    planted.met("Me", "a", "2024-05-01", visibility="private")
    planted.met("You", "a", "2024-03-02", visibility="private")
    ties = ties_of(planted)
    day = date(2024, 3, 2)
    assert ties.strength("meMe", "a", ties.index.filter(as_of=day)) == exactly(0.15)
    assert ties.strength("meMe", "a", ties.index.filter(as_of=date(2024, 3, 1))) == 0
    assert ties.strength("meYou", "a", ties.index.filter(viewer="Me")) == 0
    assert ties.strength("meYou", "a", ties.index.filter(viewer="You", as_of=day)) == exactly(0.15)
    march, may = (0.85 ** (2 ** -(age / 365.25)) for age in (120, 60))
    assert ties.strength("meMe", "a", ties.index.filter(viewer="You")) == exactly(1 - 0.7 * march)
    strength, (reason,) = ties.tie("meMe", "a", ties.index.filter(viewer="Me"))
    assert strength == exactly(1 - 0.7 * march * may)
    assert reason.private
    assert ties.strength("meMe", "a", ties.index.filter(viewer="Me", kinds=["shared_mandate"])) == 0


def test_what_is_only_planned_has_not_taken_place_and_old_diaries_stay_old(planted: Planted, ties_of: Build) -> None:
    """A diary of June 2022: a meeting of 2023 was planned then; one of May 2022, the 15th of which stands for the month.

    Another diary is of 30 June 2024, so that meeting is 777 days old, whatever the register says of its own day.
    """
    planted.met("Me", "a", "2023-01-01", stated=date(2022, 6, 30))
    planted.met("Me", "b", "2022-05", stated=date(2022, 6, 30))
    planted.met("You", "c", "2024-06-30")
    ties = ties_of(planted)
    assert ties.strength("meMe", "a") == 0
    assert ties.strength("meMe", "b") == exactly(1 - 0.85 ** (2 ** -((date(2024, 6, 30) - date(2022, 5, 16)).days / 365.25)))
