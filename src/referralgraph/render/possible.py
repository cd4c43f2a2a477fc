"""Undecided identities that would change an answer, and people who were taken apart, told below it."""

from __future__ import annotations

import sys

from referralgraph.answers import PossibleChange
from referralgraph.answers.base import Answer
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.table import write_text


def possible_texts(answer: Answer) -> list[str]:
    """Return a line for each name that isn't whose it was, and for each undecided identity; of introductions with the chain."""
    question = getattr(answer, "question", None)
    notes = [] if question is None else [f"{each.text}." for each in question.notes]
    return notes + [_one(each) for each in getattr(answer, "possible", ()) if isinstance(each, PossibleChange)]


def write_possible(form: str, answer: Answer) -> None:
    """Write them below a table, and beside CSV on stderr, so that rows stay rows; JSON holds them already."""
    for text in possible_texts(answer):
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
