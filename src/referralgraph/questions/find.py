"""Who or what may be meant by a text."""

from __future__ import annotations

from referralgraph.answers.find import Candidate, FindAnswer
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.possible import note_possible


def find_entities(context: Context, asked: Asked, text: str, *, limit: int = 20) -> FindAnswer:
    """Answer with the entities that a text may mean, best match first.

    :param text: a name in any spelling, ``NAME, CITY``, a former name, some words of it, or a register number.
    :param limit: how many at most.
    """
    found, more = context.names.find(text, limit=limit, viewer=asked.viewer)
    candidates = []
    for each in found:
        detail = ""
        if each.kind != "person":
            row = context.organisations([each.id])[each.id]
            detail = " ".join(part for part in (row["register_court"], row["register_number"], row["status"]) if part)
        else:
            rows = context.store.read("read/mandates_of_person", [{"id": each.id}])
            rows = [row for row in rows if context.visible(asked)(row)]
            detail = "; ".join(dict.fromkeys(row["organisation_name"] for row in rows[:3]))
        candidates.append(
            Candidate(
                id=each.id,
                kind=each.kind,
                name=each.name,
                city=each.city,
                detail=detail,
                connections=each.connections,
                match=each.match,
            )
        )
    note_possible(context, asked, [each.id for each in candidates])
    return FindAnswer(
        question=asked.question("find", text=text, limit=limit),
        revision=context.revision.id,
        candidates=tuple(candidates),
        more=more,
    )
