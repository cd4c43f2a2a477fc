"""The plans of an account in an answer."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Because


class PlanLine(Answer):
    """One line of a plan; which fields it has depends on the plan."""

    id: str
    plan: str = Field(description="relationship, marketing or activity")
    date: str | None = None
    stakeholder: str | None = Field(default=None, description="id of the stakeholder; also the customer contact or recipient")
    stakeholder_name: str | None = None
    contact: str | None = Field(default=None, description="who of us")
    occasion: str | None = None
    message: str | None = None
    questions: str | None = None
    avoid: str | None = None
    kind: str | None = Field(default=None, description="event, material or ad_hoc")
    content: str | None = None
    recipient: str | None = None
    sender: str | None = None
    topic: str | None = None
    responsible: str | None = None
    result: str | None = None
    status: str = "open"
    overdue: bool = False
    older_than_a_quarter: bool = False
    warnings: tuple[Because, ...] = ()


class PlanAnswer(Answer):
    """Relationship plan, marketing plan and activity plan, each by date."""

    account: str
    name: str
    today: str
    relationship: tuple[PlanLine, ...] = ()
    marketing: tuple[PlanLine, ...] = ()
    activity: tuple[PlanLine, ...] = ()
    overdue: int = 0
    without_plan: tuple[str, ...] = Field(default=(), description="names of stakeholders whom no open line is about")
