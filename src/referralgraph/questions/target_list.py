"""A list of targets, line by line: whom each means, or why it means nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from referralgraph.answers.base import Because, EntityRef
from referralgraph.errors import Ambiguous, NotFound, SourceError, UsageError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.targets import decision_makers, lines_of
from referralgraph.records.vocabulary import ROLES

_DECIDES = frozenset(role.name for role in ROLES if role.decides)
SITS = frozenset(role.name for role in ROLES if role.ties)
_BOARD = frozenset({"supervisory_board", "secretary", "treasurer"})


@dataclass(frozen=True)
class Target:
    """One line of a list.

    :param text: as it stands there.
    :param entity: who or what it means, None for nobody.
    :param people: whom to reach: the person, or the decision-makers of the organisation.
    :param nothing: why it can't be answered: not found, ambiguous, a duplicate, no people.
    """

    text: str
    entity: EntityRef | None
    people: tuple[str, ...] = ()
    nothing: Because | None = None


def read_targets(context: Context, asked: Asked, texts: Sequence[str], *, boards: bool = False) -> list[Target]:
    """Return what each line means, in order; one that means nobody doesn't keep the others from being answered.

    :param texts: names, ids, register numbers, or files that hold one of these a line.
    :param boards: the whole board of an organisation instead of its decision-makers.
    :raises SourceError: for a file that isn't there or names nobody.
    """
    found: list[Target] = []
    seen: dict[str, str] = {}
    for text in (line for each in texts for line in lines_of(_existing(each))):
        target = _target(context, asked, text, boards)
        if target.entity is not None and (before := seen.setdefault(target.entity.id, text)) is not text:
            told = _("the same as {text} above; it counts once").format(text=before)
            target = Target(text, target.entity, (), Because(code="duplicate", parameters={"same_as": before}, text=told))
        found.append(target)
    return found


def _existing(text: str) -> str:
    path = Path(text)
    if path.suffix.lower() in {".txt", ".csv"} and not path.is_file():
        raise SourceError("there is no such file", file=path, mend="Name a file with one id or name a line")
    return text


def _target(context: Context, asked: Asked, text: str, boards: bool) -> Target:
    try:
        found = context.entity(text, viewer=asked.viewer)
    except Ambiguous as error:
        because = Because(code="ambiguous", parameters={"candidates": list(error.candidates)}, text=str(error))
        return Target(text, None, (), because)
    except (NotFound, UsageError) as error:
        return Target(text, None, (), Because(code="not_found", parameters={}, text=str(error)))
    ref = EntityRef(id=found.id, name=found.name)
    if found.kind == "person":
        return Target(text, ref, (found.id,))
    people = board_of(context, asked, found.id) if boards else decision_makers(context, asked, found.id)
    return Target(text, ref, tuple(people), None if people else no_people(ref))


def no_people(organisation: EntityRef) -> Because:
    """Return the answer for an organisation that no source names a person of."""
    text = _("no source names a person in {name}: that is missing data, not a missing connection")
    return Because(code="no_people", parameters={"organisation": organisation.id, "name": organisation.name},
                   text=text.format(name=organisation.name))


def board_of(context: Context, asked: Asked, organisation: str) -> list[str]:
    """Return the board of an organisation, now or on the day asked for.

    These are its decision-makers and its supervisory board; if the source knows neither, whoever else it names.
    """
    rows = [
        row for row in context.store.read("read/mandates_in_organisation", [{"id": organisation}])
        if may_see(row, asked.viewer) and asked.has_begun(row["since"]) and asked.is_current(row)
    ]  # fmt: skip
    watching = [row["person"] for row in rows if row["role"] in _BOARD]
    deciding = any(row["role"] in _DECIDES for row in rows)
    others = decision_makers(context, asked, organisation) if deciding or not watching else []
    return list(dict.fromkeys([*others, *watching]))


def seats_of(context: Context, asked: Asked, person: str) -> list[Row]:
    """Return the seats of a person that the viewer may see and that had begun by the day asked for; employees have none."""
    rows = context.store.read("read/mandates_of_person", [{"id": person}])
    return [row for row in rows if row["role"] in SITS and may_see(row, asked.viewer) and asked.has_begun(row["since"])]
