"""Words and numbers of accounts as people read them: in tables, on the page, in calendars."""

from __future__ import annotations

from referralgraph.answers.account import ColleagueView, SegmentPlace, Stakeholder
from referralgraph.answers.account_plan import PlanLine
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable

FIELDS = {
    "role": translatable("role"), "type": translatable("type"), "relationship": translatable("relationship"),
    "influence": translatable("influence"), "power": translatable("power"), "interest": translatable("interest"),
    "satisfaction": translatable("satisfaction"), "emotional_tie": translatable("emotional tie"), "colour": translatable("colour"),
}
_POLICIES = {
    "average": translatable("average of the team"),
    "best": translatable("best of the team"),
    "responsible": translatable("the responsible colleague's view"),
}
_PLANS = {
    "relationship": translatable("relationship plan"),
    "marketing": translatable("marketing plan"),
    "activity": translatable("activity plan"),
}
PLAN_HEADINGS = (
    translatable("date"),
    translatable("topic"),
    translatable("with"),
    translatable("who of us"),
    translatable("more"),
    translatable("status"),
)


PLAN_FIELDS = {
    "date": translatable("date"), "stakeholder": translatable("stakeholder"), "contact": translatable("internal contact"),
    "occasion": translatable("occasion"), "message": translatable("key message"), "questions": translatable("questions"),
    "avoid": translatable("aspects to avoid"), "kind": translatable("kind"), "content": translatable("content"),
    "recipient": translatable("recipient"), "sender": translatable("sender"), "topic": translatable("topic"),
    "responsible": translatable("responsible"), "result": translatable("result"), "status": translatable("status"),
    "warnings": translatable("warnings"),
}  # fmt: skip
FIELDS_OF_PLANS = {
    "relationship": ("date", "stakeholder", "contact", "occasion", "message", "questions", "avoid", "status", "warnings"),
    "marketing": ("date", "kind", "content", "recipient", "sender", "stakeholder", "result", "status", "warnings"),
    "activity": ("date", "topic", "stakeholder", "responsible", "result", "status", "warnings"),
}


def policy(code: str) -> str:
    """Return the policy of the relationship score in words."""
    return _(_POLICIES[code])


def plan(code: str) -> str:
    """Return the name of a plan."""
    return _(_PLANS[code])


def number(value: float | None) -> str:
    """Return a score with as many digits as it needs, at most two; nothing if it is unknown."""
    if value is None:
        return ""
    places = next(places for places in (0, 1, 2) if places == 2 or round(value, places) == value)
    return number_text(value, places).replace("-", "\u2212") if value < 0 else number_text(value, places)


def segment(place: SegmentPlace | None) -> str:
    """Return a segment, or between which segments somebody stands who is on the line."""
    if place is None:
        return ""
    return f"{place.letter} ({place.words})" if place.letter else place.words


def value_text(value: object) -> str:
    """Return what a colleague says of a field as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(float(value)) if isinstance(value, int | float) else in_words(str(value))


def view_text(view: ColleagueView) -> str:
    """Return who says what since when, and why."""
    return f"{view.by} ({view.at}): {value_text(view.value)}" + (f" – {view.reason}" if view.reason else "")


def title(stakeholder: Stakeholder) -> str:
    """Return name and position."""
    return f"{stakeholder.name} ({stakeholder.position})" if stakeholder.position else stakeholder.name


def plan_cells(line: PlanLine) -> list[str]:
    """Return a line of a plan as cells: day, topic, with whom, who of us, what else, status."""
    what = line.topic or line.occasion or line.content or in_words(line.kind) or ""
    more = "; ".join(
        part
        for part in (
            in_words(line.kind) if line.kind and what != in_words(line.kind) else "",
            f"{_('message')}: {line.message}" if line.message else "",
            f"{_('questions')}: {line.questions}" if line.questions else "",
            f"{_('avoid')}: {line.avoid}" if line.avoid else "",
            f"{_('result')}: {line.result}" if line.result else "",
        )
        if part
    )
    status = in_words(line.status) + "".join(f"; {each.text}" for each in line.warnings)
    return [
        line.date or "",
        what,
        line.stakeholder_name or line.recipient or "",
        line.contact or line.responsible or line.sender or "",
        more,
        status,
    ]
