"""What an answer would be if two people, or two organisations, that may be one were one."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, PersonRef


class ChangedFinding(Answer):
    """One thing that an answer says, and what it would say instead; nothing where it would say nothing."""

    what: str = Field(description="in words: whom or what it is about")
    now: int | float | str | None
    then: int | float | str | None


class PossibleChange(Answer):
    """An undecided identity that would change the answer: two who may be one, people or organisations, and what would be said then."""

    one: PersonRef = Field(description="a person or an organisation, as its id says")
    other: PersonRef
    probability: float = Field(description="chance that they are one")
    strength: float | None = Field(default=None, description="of introductions: strength of the best one if they are one")
    people: tuple[PersonRef, ...] = Field(default=(), description="that introduction")
    changes: tuple[ChangedFinding, ...] = Field(default=(), description="what the answer would say instead, the first ones")
    more: int = Field(default=0, description="further changes")
    text: str = ""
