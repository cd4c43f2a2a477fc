"""Answer to "which five to ten people open the most of our target list?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question
from referralgraph.answers.path import PathTie
from referralgraph.answers.possible import PossibleChange


class SearchProfile(Answer):
    """Whom we look for, in words that a multiplier can use."""

    name: str
    industry: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    smallest: int | None = None
    largest: int | None = None
    role: tuple[str, ...] = ()
    phrases: tuple[str, ...] = Field(default=(), description="what he may hear there that should make him think of us")
    companies: int = Field(default=0, description="how many companies of the revision are as described")


class OpenedCompany(Answer):
    """A target company that a multiplier opens, and by whom."""

    organisation: EntityRef
    decision_maker: PersonRef
    roles: tuple[str, ...] = Field(default=(), description="roles of the decision-maker there")
    strength: float = Field(description="our tie to the multiplier times his tie to the decision-maker")
    adds: float = Field(description="chance that he reaches this company and none of those before him does")
    tie: PathTie = Field(description="why he probably knows the decision-maker")


class Multiplier(Answer):
    """Somebody outside the team who talks to decision-makers of the target list, and whom one of us knows."""

    person: PersonRef
    through: PersonRef = Field(description="who of us asks him")
    via: PersonRef | None = Field(default=None, description="one more introducer, if that was asked for")
    ties: tuple[PathTie, ...] = Field(description="from us to him")
    known: float = Field(description="strength of our tie to him")
    expected: float = Field(description="expected number of companies that he opens by himself")
    adds: float = Field(description="what he adds to those before him")
    companies: int = Field(description="companies he has any tie to that is strong enough")
    opens: tuple[OpenedCompany, ...] = Field(description="the companies he adds most to, first")


class NotChosen(Answer):
    """Somebody who would open companies but may not be asked."""

    person: PersonRef
    expected: float
    because: Because


class NewAcquaintance(Answer):
    """Somebody whom none of us knows well and who would open most."""

    person: PersonRef
    adds: float = Field(description="companies he would add if one of us had him in his address book")
    companies: int
    example: OpenedCompany


class MultipliersAnswer(Answer):
    """The set of multipliers that reaches the most target companies, whoever adds most first."""

    question: Question
    revision: str
    coverage: Coverage
    profiles: tuple[SearchProfile, ...] = ()
    companies: int = Field(description="target companies with at least one decision-maker")
    expected: float = Field(description="expected number of target companies with at least one decision-maker reached")
    bound: float = Field(description="no set of so many is worth more")
    proven: bool = Field(description="the set is the best there is")
    candidates: int = Field(description="people who open anything and may be asked")
    multipliers: tuple[Multiplier, ...]
    not_chosen: tuple[NotChosen, ...] = ()
    would_open: tuple[NewAcquaintance, ...] = ()
    unreached: tuple[EntityRef, ...] = Field(default=(), description="target companies that no candidate opens")
    unanswered: tuple[Because, ...] = Field(default=(), description="lines of the list that can't be answered, each with its reason")
    nothing: Because | None = None
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
    complete: bool = True
