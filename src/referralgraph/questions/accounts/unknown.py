"""What the team doesn't know: where colleagues disagree, what nobody knows, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping

from referralgraph.accounts.book import Account
from referralgraph.accounts.profile import Profile
from referralgraph.accounts.scales import SCALES, role_number
from referralgraph.answers.account import ColleagueView, Disagreement, MissingPerson, OpenQuestion
from referralgraph.answers.base import Because, EntityRef
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.questions.accounts.book import People
from referralgraph.questions.accounts.texts import field_text, questions_for, word_text
from referralgraph.questions.context import Asked, Context, may_see
from referralgraph.records.vocabulary import ROLES
from referralgraph.score.team_view import View, disagree
from referralgraph.score.unknown import ASKED_FIELDS, change

_DECIDES = frozenset(role.name for role in ROLES if role.decides)
_NO_TIES = frozenset(role.name for role in ROLES if not role.ties)


def colleague_view(view: View) -> ColleagueView:
    """Return what a colleague says as the answer shows it."""
    return ColleagueView(by=view.by, at=view.at[:10], value=view.value, reason=view.reason)


def disagreements(account: Account, people: People) -> list[Disagreement]:
    """Return the fields on which colleagues differ by two or more, on the sign, or on a word; the widest first."""
    found: list[tuple[float, Disagreement]] = []
    for member in account.members:
        for scale in SCALES:
            views = member.views.get(scale.name, ())
            if len(views) < 2:
                continue
            spread, because = _difference(scale.name, scale.numeric, views)
            if because is not None:
                found.append(
                    (
                        spread,
                        Disagreement(
                            stakeholder=member.id,
                            name=people.name(member),
                            field=scale.name,
                            because=because,
                            views=tuple(colleague_view(each) for each in views),
                        ),
                    )
                )
    found.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].stakeholder, pair[1].field))
    return [each for _spread, each in found]


def _difference(name: str, numeric: bool, views: tuple[View, ...]) -> tuple[float, Because | None]:
    told = sorted({view.value for view in views}, key=str)
    numbers = (
        [float(view.value) for view in views]
        if numeric
        else [float(number) for view in views if name == "role" and (number := role_number(view.value)) is not None]
    )
    parameters = {"values": told}
    if disagree(numbers):
        spread = max(numbers) - min(numbers)
        code = "opposite_signs" if min(numbers) < 0 < max(numbers) else "apart"
        text = _("colleagues are {spread} apart on {field}, from {lowest} to {highest}").format(
            spread=number_text(spread, 0 if spread == int(spread) else 1),
            field=field_text(name),
            lowest=number_text(min(numbers), 0),
            highest=number_text(max(numbers), 0),
        )
        return spread, Because(code=code, parameters={**parameters, "spread": spread}, text=text)
    in_words = not numeric and (name in {"type", "says_so", "says_so_salesperson", "colour"} or len(numbers) < len(views))
    if in_words and len(told) > 1:
        words = ", ".join(sorted({_said(view.value) for view in views}))
        return 0.0, Because(
            code="words",
            parameters=parameters,
            text=_("colleagues say different things of {field}: {words}").format(field=field_text(name), words=words),
        )
    return 0.0, None


def _said(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return word_text(str(value))


def open_questions(account: Account, people: People, profiles: Mapping[str, Profile]) -> list[OpenQuestion]:
    """Return what nobody knows of the stakeholders, as questions, the answer that would change the most first."""
    found = []
    for member in account.members:
        known = {field: views for field, views in member.views.items() if views}
        profile = profiles[member.key]
        role = profile.role_score if profile.role is None or profile.role_score is not None else 2
        for field in ASKED_FIELDS:
            if field not in known:
                name = people.name(member)
                found.append(
                    OpenQuestion(
                        stakeholder=member.id,
                        name=name,
                        field=field,
                        change=change(field, known, role, profile.influence_score),
                        questions=questions_for(field, name),
                    )
                )
    place = {field: number for number, field in enumerate(ASKED_FIELDS)}
    return sorted(found, key=lambda each: (-each.change, each.name, each.stakeholder, place[each.field]))


def missing_people(context: Context, asked: Asked, account: Account) -> list[MissingPerson]:
    """Return the people of the register who hold a mandate in the account's organisations and whom nobody assessed.

    Those who decide come first.
    """
    assessed = {member.entity for member in account.members if member.views}
    ours = set(context.team.values())
    found: dict[str, MissingPerson] = {}
    for entity, name in account.organisations:
        rows = context.store.read("read/mandates_in_organisation", [{"id": entity}]) if entity else []
        for row in rows:
            person = row["person"]
            if (
                person in assessed
                or person in ours
                or row["role"] in _NO_TIES
                or not may_see(row, asked.viewer)
                or not asked.is_current(row)
                or not asked.has_begun(row["since"])
            ):
                continue
            decides = row["role"] in _DECIDES
            if person not in found or (decides and not found[person].decides):
                found[person] = MissingPerson(
                    id=person,
                    name=row["person_name"],
                    city=row["person_city"],
                    organisation=EntityRef(id=str(entity), name=name),
                    role=row["role"],
                    since=row["since"],
                    decides=decides,
                    source=f"{row['file']}:{row['line']}",
                )
    return sorted(found.values(), key=lambda each: (not each.decides, each.name, each.id))
