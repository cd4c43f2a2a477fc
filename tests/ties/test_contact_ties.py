"""Ties of contacts in a planted world: what an entry counts, meetings, calls and mails, each worked out by hand."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from referralgraph.index.reasons import Filter

if TYPE_CHECKING:
    from conftest import Planted, Ties

Build = Callable[..., "Ties"]
exactly = pytest.approx


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
