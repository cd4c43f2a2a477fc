"""Answer to "show me": nodes and lines for the network page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Coverage, Question, SourceRow
from referralgraph.answers.possible import PossibleChange

NodeRole = Literal["me", "team", "introducer", "target", "asked", "other"]
EdgeKind = Literal["mandate", "shareholding", "contact", "colleague"]


class NetworkNode(Answer):
    """A person or an organisation on the page."""

    id: str
    kind: str = Field(description="person, company, association, chamber, club, committee or public_body")
    name: str
    role: NodeRole = "other"
    details: tuple[str, ...] = Field(default=(), description="lines of the hover text: place, register number, identity")
    connections: int = Field(description="connections in the whole graph; the badge shows those not on the page")
    hidden: bool = Field(default=False, description="on the page, but folded until a neighbour is double-clicked")
    ended: bool = Field(default=False, description="an organisation struck off the register")
    flags: tuple[str, ...] = Field(default=(), description="what a reader must know: liquidation, insolvency, possible identity")
    conflicts: tuple[str, ...] = Field(default=(), description="why to think twice before asking this person for an introduction")


class NetworkEdge(Answer):
    """A line between two nodes of the page."""

    id: str
    from_: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    kind: EdgeKind
    label: str = Field(default="", description="role or kind in words")
    since: str | None = None
    until: str | None = None
    ended: bool = False
    strength: float | None = None
    words: str | None = Field(default=None, description="the strength in words")
    reasons: tuple[str, ...] = Field(default=(), description="lines of the hover text")
    sources: tuple[SourceRow, ...] = ()


class LitPath(Answer):
    """An introduction path to be lit: its nodes in order, organisations between the people."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    strength: float
    words: str


class NetworkAnswer(Answer):
    """What the network page shows."""

    question: Question
    revision: str
    coverage: Coverage
    title: str
    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    paths: tuple[LitPath, ...] = ()
    left_out: int = Field(default=0, description="nodes of the neighbourhood that didn't fit on the page")
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
