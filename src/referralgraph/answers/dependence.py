"""Answer to "what do we lose when someone leaves?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question
from referralgraph.answers.possible import PossibleChange


class Loss(Answer):
    """A target that becomes harder to reach without somebody."""

    target: EntityRef
    before: float = Field(description="strength of the best introduction now")
    after: float | None = Field(description="strength of the best one without him; nothing if there is none within the limits")
    through: tuple[PersonRef, ...] = Field(description="the best introduction now, from us to the target")
    instead: tuple[PersonRef, ...] = Field(default=(), description="the best one without him")


class Stand(Answer):
    """Somebody who could take over, and for how many targets."""

    person: PersonRef
    targets: int


class Dependence(Answer):
    """One person of ours, or one introducer, and what hangs on him."""

    person: PersonRef
    ours: bool
    targets: int = Field(description="targets whose best introduction leads over him")
    lost: tuple[Loss, ...] = Field(description="targets that fall out of reach without him")
    halved: tuple[Loss, ...] = Field(description="targets whose best introduction falls below half its strength")
    weaker: int = Field(description="targets that get weaker by less than half, or not at all")
    takes_over: tuple[Stand, ...] = Field(default=(), description="who stands in his place on the best remaining introductions")
    hand_over: tuple[PersonRef, ...] = Field(
        default=(), description="whom he should introduce to a colleague before: the next people on the ways that would be lost"
    )


class DependenceAnswer(Answer):
    """Single points among our own people and the most used introducers, the one on whom most hangs first."""

    question: Question
    revision: str
    coverage: Coverage
    targets: int = Field(description="targets with somebody to reach")
    reached: int = Field(description="those with an introduction within the limits")
    people: tuple[Dependence, ...]
    introducers: int = Field(description="introducers on the best introductions; the most used were looked at")
    unreached: tuple[EntityRef, ...] = ()
    unanswered: tuple[Because, ...] = ()
    nothing: Because | None = None
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
    complete: bool = True
