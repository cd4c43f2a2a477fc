"""Whom a question means: a person, the decision-makers of an organisation, or the lines of a file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from referralgraph.answers.base import Because
from referralgraph.errors import SourceError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.records.vocabulary import ROLES

_DECIDES = frozenset(role.name for role in ROLES if role.decides)
_NO_TIES = frozenset(role.name for role in ROLES if not role.ties)
_DEEPEST = 3  # GmbH & Co. KG: the general partner's managers decide; more than three levels decide for nobody


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
    for text in (line for each in texts for line in lines_of(each)):
        found = context.entity(text, viewer=asked.viewer)
        if found.kind == "person":
            people[found.id] = None
            continue
        deciding = decision_makers(context, asked, found.id)
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


def decision_makers(context: Context, asked: Asked, organisation: str, depth: int = 0) -> list[str]:
    """Return who decides for an organisation, now or on the day asked for.

    These are people in deciding roles, also those of a company that holds one.

    If the source knows nobody in a deciding role, everyone with a current mandate; if there is none, everyone known.
    """

    def sits(row: Row) -> bool:
        return asked.is_current(row) and asked.has_begun(row["since"])

    rows = [
        row
        for row in context.store.read("read/mandates_in_organisation", [{"id": organisation}])
        if row["role"] not in _NO_TIES and may_see(row, asked.viewer) and asked.has_begun(row["since"])
    ]
    deciding = [row["person"] for row in rows if sits(row) and row["role"] in _DECIDES]
    if depth < _DEEPEST:
        holders = context.store.read("read/organisation_mandates_in_organisation", [{"id": organisation}])
        for holder in dict.fromkeys(row["holder"] for row in holders if sits(row) and row["role"] in _DECIDES):
            if holder != organisation:
                deciding += decision_makers(context, asked, holder, depth + 1)
    found = deciding or [row["person"] for row in rows if sits(row)] or [row["person"] for row in rows]
    return list(dict.fromkeys(found))


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
