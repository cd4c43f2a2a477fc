"""Answer to "who owns this company, and what of it?"."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, Question, SourceRow
from referralgraph.answers.possible import PossibleChange

Control = Literal["controls", "may control"]


class OwnedShare(Answer):
    """What reaches one owner, or what he holds of one company."""

    entity: EntityRef
    kind: str
    low: float = Field(description="at least so much, per cent")
    high: float = Field(description="at most so much, per cent; equal to `low` if exact")
    threshold: int | None = Field(default=None, description="highest of 10, 25, 50, 75 % that is surely reached")
    threshold_possible: int | None = Field(default=None, description="highest that may be reached")
    control: Control | None = Field(
        default=None, description="by the stated rule: more than half of the votes, through whom he controls"
    )
    owners_unknown: bool = Field(default=False, description="a company whose owners nobody states: the end of what is known")


class OwnershipLink(Answer):
    """A direct share, as a line of the picture."""

    owner: EntityRef
    owner_kind: str
    owned: EntityRef
    kind: Literal["capital", "votes", "profit_transfer", "sole_proprietor", "partner"]
    low: float | None = Field(description="per cent; nothing if no share is stated")
    high: float | None
    since: str | None = None
    counts: bool = Field(default=True, description="part of the cash flow; else it tells of control or has no share")
    sources: tuple[SourceRow, ...] = ()


class OwnershipAnswer(Answer):
    """Every ultimate owner with what reaches him through chains and cycles, and who controls."""

    question: Question
    revision: str
    coverage: Coverage
    entity: EntityRef
    kind: str
    day: str
    owners: tuple[OwnedShare, ...] = Field(default=(), description="ultimate owners, those of the most first")
    passing: tuple[OwnedShare, ...] = Field(default=(), description="companies in between")
    unknown_low: float | None = Field(default=None, description="what no stated owner holds, at least, per cent")
    unknown_high: float | None = None
    held: tuple[OwnedShare, ...] = Field(default=(), description="for an owner who was asked about: what he holds of each company")
    links: tuple[OwnershipLink, ...] = ()
    notes: tuple[Because, ...] = Field(default=(), description="contradictions, circles, what stands for what")
    nothing: Because | None = Field(default=None, description="why no owner is shown")
    method: str = "docs/method/risk.md#ownership"
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
