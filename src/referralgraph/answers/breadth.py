"""Answer to "how broadly is this company connected?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question
from referralgraph.answers.possible import PossibleChange


class Counted(Answer):
    """A word or a name and how many there are."""

    name: str
    count: int


class ConnectedPerson(Answer):
    """Somebody tied to the company's people, with his influence in the whole graph."""

    person: PersonRef
    influence: float | None = Field(description="weighted PageRank, 1 is the average person")
    betweenness: float | None = Field(default=None, description="share of all pairs whose shortest chains lead over him")
    bodies: int
    strength: float = Field(description="of his best tie to somebody of the company")
    little: Because | None = Field(default=None, description="why he says little: a nominee")


class Breadth(Answer):
    """One company: its people, whom they know directly, and where these sit."""

    organisation: EntityRef
    asked: str
    people: int = Field(description="people who hold a seat now")
    by_role: tuple[Counted, ...] = Field(default=(), description="their roles here; one person may hold several")
    bodies: tuple[Counted, ...] = Field(default=(), description="kinds of the other organisations in which they sit")
    tied_people: int = Field(default=0, description="people outside who are tied to one of them")
    by_kind: tuple[Counted, ...] = Field(default=(), description="kinds of ties to them; one person may be tied by several")
    companies_reached: int = Field(default=0, description="organisations in which the tied people sit now, each once")
    reached_by_kind: tuple[Counted, ...] = ()
    tenure_years: float | None = Field(default=None, description="median years since a seat here began, where the begin is known")
    age_years: float | None = Field(default=None, description="median age of its people, where a birth date is known")
    regions: tuple[Counted, ...] = Field(default=(), description="cities of the organisations reached, the commonest first")
    industries: tuple[Counted, ...] = Field(default=(), description="industry codes of those, where a source tells one")
    industry_known: int = Field(default=0, description="organisations reached of which a source tells the industry")
    most_influential: tuple[ConnectedPerson, ...] = ()
    hubs: int = Field(default=0, description="nominees among the tied people, whose seats say little")
    nothing: Because | None = None


class BreadthAnswer(Answer):
    """One entry for each company, in the order in which they were asked for."""

    question: Question
    revision: str
    coverage: Coverage
    entries: tuple[Breadth, ...]
    influence_method: str | None = Field(default=None, description="how influence was computed at build, as JSON")
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
