"""Answer to "what is known of this entity?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, Question, SourceRow
from referralgraph.answers.identity import WeighedPair


class ShownLink(Answer):
    """A mandate, shareholding or contact of the entity."""

    kind: str = Field(description="mandate, shareholding or contact")
    other: EntityRef = Field(description="the organisation, or the person on the other side")
    other_kind: str
    role: str | None = None
    role_as_written: str | None = None
    share: str | None = Field(default=None, description="per cent or a band of per cent")
    since: str | None = None
    until: str | None = None
    last_seen: str | None = None
    current: bool = Field(description="not known to have ended")
    owner: str | None = None
    visibility: str = "public"
    source: SourceRow


class ShownEvent(Answer):
    """An event of the entity."""

    kind: str
    date: str | None
    text: str | None
    source: SourceRow


class ShownRecord(Answer):
    """One record that the entity was made of."""

    record_id: str
    name: str
    city: str | None
    source_key: str
    source: SourceRow
    because: str = Field(description="why it is taken for the same entity as the first record")
    identity: float = Field(description="chance that it is the same as the first record, (0, 1]")
    link_to: str | None = Field(default=None, description="the record by which it was recognised")
    weighed: WeighedPair | None = Field(default=None, description="what speaks for and against its being the same as that one")


class ShownPossible(Answer):
    """A record that may be of this entity too."""

    record_id: str = Field(description="the entity's own record")
    other: str = Field(description="the other record")
    entity: str = Field(description="whose it is now")
    probability: float
    text: str
    weighed: WeighedPair | None = None


class ShownStakeholder(Answer):
    """The scores of a person in one account, with everything that was assessed up to now."""

    account: str
    account_id: str
    position: str | None = None
    role: str | None = None
    role_score: int | None = None
    relationship_score: float | None = None
    influence_score: float | None = Field(default=None, description="as assessed; the graph's own influence is another figure")
    policy: str
    date: str | None = None


class ShowAnswer(Answer):
    """Everything the viewer may see of one entity."""

    question: Question
    revision: str
    coverage: Coverage
    id: str
    kind: str
    name: str
    attributes: dict[str, str] = Field(default_factory=dict)
    links: tuple[ShownLink, ...] = ()
    events: tuple[ShownEvent, ...] = ()
    records: tuple[ShownRecord, ...] = ()
    stakeholder_in: tuple[ShownStakeholder, ...] = Field(default=(), description="accounts in which this person is a stakeholder")
    waiting: tuple[Because, ...] = Field(
        default=(), description="identity pairs of this entity that nobody has decided"
    )
    decided: tuple[Because, ...] = Field(default=(), description="what people decided about the identity of this entity, who and when")
    possible: tuple[ShownPossible, ...] = Field(default=(), description="the same pairs with the weight of their evidence")
    would_settle: tuple[str, ...] = Field(default=(), description="what would confirm or refute that the records are one")
    nothing: Because | None = Field(default=None, description="why no link is shown")
