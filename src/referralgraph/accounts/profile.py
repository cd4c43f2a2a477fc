"""The profile of a stakeholder: what the team thinks of him, under the policy of the house."""

from __future__ import annotations

from dataclasses import dataclass

from referralgraph.accounts.book import Account, Member
from referralgraph.accounts.scales import SCALE, role_number
from referralgraph.score.segments import Segment, fan_class, segment
from referralgraph.score.settings import AccountSettings
from referralgraph.score.team_view import POLICIES, View, average, by_policy, commonest


@dataclass(frozen=True)
class Profile:
    """What is said of a stakeholder, each number None if nobody says anything.

    :param role: word of the role scale that most colleagues use.
    :param role_score: its number; None for influencer and gatekeeper, which have none.
    :param relationship: by each policy.
    :param relationship_score: by the policy of the house.
    :param influence_score: mean of what the colleagues say, 1 to 3.
    :param satisfaction, emotional_tie: towards the company and the salesperson.
    :param date: day of the newest view that counts.
    :param assessors: how many colleagues say anything.
    """

    role: str | None
    role_score: int | None
    type: str | None
    relationship: dict[str, float | None]
    relationship_score: float | None
    policy: str
    responsible: str | None
    influence_score: float | None
    power: float | None
    interest: float | None
    segment: Segment | None
    satisfaction: float | None
    emotional_tie: float | None
    says_so: bool | None
    fan: str | None
    satisfaction_salesperson: float | None
    emotional_tie_salesperson: float | None
    says_so_salesperson: bool | None
    fan_salesperson: str | None
    colour: str | None
    second_colour: str | None
    date: str | None
    assessors: int

    @property
    def colours(self) -> tuple[str, ...]:
        """First and second colour, as far as they are known."""
        return tuple(each for each in (self.colour, self.second_colour) if each and self.colour)

    @property
    def is_enemy(self) -> bool:
        """Whether he must never introduce: -2 under the policy, or without a score under it, by all who say anything."""
        if self.relationship_score is not None:
            return self.relationship_score <= -2
        return self.relationship["best"] is not None and self.relationship["best"] <= -2


def profile(account: Account, member: Member, settings: AccountSettings, policy: str | None = None) -> Profile:
    """Return the profile of a stakeholder.

    :param policy: ``average``, ``best`` or ``responsible``; None for that of the settings.
    """
    responsible = account.responsible_for(member.key)
    chosen = policy or settings.relationship_policy

    def views(name: str) -> tuple[View, ...]:
        return member.views.get(name, ())

    def word(name: str) -> str | None:
        found = commonest(views(name), responsible)
        return None if found is None else str(found)

    def said(name: str) -> bool | None:
        found = commonest(views(name), responsible)
        return None if found is None else bool(found)

    mean = {name: average(views(name)) for name, scale in SCALE.items() if scale.numeric}
    relationship: dict[str, float | None] = {name: by_policy(views("relationship"), name, responsible) for name in POLICIES}
    every = [view for each in member.views.values() for view in each]
    role = word("role")
    return Profile(
        role=role,
        role_score=role_number(role),
        type=word("type"),
        relationship=relationship,
        relationship_score=relationship[chosen],
        policy=chosen,
        responsible=responsible,
        influence_score=mean["influence"],
        power=mean["power"],
        interest=mean["interest"],
        segment=segment(mean["power"], mean["interest"], settings),
        satisfaction=mean["satisfaction"],
        emotional_tie=mean["emotional_tie"],
        says_so=said("says_so"),
        fan=fan_class(mean["satisfaction"], mean["emotional_tie"], said("says_so"), settings),
        satisfaction_salesperson=mean["satisfaction_salesperson"],
        emotional_tie_salesperson=mean["emotional_tie_salesperson"],
        says_so_salesperson=said("says_so_salesperson"),
        fan_salesperson=fan_class(
            mean["satisfaction_salesperson"], mean["emotional_tie_salesperson"], said("says_so_salesperson"), settings
        ),
        colour=word("colour"),
        second_colour=word("second_colour"),
        date=max((view.at[:10] for view in every), default=None),
        assessors=len({view.by for view in every}),
    )
