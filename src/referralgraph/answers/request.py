"""A request to an introducer that can be forwarded as it is."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, PersonRef


class IntroductionRequest(Answer):
    """What one of us writes to the first introducer of a path.

    It holds nothing that he may not see: no strength, no private contact, nobody's address book, nothing beyond his own next step.
    """

    path: int = Field(description="number of the path, from 1")
    sender: PersonRef
    to: PersonRef
    target: PersonRef
    subject: str
    text: str
