"""Judgements about identity that a question can't obey before the next build; its answer says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from referralgraph.answers.base import Because
from referralgraph.identity import IDENTITY, sides_of
from referralgraph.judgements import Judgement, standing
from referralgraph.language import gettext as _

if TYPE_CHECKING:
    from referralgraph.graph.store import Store
    from referralgraph.questions.context import Context

_ENTITY = re.compile(r"\b[po]-[0-9a-f]{20}\b")


@dataclass(frozen=True)
class Pending:
    """A judgement that was taken back, and that waits for the next build.

    :param judgement: what was decided.
    :param entities: whom the revision has for its records.
    """

    judgement: Judgement
    entities: tuple[str, ...]


def pending_since(store: Store, rows: Sequence[Mapping[str, Any]], built_with: Iterable[str]) -> tuple[Pending, ...]:
    """Return what was decided since a revision was built and counts only from the next build on.

    This is a separation that was built in and is taken back: what made them one before isn't in the revision.

    :param rows: all judgements of the store.
    :param built_with: ids of those that the revision was built with.
    """
    kept = {each.id for each in standing(rows, IDENTITY)}
    found = []
    for each in (one for row in rows if (one := Judgement.from_row(row)).id in set(built_with) - kept):
        records = sorted({record for side in sides_of(each) for record in side})
        entities = tuple(dict.fromkeys(str(row["entity"]) for row in store.read("read/record", [{"id": one} for one in records])))
        if len(sides_of(each)) > 1 and len(entities) > 1:
            found.append(Pending(each, entities))
    return tuple(found)


def pending_notes(context: Context, text: str) -> list[Because]:
    """Return what an answer must say of decisions that it doesn't know yet.

    :param text: the answer as JSON; only decisions about those who occur in it are told.
    """
    if not context.pending:
        return []
    told = set(_ENTITY.findall(text))
    notes = []
    for each in context.pending:
        if told & set(each.entities):
            words = _("{by} took back a decision about {names} ({judgement}): that counts from the next build on, here not yet")
            text = words.format(by=each.judgement.by, names=_names(context, each.entities), judgement=each.judgement.id)
            parameters = {"judgement": each.judgement.id, "entities": list(each.entities)}
            notes.append(Because(code="waits_for_build", parameters=parameters, text=text))
    return notes


def _names(context: Context, ids: Sequence[str]) -> str:
    rows = {**context.people([each for each in ids if each.startswith("p-")]),
            **context.organisations([each for each in ids if each.startswith("o-")])}  # fmt: skip
    return ", ".join(f"{rows[each]['name']} ({each})" for each in ids if each in rows)
