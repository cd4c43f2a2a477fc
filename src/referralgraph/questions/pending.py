"""What only the next build can tell after a judgement about identity: its answers say so.

A build looks again by what records recognise each other. Who is one by what was found is told at once; whether something else is
found, since somebody has one candidate now instead of two, or one of his name in his body, isn't.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from referralgraph.answers.base import Because
from referralgraph.language import gettext as _
from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.judged import Judged, JudgedEntity
from referralgraph.records.names import name_key

if TYPE_CHECKING:
    from referralgraph.questions.context import Context

Row = dict[str, Any]
_ENTITY = re.compile(r"\b[po]-[0-9a-f]{20}\b")
_BY_CANDIDATES = ("employer ", "team ")  # pairs of one candidate, by their proofs
_BY_BODY = ("seat ", "shortened ", "proprietor ", "moved ")
_OF_SEVERAL = ("several_candidates", "employer_alike")


def pending_since(built: BuiltRows, judged: Judged) -> tuple[tuple[str, ...], ...]:
    """Return of whom the next build may find others to be one, by what it looks for again, as ids of today.

    :param built: what the store says of the revision.
    :param judged: the people and organisations of today.
    """
    found = set(judged.torn)
    for entity in judged.of("person").values():
        found |= set(_candidates(built, judged, entity))
    for entity in judged.of("organisation").values():
        found |= set(_namesakes(built, judged, entity))
    return tuple(sorted({tuple(sorted(set(each))) for each in found}))


def _candidates(built: BuiltRows, judged: Judged, person: JudgedEntity) -> Iterator[tuple[str, ...]]:
    """Yield a person and whoever may be recognised by him otherwise: there may be one candidate more now, or one less."""
    for member, records in person.members:
        rows = built.of("read/record", built.of("read/person", [member])[0]["records"])
        if records is not None:
            yield from ((person.id,) for row in rows if row["id"] not in judged.named and _is_by(row, _BY_CANDIDATES))
        if len(person.members) > 1:
            waiting = built.of("read/waiting_of_record", [row["id"] for row in rows])
            others = (judged.today(each["other_entity"], each["other"]) for each in waiting if each["because"] in _OF_SEVERAL)
            yield from ((person.id, other) for other in others if other != person.id)


def _namesakes(built: BuiltRows, judged: Judged, body: JudgedEntity) -> Iterator[tuple[str, ...]]:
    """Yield people of an organisation who may be one, or not, since it is another: of one name in one body, or by their employer."""
    alike: dict[str, list[Row]] = defaultdict(list)
    for member, records in body.members:
        for row in built.of("read/mandates_in_organisation", [member]):
            if records is None or row["organisation_record"] in records:
                alike[name_key(row["person_name"])].append({**row, "today": judged.today(row["person"], row["holder_record"])})
        if records is not None:
            holders = {row["holder_record"]: row for row in built.of("read/mandates_in_organisation", [member])}
            yield from (
                (judged.today(row["entity"], row["id"]),)
                for row in built.of("read/record", holders) if row["id"] not in judged.named and _is_by(row, _BY_BODY)
            )  # fmt: skip
    for rows in alike.values():
        places = {row["id"]: row["city"] for row in built.of("read/record", [row["holder_record"] for row in rows])}
        people = {row["today"] for row in rows}
        if len({row["organisation"] for row in rows}) > 1 and (len(people) > 1 or len(set(places.values())) > 1):
            yield tuple(sorted(people))
    if len(body.members) > 1:
        holding = [row["holder_record"] for rows in alike.values() for row in rows]
        for each in built.of("read/waiting_of_record", holding):
            if each["because"] in _OF_SEVERAL:
                yield (judged.today(each["other_entity"], each["other"]), body.id)


def _is_by(row: Row, proofs: tuple[str, ...]) -> bool:
    told = f" {row['pairs'] or ''}"
    return str(row["proof"] or "").startswith(proofs) or any(f'"proof":"{each}' in told for each in proofs)


def pending_notes(context: Context, text: str) -> list[Because]:
    """Return what an answer must say of what only the next build can tell.

    :param text: the answer as JSON; only those who occur in it are told.
    """
    if not context.pending:
        return []
    occurring = set(_ENTITY.findall(text))
    told = dict.fromkeys(met for each in context.pending if (met := tuple(one for one in each if one in occurring)))
    words = _("somebody decided about identity since the build: whether others are {names} too, only the next build looks again")
    return [
        Because(code="waits_for_build", parameters={"entities": list(each)}, text=words.format(names=_names(context, each)))
        for each in told
    ]


def _names(context: Context, ids: Sequence[str]) -> str:
    rows = {**context.people([each for each in ids if each.startswith("p-")]),
            **context.organisations([each for each in ids if each.startswith("o-")])}  # fmt: skip
    return ", ".join(f"{rows[each]['name']} ({each})" for each in ids if each in rows)
