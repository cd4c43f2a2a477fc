"""The sheet that colleagues fill in: headings in their language, people whom the graph knows, drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping

from referralgraph.accounts.scales import COLOURS, SCALE
from referralgraph.answers.account_sheet import TemplateAnswer, TemplateColumn
from referralgraph.language import gettext as _
from referralgraph.language import in_words, translatable
from referralgraph.questions.accounts.book import People, account_of, book_of
from referralgraph.questions.accounts.texts import field_text, word_text
from referralgraph.questions.accounts.unknown import missing_people
from referralgraph.questions.context import Asked, Context

_WHO = ("id", "name", "city", "position")
_WHO_TEXT = {
    "id": "id",
    "name": translatable("name"),
    "city": translatable("city"),
    "position": translatable("position"),
    "reason": translatable("reason"),
}
_COLUMNS = (*_WHO, *SCALE, "reason")
_LISTS: Mapping[str, tuple[str, ...]] = {
    "role": ("sponsor", "champion", "decision-maker", "recommender", "coach", "user", "influencer", "gatekeeper"),
    "type": ("D", "T", "C", "P"),
    "relationship": ("2", "1", "0", "-1", "-2"),
    "influence": ("3", "2", "1"),
    "says_so": ("yes", "no"),
    "colour": COLOURS,
}


def template_of(context: Context, asked: Asked, account: str) -> TemplateAnswer:
    """Return the sheet for assessments of an account.

    First the stakeholders, then the people of the register whom nobody has assessed.
    """
    found = account_of(book_of(context, account=account), account)
    people = People(context, asked, found)
    rows = []
    for member in sorted(found.members, key=lambda each: (people.name(each), each.key)):
        row = people.rows.get(member.entity or "")
        rows.append((member.key, people.name(member), str(row["city"] or "") if row else "", member.position or ""))
    there = {row[0] for row in rows}
    rows += [
        (each.id, each.name, each.city or "", in_words(each.role))
        for each in missing_people(context, asked, found)
        if each.id not in there
    ]
    return TemplateAnswer(
        account=found.id,
        name=found.name,
        title=_("assessments"),
        scales_title=_("scales"),
        columns=tuple(
            TemplateColumn(
                field=field,
                heading=_(_WHO_TEXT[field]) if field in _WHO_TEXT else field_text(field),
                allowed=_LISTS.get(SCALE[field].form, ()) if field in SCALE else (),
                ten=field in SCALE and SCALE[field].form == "ten",
                scale=scale_text(SCALE[field].form) if field in SCALE else "",
            )
            for field in _COLUMNS
        ),
        rows=tuple(rows),
    )


def scale_text(form: str) -> str:
    """Return the values of a scale as people read them."""
    if form == "role":
        return (
            f"4 {word_text('sponsor')}, {word_text('champion')}; 3 {word_text('decision_maker')}; 2 {word_text('recommender')}, "
            f"{word_text('coach')}; 1 {word_text('user')}; {word_text('influencer')}; {word_text('gatekeeper')}"
        )
    if form == "type":
        return ", ".join(f"{letter} {word_text(letter)}" for letter in ("D", "T", "C", "P"))
    if form == "relationship":
        words = ("supporter", "good", "neutral", "bad", "enemy")
        return ", ".join(f"{2 - place} {word_text(word)}" for place, word in enumerate(words))
    if form == "influence":
        return ", ".join(f"{3 - place} {word_text(word)}" for place, word in enumerate(("high", "medium", "low")))
    if form == "says_so":
        return f"{_('yes')}, {_('no')}"
    return ", ".join(word_text(word) for word in COLOURS) if form == "colour" else "0–10"
