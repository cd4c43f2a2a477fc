"""Answers about identity: what speaks for and against two records being one, and which pairs wait for a decision."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Question, SourceRow


class Evidence(Answer):
    """One comparison of two records and what its outcome weighs."""

    comparison: str = Field(description="what was compared: given, family, birth, place, ...")
    outcome: str = Field(description="code of the outcome")
    text: str = Field(description="the outcome in words")
    bits: float = Field(description="weight for one person against two strangers, log2 of the odds; below 0 against")


class WeighedPair(Answer):
    """The weight of evidence for two records being one.

    ``probability`` = 1 / (1 + 2^-weight + 2^-relative): neither strangers nor relatives.
    """

    prior: float = Field(description="bits before anything is compared, against strangers")
    parts: tuple[Evidence, ...] = ()
    weight: float = Field(description="bits with everything compared, against strangers")
    relative: float = Field(description="bits against relatives (of organisations: sister companies)")


class ReviewRecord(Answer):
    """One record of a pair."""

    record_id: str
    entity: str = Field(description="id of the person or organisation that it belongs to")
    name: str
    city: str | None
    told: tuple[str, ...] = Field(default=(), description="what else is known: seats, employers, other records")
    source: SourceRow


class ReviewPair(Answer):
    """Two records that may be one person or organisation."""

    one: ReviewRecord
    other: ReviewRecord
    because: str = Field(description="code of why it waits")
    text: str = Field(description="why it waits, in words")
    probability: float
    changes: int = Field(
        description="pairs of people who would get a better way to each other over at most one introducer if two people were one, "
        "or who would sit in one body and aren't tied yet if two organisations were"
    )
    counted: bool = Field(default=True, description="whether that was counted; else it is an estimate, and never too low")
    weighed: WeighedPair | None = None


class ReviewJudgement(Answer):
    """What somebody decided about identity."""

    id: str
    by: str
    at: str
    verdict: Literal["same", "different", "sides"]
    sides: tuple[tuple[str, ...], ...] = Field(description="record ids: one person within a side, others across")
    counts: bool = Field(description="false if a newer judgement contradicts it, or nothing of it is left")
    problem: Because | None = Field(default=None, description="what is wrong with it: contradicted, or records that are gone")


class ReviewAnswer(Answer):
    """Pairs that nobody has decided, those first whose decision would change most; and what was decided."""

    question: Question
    revision: str
    waiting: int = Field(description="all undecided pairs of the revision")
    pairs: tuple[ReviewPair, ...]
    judgements: tuple[ReviewJudgement, ...] = ()


class ReviewDone(Answer):
    """What became of decisions that were handed in."""

    judgements: tuple[str, ...] = Field(description="ids of the judgements made")
    skipped: int = Field(default=0, description="rows without a decision")
    repeated: int = Field(default=0, description="rows that say what was decided already")
    problems: tuple[Because, ...] = Field(default=(), description="rows that couldn't be used, each with its line; conflicts")
