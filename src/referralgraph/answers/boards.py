"""Answer to "how is our board tied to theirs?"."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question, SourceRow
from referralgraph.answers.conflicts import ConflictMark
from referralgraph.answers.path import IntroductionPath, MissingAcquaintance, PathAnswer, Refusal
from referralgraph.answers.possible import PossibleChange


class Seat(Answer):
    """A mandate of a board member."""

    organisation: EntityRef
    role: str
    since: str | None = None
    until: str | None = None
    last_seen: str | None = None
    current: bool
    sources: tuple[SourceRow, ...] = ()


class BoardMember(Answer):
    """Somebody on a board, with his seats there, and what the list of conflicts says about him."""

    person: PersonRef
    seats: tuple[Seat, ...] = Field(description="his seats in this organisation; none if a company holds the seat for him")
    marks: tuple[ConflictMark, ...] = ()


class BoardCell(Answer):
    """The best introduction from one of our members to one of theirs."""

    ours: str = Field(description="id of our member")
    theirs: str = Field(description="id of their member")
    strength: float = Field(description="1 if one person sits on both boards")
    kind: Literal["same_person", "direct", "bridge"]
    people: tuple[str, ...] = Field(description="ids of the people in between, in order")


class BoardLink(Answer):
    """Ask HER about HIM: one of our members who opens one of theirs."""

    target: EntityRef
    ours: PersonRef
    theirs: PersonRef
    kind: Literal["same_person", "direct", "bridge"]
    strength: float
    words: str
    current: bool = Field(description="no tie of the link is known to have ended")
    since: str | None = Field(default=None, description="since when the first tie holds")
    through: tuple[EntityRef, ...] = Field(default=(), description="bodies and people in between, in order")
    roles: tuple[str, ...] = Field(default=(), description="roles of the two in the common body, ours first")
    path: IntroductionPath | None = Field(default=None, description="every reason and source; nothing for one and the same person")
    marks: tuple[ConflictMark, ...] = ()
    text: str


class CompanyLink(Answer):
    """A shareholding or a mandate between one of our organisations and the target itself."""

    kind: Literal["shareholding", "mandate"]
    holder: EntityRef
    organisation: EntityRef
    share: str | None = Field(default=None, description="per cent, as a band if the source gives a band")
    role: str | None = None
    since: str | None = None
    until: str | None = None
    current: bool
    text: str
    sources: tuple[SourceRow, ...] = ()


class InCommon(Answer):
    """What several links to one target share: whoever is in all of them is needed."""

    entity: EntityRef
    links: int
    all: bool = Field(description="every link to this target needs it")


class BoardTarget(Answer):
    """One target and its board."""

    asked: str = Field(description="the line as it stands in the list")
    organisation: EntityRef | None = None
    members: tuple[BoardMember, ...] = ()
    cells: tuple[BoardCell, ...] = Field(default=(), description="our members by theirs; a pair that isn't here has no introduction")
    company_links: tuple[CompanyLink, ...] = ()
    in_common: tuple[InCommon, ...] = ()
    refused: Refusal | None = Field(default=None, description="an introduction that would have been stronger, and why not")
    nothing: Because | None = Field(default=None, description="why there is no link: none exists, or the data is missing")
    nearest: IntroductionPath | None = Field(default=None, description="without a link: the best chain beyond the limits")
    would_help: tuple[MissingAcquaintance, ...] = ()


class Interlocker(Answer):
    """Somebody who sits or sat in both."""

    person: PersonRef
    here: Seat
    there: Seat
    current: bool
    little: Because | None = Field(default=None, description="why this person's seats say little: a nominee")


class Interlock(Answer):
    """Another organisation with which ours has, or had, people in common."""

    organisation: EntityRef
    kind: str
    members: int = Field(description="people who sit or sat in both")
    current: int = Field(description="people who sit in both now")
    people: tuple[Interlocker, ...]
    marks: tuple[ConflictMark, ...] = ()


class BoardsAnswer(Answer):
    """Our boards by those of the targets, then whom to ask about whom."""

    question: Question
    revision: str
    coverage: Coverage
    ours: tuple[EntityRef, ...]
    members: tuple[BoardMember, ...]
    targets: tuple[BoardTarget, ...] = ()
    links: tuple[BoardLink, ...] = Field(default=(), description="direct links before bridges, then strongest first")
    interlocks: tuple[Interlock, ...] = Field(default=(), description="without targets: all others by common members")
    nothing: Because | None = None
    unknown: tuple[Because, ...] = Field(default=(), description="lines of the list of conflicts that name nobody")
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")
    complete: bool = True

    def strongest(self, count: int) -> PathAnswer:
        """Return the first links as introduction paths, for a picture of them."""
        paths = [each.path for each in self.links if each.path is not None][:count]
        return PathAnswer(question=self.question, revision=self.revision, coverage=self.coverage, paths=tuple(paths))
