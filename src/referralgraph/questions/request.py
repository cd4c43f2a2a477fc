"""Requests to introducers: short, forwardable, with nothing in them that an introducer may not see."""

from __future__ import annotations

from collections.abc import Sequence

from referralgraph.answers.path import IntroductionPath, PathTie
from referralgraph.answers.request import IntroductionRequest
from referralgraph.language import gettext as _
from referralgraph.language import in_words
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.target_list import seats_of
from referralgraph.records.vocabulary import ROLES

_DECIDES = frozenset(role.name for role in ROLES if role.decides)


def requests_of(context: Context, asked: Asked, paths: Sequence[IntroductionPath]) -> tuple[IntroductionRequest, ...]:
    """Return a request for each path that leads over somebody outside the team; in the language in use.

    Whoever of us stands next to the introducer asks him. He reads whom we look for, and, if public sources tell, by which
    body he himself knows the next person; not how strong anything is, not who else is on the way, nothing of address books.
    """
    ours = set(context.team.values())
    found = []
    for number, path in enumerate(paths, 1):
        outside = [place for place, person in enumerate(path.people) if person.id not in ours]
        if not outside or outside[0] == 0 or outside[0] == len(path.people) - 1:
            continue
        place = outside[0]
        sender, introducer, following, target = path.people[place - 1], path.people[place], path.people[place + 1], path.people[-1]
        known = _public_body(path.ties[place])
        who = _described(context, asked, target.id, target.name)
        if following.id != target.id and known:
            way = _("I believe you know {next} from {body}, from where the way may not be far.")
            way = way.format(next=following.name, body=known)
        elif following.id != target.id:
            way = _("I believe you know {next}, from where the way may not be far.").format(next=following.name)
        elif known:
            way = _("I believe you know each other from {body}.").format(body=known)
        else:
            way = _("I believe you know each other.")
        text = "\n\n".join((
            _("Dear {name},").format(name=introducer.name),
            _("I would like to get to know {who}.").format(who=who) + " " + way,
            _("Would you introduce us, or forward this note? A sentence is enough, and a no is an answer, too: please just say so."),
            _("Thank you and kind regards") + "\n" + sender.name,
        ))  # fmt: skip
        subject = _("An introduction to {name}?").format(name=target.name)
        found.append(IntroductionRequest(path=number, sender=sender, to=introducer, target=target, subject=subject, text=text))
    return tuple(found)


def _public_body(tie: PathTie) -> str | None:
    """Return the body that two people share, as far as public sources tell."""
    bodies = [each.organisation.name for each in tie.reasons if each.organisation is not None and each.visibility == "public"]
    return bodies[0] if bodies else None


def _described(context: Context, asked: Asked, person: str, name: str) -> str:
    """Return a person with his role, told by public sources alone."""
    seats = [row for row in seats_of(context, asked, person) if asked.is_current(row) and not row["only_for"]]
    seats.sort(key=lambda row: (
        row["role"] not in _DECIDES, row["organisation_kind"] != "company", row["since"] or "", row["record_id"]))  # fmt: skip
    if not seats:
        return name
    return _("{name} ({role}, {body})").format(name=name, role=in_words(seats[0]["role"]), body=seats[0]["organisation_name"])
