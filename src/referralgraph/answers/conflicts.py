"""What a list of competitors and debtors says about people in an answer."""

from __future__ import annotations

from referralgraph.answers.base import Answer, EntityRef


class ConflictMark(Answer):
    """A seat of a person in a body of the list, or the person himself."""

    person: EntityRef
    organisation: EntityRef | None = None
    kind: str
    role: str | None = None
    current: bool = True
    text: str
