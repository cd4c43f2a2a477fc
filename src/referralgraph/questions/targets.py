"""Whom a question means: a person, the decision-makers of an organisation, or the lines of a file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from referralgraph.answers.base import Because
from referralgraph.errors import SourceError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.seats import Seats


@dataclass(frozen=True)
class Targets:
    """People who are meant, and why an organisation stands for nobody.

    :param people: ids, each once, in the order given.
    :param nobody: an answer for each organisation that names no person.
    """

    people: tuple[str, ...]
    nobody: tuple[Because, ...] = ()


def find_targets(context: Context, asked: Asked, texts: Sequence[str]) -> Targets:
    """Return the people that texts mean; an organisation means its current decision-makers.

    :param texts: ids, names, register numbers or names of files that hold one of these a line.
    :raises NotFound: if nobody answers to a text.
    :raises Ambiguous: if several do.
    :raises SourceError: for a file without a target.
    """
    people: dict[str, None] = {}
    nobody = []
    lines = [line for each in texts for line in lines_of(each)]
    by_id = context.of_ids(lines, viewer=asked.viewer)
    meant = [by_id.get(line) or context.entity(line, viewer=asked.viewer) for line in lines]
    seats = Seats(context, asked, [each.id for each in meant if each.kind != "person"])
    for found in meant:
        if found.kind == "person":
            people[found.id] = None
            continue
        deciding = seats.decision_makers(found.id)
        if not deciding:
            nobody.append(
                Because(
                    code="no_people",
                    parameters={"organisation": found.id, "name": found.name},
                    text=_("no source names a person in {name}: that is missing data, not a missing connection").format(
                        name=found.name
                    ),
                )
            )
        people.update(dict.fromkeys(deciding))
    return Targets(tuple(people), tuple(nobody))


def lines_of(text: str) -> list[str]:
    """Return what a text names: itself, or the first column of the file of that name."""
    path = Path(text)
    if not path.suffix or not path.is_file():
        return [text]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = [row[0].strip() for row in csv.reader(stream, delimiter=";") if row and row[0].strip()]
    if not lines:
        raise SourceError("the file names no target", file=path, mend="Write one id or name a line")
    return lines
