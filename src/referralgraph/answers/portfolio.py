"""Answer to "which of our customers sit in a bad neighbourhood, and what has changed?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question
from referralgraph.answers.possible import PossibleChange
from referralgraph.answers.risk import RiskModelRef, Verdict


class PortfolioLink(Answer):
    """The person and the failure behind a row."""

    person: PersonRef
    organisation: EntityRef
    event: str
    date: str
    log_odds: float
    text: str


class PortfolioRow(Answer):
    """One customer."""

    line: int = Field(description="1-based line in the file")
    asked: str
    entity: EntityRef
    exposure: float | None = None
    verdict: Verdict
    times: float | None = Field(description="how many times likelier than its peers an event is")
    times_if_sure: float | None = None
    times_before: float | None = Field(default=None, description="the same on the day of `--since`")
    links: tuple[PortfolioLink, ...] = Field(default=(), description="the votes; `risk` tells each with roles and sources")
    own_event: str | None = Field(default=None, description="what happened to the customer itself, with its day")


class PortfolioChange(Answer):
    """What has changed for a customer."""

    line: int
    entity: EntityRef
    code: str = Field(description="own_event, new_events, rose or fell")
    events: int = 0
    date: str | None = None
    times_before: float | None = None
    times: float | None = None
    text: str


class Unmatched(Answer):
    """A row that stands for no company, or for several."""

    line: int
    asked: str
    because: Because


class ConnectedClients(Answer):
    """Customers tied by an owner, a manager or a parent."""

    clients: tuple[EntityRef, ...]
    by: tuple[EntityRef, ...] = Field(description="people and companies that tie them, who ties the most first")
    exposure: float | None = None
    failed: int = Field(description="clients with an event of their own")


class PortfolioAnswer(Answer):
    """Customers from the riskiest neighbourhood on, what couldn't be matched, what has changed, and who belongs together."""

    question: Question
    revision: str
    coverage: Coverage
    model: RiskModelRef
    day: str
    since: str | None = None
    rows: tuple[PortfolioRow, ...]
    unmatched: tuple[Unmatched, ...] = ()
    changes: tuple[PortfolioChange, ...] = ()
    connected: tuple[ConnectedClients, ...] = ()
    exposure: float | None = Field(default=None, description="sum of the exposure column over matched rows")
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
