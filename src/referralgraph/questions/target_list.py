"""A list of targets, line by line: whom each means, or why it means nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from referralgraph.answers.base import Because, EntityRef
from referralgraph.errors import Ambiguous, NotFound, SourceError, UsageError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.seats import SITS, Seats
from referralgraph.questions.targets import lines_of

_LOOKED_AROUND = 20  # so many unknown lines are told what is called alike, those that a table shows; it costs as much as 50 others


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
    lines = [line for each in texts for line in lines_of(_existing(each))]
    known = named(context, asked, lines)
    seats = Seats(context, asked, [each.id for each in known.values() if isinstance(each, EntityRef) and each.id.startswith("o-")])
    found: list[Target] = []
    first: dict[str, Target] = {}  # by id of what is meant
    for text in lines:
        meant = known[text]
        if isinstance(meant, Because):
            found.append(Target(text, None, (), meant))
        elif meant.id in first:
            before = first[meant.id].text
            told = _("the same as {text} above; it counts once").format(text=before)
            found.append(Target(text, meant, (), Because(code="duplicate", parameters={"same_as": before}, text=told)))
        else:
            first[meant.id] = _target(seats, text, meant, boards)
            found.append(first[meant.id])
    return found


def named(context: Context, asked: Asked, lines: Sequence[str]) -> dict[str, EntityRef | Because]:
    """Return whom or what each line means, or why nobody: not found, or ambiguous.

    A list from a CRM names many a customer a hundred times: each is looked for once.
    """
    by_id = context.of_ids(lines, viewer=asked.viewer)
    found: dict[str, EntityRef | Because] = {text: EntityRef(id=each.id, name=each.name) for text, each in by_id.items()}
    unknown = 0
    for text in lines:
        if text not in found:
            found[text] = _meant(context, asked, text, near=unknown < _LOOKED_AROUND)
        unknown += isinstance(found[text], Because)
    return found


def _existing(text: str) -> str:
    path = Path(text)
    if path.suffix.lower() in {".txt", ".csv"} and not path.is_file():
        raise SourceError("there is no such file", file=path, mend="Name a file with one id or name a line")
    return text


def _meant(context: Context, asked: Asked, text: str, *, near: bool) -> EntityRef | Because:
    """Return whom or what a line means, or why nobody.

    :param near: tell what is called alike; it is looked for in all names, which takes a moment for each line.
    """
    try:
        found = context.entity(text, viewer=asked.viewer, near=near)
    except Ambiguous as error:
        return Because(code="ambiguous", parameters={"candidates": list(error.candidates)}, text=str(error))
    except (NotFound, UsageError) as error:
        return Because(code="not_found", parameters={}, text=str(error))
    return EntityRef(id=found.id, name=found.name)


def _target(seats: Seats, text: str, meant: EntityRef, boards: bool) -> Target:
    if meant.id.startswith("p-"):
        return Target(text, meant, (meant.id,))
    people = seats.board(meant.id) if boards else seats.decision_makers(meant.id)
    return Target(text, meant, tuple(people), None if people else no_people(meant))


def no_people(organisation: EntityRef) -> Because:
    """Return the answer for an organisation that no source names a person of."""
    text = _("no source names a person in {name}: that is missing data, not a missing connection")
    return Because(code="no_people", parameters={"organisation": organisation.id, "name": organisation.name},
                   text=text.format(name=organisation.name))


def seats_of(context: Context, asked: Asked, person: str) -> list[Row]:
    """Return the seats of a person that the viewer may see and that had begun by the day asked for; employees have none."""
    rows = context.store.read("read/mandates_of_person", [{"id": person}])
    return [row for row in rows if row["role"] in SITS and may_see(row, asked.viewer) and asked.has_begun(row["since"])]
