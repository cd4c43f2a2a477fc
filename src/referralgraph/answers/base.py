"""What every answer has: the question, the revision, what it stands on."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """A frozen value; unknown fields are refused, so that an answer never says more than its schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class SourceRow(Answer):
    """Where a statement stands: one line of one raw file."""

    source: str = Field(description="who published it")
    file: str = Field(description="name of the raw file")
    line: int = Field(description="1-based line in it")
    as_written: str | None = Field(default=None, description="the name letter by letter as that line has it")


class EntityRef(Answer):
    """An organisation or a person by id and name."""

    id: str
    name: str


class PersonRef(EntityRef):
    """A person in an answer.

    ``identity`` is the chance (0 to 1) that the records on his two sides are the same person.
    """

    identity: float = 1.0
    city: str | None = None


class Because(Answer):
    """Why something was refused or is missing: for programs (code, parameters) and for people (text)."""

    code: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    text: str


class SourceDate(Answer):
    """How fresh one source is."""

    source: str
    records: int
    newest: str = Field(description="day of its newest statement, YYYY-MM-DD")


class Coverage(Answer):
    """What the revision knows at all, so that "no path" isn't taken for "no data"."""

    data_date: str | None = Field(description="day to which the data is known; ages of mandates count from here")
    people: int
    organisations: int
    organisations_with_people: int = Field(description="organisations that name at least one person")
    bodies_without_ties: int = Field(description="bodies too large to make their members know each other")
    ties: int
    waiting: int = Field(description="identity pairs that nobody has decided")
    sources: tuple[SourceDate, ...] = ()


class Question(Answer):
    """The question as it was understood."""

    kind: str
    viewer: str | None = None
    as_of: str | None = Field(default=None, description="asked as of this day; by default everything known counts")
    parameters: dict[str, Any] = Field(default_factory=dict)
    notes: tuple[Because, ...] = Field(default=(), description="of ids asked with: who was taken apart since")
