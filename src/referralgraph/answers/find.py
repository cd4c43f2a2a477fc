"""Answer to "whom do you mean?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Question


class Candidate(Answer):
    """One entity that answers to the text."""

    id: str
    kind: str = Field(description="person, or the kind of organisation")
    name: str
    city: str | None = None
    detail: str = Field(default="", description="what tells it from its namesakes")
    connections: int = Field(default=0, description="mandates, shareholdings and contacts known of it")
    match: str = Field(description="exact, former name, prefix or words")


class FindAnswer(Answer):
    """Candidates, best match first, then those with more connections, then by id."""

    question: Question
    revision: str
    candidates: tuple[Candidate, ...]
    more: bool = Field(default=False, description="true if there are further candidates than were asked for")
