"""Relationship plan, marketing plan and activity plan: what is next, what is overdue."""

from __future__ import annotations

from datetime import date, timedelta

from referralgraph.accounts.book import Account, PlanItem
from referralgraph.accounts.entries import PLANS
from referralgraph.answers.account_plan import PlanAnswer, PlanLine
from referralgraph.answers.base import Because
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.book import People
from referralgraph.score.settings import AccountSettings


def plan_answer(account: Account, people: People, today: date, settings: AccountSettings) -> PlanAnswer:
    """Return the plans of an account, each by date.

    A line is overdue when it is open and its day is before today; it, or an open line without a day entered that long ago, is
    older than a quarter after ``stale_days``.

    :param today: the day that counts as today.
    """
    lines = [_line(each, account, people, today, settings) for each in account.plan if each.values.get("status") != "removed"]
    about = {line.stakeholder for line in lines if line.status == "open"}
    return PlanAnswer(
        account=account.id,
        name=account.name,
        today=today.isoformat(),
        relationship=tuple(line for line in lines if line.plan == "relationship"),
        marketing=tuple(line for line in lines if line.plan == "marketing"),
        activity=tuple(line for line in lines if line.plan == "activity"),
        overdue=sum(line.overdue for line in lines),
        without_plan=tuple(sorted(people.name(member) for member in account.members if member.id not in about)),
    )


def _line(item: PlanItem, account: Account, people: People, today: date, settings: AccountSettings) -> PlanLine:
    values = item.values
    day, status = values.get("date"), str(values.get("status") or "open")
    quarter = (today - timedelta(days=settings.stale_days)).isoformat()
    is_open = status == "open"
    overdue = is_open and bool(day) and str(day) < today.isoformat()
    older = is_open and str(day or item.at[:10]) < quarter
    warnings = []
    if overdue:
        days = (today - date.fromisoformat(str(day))).days
        warnings.append(Because(code="overdue", parameters={"days": days}, text=_("overdue by {days} days").format(days=days)))
    if older:
        warnings.append(Because(code="older_than_a_quarter", parameters={}, text=_("older than a quarter")))
    member = account.member(item.stakeholder) if item.stakeholder else None
    name = people.name(member) if member else values.get("stakeholder")
    fields = {field: values.get(field) for field in PLANS.get(item.plan, ()) if field not in {"stakeholder", "status", "date"}}
    return PlanLine(
        id=item.id,
        plan=item.plan,
        date=day,
        stakeholder=member.id if member else None,
        stakeholder_name=name,
        status=status,
        overdue=overdue,
        older_than_a_quarter=older,
        warnings=tuple(warnings),
        **fields,
    )
