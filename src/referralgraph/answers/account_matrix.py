"""The relationship matrix in an answer: as people entered it, what is wrong with it, and the best one."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because


class MatrixColleague(Answer):
    """One of our people, a column."""

    name: str
    rank: int | None = None
    functions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    limit: int = Field(description="how many stakeholders he may lead")
    away: bool = False
    leads: int = Field(description="how many he leads by the matrix as entered")


class MatrixCell(Answer):
    """One cell: ``lead`` (***), ``may`` (*) or ``not`` (-); null where nobody has entered anything."""

    colleague: str
    cell: str | None
    sign: str
    value: int | None = Field(default=None, description="points for the proposal, in thousandths")
    reasons: tuple[Because, ...] = ()


class MatrixRow(Answer):
    """One stakeholder, a row."""

    stakeholder: str
    name: str
    position: str | None = None
    role: str | None = None
    cells: tuple[MatrixCell, ...]


class MatrixProblem(Answer):
    """Something that is wrong with a matrix."""

    stakeholder: str | None = None
    colleague: str | None = None
    because: Because


class MatrixAnswer(Answer):
    """Stakeholders by colleagues."""

    account: str
    team: tuple[MatrixColleague, ...] = ()
    entered: tuple[MatrixRow, ...] = ()
    problems: tuple[MatrixProblem, ...] = ()
    proposed: tuple[MatrixRow, ...] = ()
    proposal_problems: tuple[MatrixProblem, ...] = ()
    nothing: Because | None = Field(default=None, description="why there is no proposal")
