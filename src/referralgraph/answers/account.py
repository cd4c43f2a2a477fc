"""What the questions about accounts answer: stakeholders, disagreements, what nobody knows, who is missing."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from referralgraph.answers.account_matrix import MatrixAnswer
from referralgraph.answers.account_plan import PlanAnswer
from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, Question
from referralgraph.answers.path import IntroductionPath
from referralgraph.answers.possible import PossibleChange


class ColleagueView(Answer):
    """What one colleague says now of one field of one stakeholder."""

    by: str
    at: str = Field(description="day of the assessment, YYYY-MM-DD")
    value: Any
    reason: str | None = None


class FieldViews(Answer):
    """All that colleagues say now of one field."""

    field: str
    views: tuple[ColleagueView, ...]


class RelationshipScores(Answer):
    """The relationship, -2 to 2, by each policy; null where the policy gives none."""

    average: float | None
    best: float | None
    responsible: float | None


class SegmentPlace(Answer):
    """A place in the power-interest matrix; somebody on the line has no letter and says between which he stands."""

    letter: str | None
    on_the_line: tuple[str, ...] = ()
    between: tuple[str, ...]
    words: str = Field(description="what to do with somebody there")


class Movement(Answer):
    """Where somebody stood in the power-interest matrix on an earlier day, and where he stands now."""

    since: str
    power_before: float
    interest_before: float
    power: float
    interest: float


class ColleagueTie(Answer):
    """How strongly the graph ties one of our people to a stakeholder, as far as the viewer may know."""

    colleague: str
    strength: float


class Cuts(Answer):
    """Where the charts are divided, from the settings."""

    power: float
    interest: float
    satisfaction: float
    emotional_tie: float


class FanPlace(Answer):
    """A place by the fan principle, towards the company or the salesperson."""

    satisfaction: float | None
    emotional_tie: float | None
    says_so: bool | None
    fan_class: str | None


class Stakeholder(Answer):
    """One person in one account, as the team sees him."""

    id: str
    person: EntityRef | None = Field(description="the person of the register; null for one whom a user added")
    name: str
    city: str | None = None
    position: str | None = None
    outside: bool = Field(default=False, description="not a person of the customer")
    rank: int | None = Field(default=None, description="1 (most junior) to 5 (top management), as entered or from a mandate")
    role: str | None = None
    role_score: int | None = None
    type: str | None = None
    relationship: RelationshipScores
    relationship_score: float | None = Field(description="by the policy of the house")
    policy: str
    influence_score: float | None = Field(description="as the colleagues assess it, 1 to 3")
    graph_influence: float | None = Field(default=None, description="the graph's own measure, never mixed with the assessed one")
    graph_influence_method: str | None = None
    date: str | None = Field(description="day of the newest view that counts")
    stale: bool = Field(default=False, description="the newest view is older than a quarter")
    assessors: int = 0
    responsible: str | None = None
    power: float | None = None
    interest: float | None = None
    segment: SegmentPlace | None = None
    movement: Movement | None = None
    company: FanPlace
    salesperson: FanPlace
    colour: str | None = None
    second_colour: str | None = None
    colour_hints: tuple[Because, ...] = ()
    influences: tuple[str, ...] = Field(default=(), description="ids of the stakeholders on whom he has influence")
    ties: tuple[ColleagueTie, ...] = ()
    no_introducer: Because | None = Field(default=None, description="why he is never an introducer for this account")
    views: tuple[FieldViews, ...] = ()
    notes: tuple[Because, ...] = ()


class Disagreement(Answer):
    """A field on which colleagues differ by two or more, on the sign, or on the word."""

    stakeholder: str
    name: str
    field: str
    because: Because
    views: tuple[ColleagueView, ...]


class OpenQuestion(Answer):
    """Something that nobody knows, as a question; those whose answer would change the most come first."""

    stakeholder: str
    name: str
    field: str
    change: float = Field(description="how much the answer would change, 0 to 1")
    questions: tuple[str, ...]


class MissingPerson(Answer):
    """Somebody of the register who belongs to the buying centre and whom nobody has assessed."""

    id: str
    name: str
    city: str | None = None
    organisation: EntityRef
    role: str
    since: str | None = None
    decides: bool = False
    source: str


class MissingLead(Answer):
    """A stakeholder whom nobody leads, and the best introduction to him."""

    stakeholder: str
    name: str
    path: IntroductionPath | None = None
    nothing: Because | None = None


class AccountAnswer(Answer):
    """The buying centre of one account."""

    question: Question
    revision: str
    coverage: Coverage
    id: str
    name: str
    topic: str | None = None
    responsible: str | None = None
    organisations: tuple[EntityRef, ...] = ()
    today: str
    policy: str
    cuts: Cuts
    stakeholders: tuple[Stakeholder, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    missing: tuple[MissingPerson, ...] = ()
    without_lead: tuple[MissingLead, ...] = ()
    matrix: MatrixAnswer
    plan: PlanAnswer
    nothing: Because | None = None
    possible: tuple[PossibleChange, ...] = Field(default=(), description="undecided identities that would change this answer")


class AccountLine(Answer):
    """One account of the list."""

    id: str
    name: str
    topic: str | None = None
    responsible: str | None = None
    organisations: tuple[EntityRef, ...] = ()
    stakeholders: int
    date: str | None = None


class AccountsAnswer(Answer):
    """All accounts."""

    question: Question
    revision: str
    accounts: tuple[AccountLine, ...] = ()


class HistoryLine(Answer):
    """One judgement about an account, also one that was taken back."""

    id: str
    kind: str
    by: str
    at: str
    about: str
    values: dict[str, Any]
    stands: bool


class HistoryAnswer(Answer):
    """Everything that was ever entered about an account, in the order in which it was entered."""

    question: Question
    account: str
    lines: tuple[HistoryLine, ...] = ()


class Entered(Answer):
    """What a command has entered, with the ids by which it can be taken back."""

    account: str | None
    judgements: tuple[str, ...]
    about: tuple[str, ...] = ()
    notes: tuple[Because, ...] = ()


class RowProblem(Answer):
    """A row of a sheet, or one of its cells, that couldn't be used."""

    line: int
    column: str | None
    because: Because


class ImportAnswer(Answer):
    """What came of a sheet: good rows arrive whatever the others hold."""

    account: str
    file: str
    rows: int
    judgements: tuple[str, ...]
    taken: tuple[str, ...] = Field(default=(), description="whom each good row is about, with the id that tells namesakes apart")
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[Because, ...] = ()


class VetoLine(Answer):
    """Somebody who isn't to be asked; without an account, for nothing."""

    judgement: str
    name: str
    person: str | None
    account: str | None
    by: str
    at: str
    reason: str | None


class VetoesAnswer(Answer):
    """Everyone who isn't to be asked, by name."""

    question: Question
    vetoes: tuple[VetoLine, ...] = ()
