"""Answer to "who can introduce me?"."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question, SourceRow
from referralgraph.answers.conflicts import ConflictMark
from referralgraph.answers.possible import PossibleChange
from referralgraph.answers.request import IntroductionRequest

ReasonKind = Literal["shared_mandate", "shared_shareholding", "contact", "colleague", "outcome"]


class InteractionCount(Answer):
    """On how many days one of our people met, called or mailed somebody, as far as it counts for the question."""

    kind: Literal["meeting", "call", "mail"]
    days: int
    last: str = Field(description="the last of these days, to the precision of the source")


class PathReason(Answer):
    """One ground for a tie, with what it adds to the strength."""

    kind: ReasonKind
    organisation: EntityRef | None = None
    roles: tuple[str, ...] = Field(default=(), description="roles of the two, first that of the tie's `from`")
    since: str | None = Field(default=None, description="together since, to the precision of the source")
    until: str | None = Field(default=None, description="together until; nothing if neither is known to have left")
    last_seen: str | None = Field(default=None, description="last day on which the source shows both")
    strength: float
    owner: str | None = Field(default=None, description="whose contact it is")
    closeness: int | None = Field(default=None, description="the owner's own word, 0 to 3, which wins over any guess")
    interactions: tuple[InteractionCount, ...] = Field(default=(), description="what lifted a contact")
    visibility: Literal["public", "team", "private"] = "public"
    text: str = Field(default="", description="the reason in words")
    sources: tuple[SourceRow, ...] = ()


class PathTie(Answer):
    """Two people who know each other."""

    from_: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    strength: float
    reasons: tuple[PathReason, ...]


class IntroductionPath(Answer):
    """A chain of ties from one of us to the target."""

    strength: float = Field(description="product of the ties' strengths, (0, 1]")
    words: str = Field(description="the strength in words")
    identity: float = Field(description="chance that every introducer is one and the same person on both his sides")
    possible: bool = Field(default=False, description="true if `identity` is below the threshold: ask before you rely on it")
    people: tuple[PersonRef, ...]
    ties: tuple[PathTie, ...]
    decided: tuple[Because, ...] = Field(
        default=(), description="who decided, and when, that an introducer or the target is one person"
    )


class Refusal(Answer):
    """A path that would have been as short or stronger, and why it isn't offered."""

    people: tuple[PersonRef, ...]
    strength: float
    because: Because


class MissingAcquaintance(Answer):
    """Somebody whom it would help to know: he knows a target and may introduce."""

    person: PersonRef
    target: PersonRef
    knows_target: float = Field(description="strength of his tie to the target, (0, 1]")
    gives: float = Field(description="strength of the introduction if one of us had him in his address book")


class NearestPerson(Answer):
    """Somebody who can be reached and is on the way to a target who can't."""

    person: PersonRef
    target: PersonRef
    ties: int = Field(description="ties from one of us to him")
    strength: float = Field(description="strength of the introduction to him, (0, 1]")
    ties_to_target: int = Field(description="ties from him to the target")
    strength_to_target: float = Field(description="strength of the chain from him to the target, (0, 1]")


class PathAnswer(Answer):
    """The best introductions, strongest first; alternatives that share no introducer come first."""

    question: Question
    revision: str
    coverage: Coverage
    paths: tuple[IntroductionPath, ...]
    refused: tuple[Refusal, ...] = ()
    shared_introducers: tuple[PersonRef, ...] = Field(default=(), description="introducers whom all paths need")
    alternatives: tuple[IntroductionPath, ...] = Field(
        default=(),
        description="if all paths need one introducer: the strongest that need none of the introducers shown",
    )
    nothing: Because | None = Field(
        default=None, description="why there is no path: none exists, the data is missing, or the time ran out"
    )
    beyond: IntroductionPath | None = Field(default=None, description="without a path: the best one beyond the limits asked for")
    nearest: tuple[NearestPerson, ...] = Field(
        default=(), description="without a path: whom we can reach on the ways beyond the limits, the strongest way first"
    )
    would_help: tuple[MissingAcquaintance, ...] = Field(default=(), description="without a path: whom to get to know")
    requests: tuple[IntroductionRequest, ...] = Field(default=(), description="if asked for: what to write to the introducers")
    conflicts: tuple[ConflictMark, ...] = Field(
        default=(), description="introducers of these paths on the user's list, or with a firm that has just failed"
    )
    without_conflicts: tuple[IntroductionPath, ...] = Field(
        default=(), description="if an introducer is marked: the strongest paths without anybody who would be"
    )
    unknown_conflicts: tuple[Because, ...] = Field(default=(), description="lines of the list that name nobody")
    possible: tuple[PossibleChange, ...] = Field(
        default=(), description="undecided identities that would give another best introduction: see `review`"
    )
    complete: bool = Field(default=True, description="false if time ran out before the search was proven complete")


class BestPath(Answer):
    """One line of a target list and its best introduction."""

    asked: str = Field(description="the line as it stands in the list")
    targets: tuple[PersonRef, ...] = Field(default=(), description="who is meant: a person, or a company's decision-makers")
    path: IntroductionPath | None = None
    conflicts: tuple[ConflictMark, ...] = Field(default=(), description="introducers of the path whom to think twice about")
    without_conflicts: IntroductionPath | None = Field(default=None, description="with conflicts: the best way without them")
    nothing: Because | None = Field(default=None, description="why there is no path: none exists, or the data is missing")
    complete: bool = Field(default=True, description="false if time ran out before this line was searched to the end")


class PathsAnswer(Answer):
    """The best introduction to each target of a list, in the order of the list."""

    question: Question
    revision: str
    coverage: Coverage
    entries: tuple[BestPath, ...]
    unknown_conflicts: tuple[Because, ...] = Field(default=(), description="lines of the list of conflicts that name nobody")
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
    complete: bool = Field(default=True, description="false if time ran out before all were proven complete")
