"""Undecided identities that would change an answer, told below it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from referralgraph.answers import PossibleChange
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.table import write_text


def possible_texts(changes: Iterable[PossibleChange]) -> list[str]:
    """Return a line for each undecided identity; of introductions with the chain that there would be."""
    return [_one(each) for each in changes]


def write_possible(form: str, changes: Iterable[PossibleChange]) -> None:
    """Write them below a table, and beside CSV on stderr, so that rows stay rows; JSON holds them already."""
    for text in possible_texts(changes):
        if form == "table":
            write_text(text)
        elif form == "csv":
            sys.stderr.write(f"referralgraph: {text}\n")


def _one(change: PossibleChange) -> str:
    if not change.people or change.strength is None:
        return _("Possible: {text}.").format(text=change.text)
    chain = " → ".join(person.name for person in change.people)
    return _("Possible: {text}: {chain} ({strength}).").format(
        text=change.text, chain=chain, strength=number_text(change.strength, 3)
    )
