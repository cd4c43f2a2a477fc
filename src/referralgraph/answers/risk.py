"""Answer to "does this company sit in a bad neighbourhood?"."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question, SourceRow
from referralgraph.answers.possible import PossibleChange

Verdict = Literal["evidence", "stale", "clean", "no_data"]


class RiskEvent(Answer):
    """Something that happened to an organisation."""

    id: str = Field(description="record of the event, for a judgement that withdraws it")
    kind: str
    date: str | None = Field(description="to the precision of the source; nothing if it shows the event without a date")
    text: str | None = None
    source: SourceRow


class RiskRole(Answer):
    """A role or shareholding of a person in an organisation."""

    role: str
    since: str | None
    until: str | None
    source: SourceRow


class RiskLink(Answer):
    """A person who links the company to one that failed, and what that adds."""

    person: PersonRef = Field(description="`identity`: chance that the records in both companies are of one person")
    roles: tuple[RiskRole, ...] = Field(description="in the company asked about")
    organisation: EntityRef = Field(description="the company that failed")
    roles_there: tuple[RiskRole, ...]
    event: RiskEvent
    log_odds: float = Field(description="what this link adds; those of all links and of `other` add up to `log_odds` of the entry")
    unsure: bool = Field(description="left out of `times_if_sure`")
    group: tuple[EntityRef, ...] = Field(default=(), description="other companies wound up with it: one event")
    text: str
    adds_nothing: Because | None = Field(default=None, description="why it adds nothing: person or event has voted already")
    clears: tuple[Because, ...] = Field(default=(), description="judgements that would take it away, and what would be left")


class RiskSilence(Answer):
    """A link that is no evidence, and why."""

    person: PersonRef
    organisation: EntityRef | None = None
    event: RiskEvent | None = None
    because: Because


class RiskPart(Answer):
    """One summand of the log-odds that isn't a single link."""

    code: str
    value: str
    log_odds: float
    text: str


class RiskHeld(Answer):
    """A company of a person, and what happened to it."""

    organisation: EntityRef
    roles: tuple[RiskRole, ...]
    event: RiskEvent | None = None


class RiskEntry(Answer):
    """One company or person that was asked about."""

    entity: EntityRef
    kind: str
    verdict: Verdict | None = Field(description="`no_data` isn't `clean`; nothing for a person, who is never scored")
    text: str
    times: float | None = Field(default=None, description="how many times likelier than its peers an event is")
    times_low: float | None = Field(default=None, description="the lower end of the model's 95 % interval")
    times_high: float | None = None
    times_if_sure: float | None = Field(default=None, description="the same without links by people of unsure identity")
    own_times: float | None = Field(default=None, description="how many times likelier its peers are than the average company")
    log_odds: float = 0.0
    links: tuple[RiskLink, ...] = ()
    other: tuple[RiskPart, ...] = Field(default=(), description="other parts of `log_odds`")
    own: tuple[RiskPart, ...] = Field(default=(), description="what makes its peers: age, legal form, state")
    silent: tuple[RiskSilence, ...] = Field(default=(), description="links that are no evidence, with the reason")
    more_silent: int = 0
    own_events: tuple[RiskEvent, ...] = Field(default=(), description="what happened to the company itself; never an input")
    people: int = Field(default=0, description="people known to be linked to it")
    linked_companies: int = Field(default=0, description="other companies of those who count")
    held: tuple[RiskHeld, ...] = Field(default=(), description="for a person: his companies, those with an event first")


class RiskModelRef(Answer):
    """The model that was asked."""

    name: str
    fitted_on: str
    report: dict[str, Any]
    base_rate: float = Field(description="chance of an event within three years of an average company: never that of one company")
    base_measured: bool = Field(description="measured on the data at hand; else the model's own")
    base_text: str
    events: int = Field(default=0, description="dated events in the data")
    unlinked_events: int = Field(default=0, description="of them, those of organisations of which no source names a person")
    method: str = Field(default="docs/method/risk.md", description="how it is made, limits, what it must not be used for")


class RiskAnswer(Answer):
    """How the neighbourhood of each company compares, because of exactly which links."""

    question: Question
    revision: str
    coverage: Coverage
    model: RiskModelRef
    day: str = Field(description="nothing after this day is seen")
    entries: tuple[RiskEntry, ...]
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
