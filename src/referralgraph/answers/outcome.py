"""Answers about requests for introductions: what came of them, and how often."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, Question


class OutcomeLine(Answer):
    """One judgement: what came of a request."""

    id: str = Field(description="id of the judgement, for undo")
    outcome: str = Field(description="asked, granted, refused, met, business or strangers")
    introducer: EntityRef | None = Field(description="who was asked; nothing if his records are gone")
    target: EntityRef | None
    by: str
    at: str = Field(description="the day, YYYY-MM-DD")
    note: str | None = None
    promised: float | None = Field(description="strength of their tie when it was entered, outcomes left aside")
    kind: str | None = Field(description="kind of the strongest reason then")
    stands: bool = Field(description="it decides about the tie now: the newest but for requests without an answer")


class SuccessRate(Answer):
    """How many requests of a sort were granted."""

    group: str = Field(description="a kind of tie, or a range of promised strengths")
    requests: int = Field(description="pairs of introducer and target that were asked about")
    decided: int = Field(description="those with an answer")
    granted: int = Field(description="granted, met or business")
    rate: float | None = Field(description="granted of decided; nothing if fewer than five are decided")
    low: float | None = Field(default=None, description="95 % interval")
    high: float | None = Field(default=None, description="95 % interval")
    promised: float = Field(description="mean strength that the ties promised")


class Load(Answer):
    """How often an introducer was asked this quarter."""

    introducer: EntityRef
    asked: int
    open: int = Field(description="requests without an answer")
    rests: Because | None = Field(default=None, description="why he isn't asked again this quarter")


class OutcomesAnswer(Answer):
    """What came of requests, newest first, with rates and the load of introducers."""

    question: Question
    revision: str
    coverage: Coverage
    lines: tuple[OutcomeLine, ...]
    loads: tuple[Load, ...] = ()
    by_kind: tuple[SuccessRate, ...] = ()
    by_strength: tuple[SuccessRate, ...] = ()
