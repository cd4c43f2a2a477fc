"""What an answer would be if two who may be one were one, people or organisations: asked again as if somebody had decided so."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from referralgraph.answers.base import Answer, Because, PersonRef
from referralgraph.answers.path import PathAnswer
from referralgraph.answers.possible import ChangedFinding, PossibleChange
from referralgraph.errors import Ambiguous, DeadlineExceeded, NotFound
from referralgraph.identity import IDENTITY, decide
from referralgraph.index.possible import PossiblePairs
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.questions.context import Asked, Context, may_see
from referralgraph.questions.findings import Finding, Findings, findings
from referralgraph.questions.noted import note, noted_in, with_notes

Told = TypeVar("Told", bound=Answer)
Ask = Callable[[Context, Asked], Answer]
_PAIRS = 40  # possible pairs near an answer that are tried together
_TRIES = 3  # of them, those that are tried, and told, one by one
_PEOPLE = 400  # of an answer, those whose acquaintances are looked at
_KNOWN = 200  # of the people whom somebody knows, those he knows best
_PATIENCE = 30.0  # seconds for asking again where no time is set, or as long as asking took if that is more
_TOLD = 5  # changes of one pair that are told
_BODIES_OF = "organisation"
_BODIES = 20  # of an answer, those whose people are looked at
_BODY = re.compile(r"\bo-[0-9a-f]{20}\b")
_PERSON = re.compile(r"\bp-[0-9a-f]{20}\b")


def with_possible(context: Context, asked: Asked, ask: Callable[[Context, Asked], Told], again: Ask | None = None) -> Told:
    """Answer a question, and say which undecided identities would change the answer.

    Looked at are the possible pairs among the people of the answer and those whom they know, and those of the bodies of all in the
    answer. All of them are joined at once in thought; only if that changes what the answer says is each pair that takes part tried
    by itself.

    :param context: what the question stands on.
    :param asked: how it is put; what it has taken of its time is gone for this.
    :param ask: asks it.
    :param again: asks it for comparison, if that can be done with less.
    """
    began = time.monotonic()
    answer = with_notes(context, lambda: ask(context, asked))
    pairs = _near(context, asked, *_people_and_bodies(context, asked, answer))
    if not pairs:
        return answer
    answered = time.monotonic()
    until = began + asked.timeout if asked.timeout is not None else answered + max(_PATIENCE, answered - began)
    trial = _Trial(context, asked, again or ask, findings(answer), until)
    changes: list[PossibleChange] = []
    left = list(pairs)
    while left and len(changes) < _TRIES:
        together = trial.run([each[:2] for each in left])
        if together is None or not together.changes:
            break
        taking_part = [each for each in left if together.told & {together.today(each[0]), *each[:2]}] or left[:_TRIES]
        for one, other, chance in taking_part[:_TRIES]:
            alone = trial.run([(one, other)])
            if alone is not None and alone.changes:
                changes.append(_change(context, (one, other), chance, alone))
        left = [each for each in left if each not in taking_part[:_TRIES]]
    changes.sort(key=lambda each: (-(each.strength or 0.0), -each.probability, each.one.id, each.other.id))
    told = answer.model_copy(update={"possible": tuple(changes[:_TRIES])})
    return _partly_tried(told, len(pairs)) if trial.out_of_time else told


def _partly_tried(answer: Told, pairs: int) -> Told:
    """Say that there was no time to ask again for every undecided pair."""
    text = _("{count} undecided identities are near this answer, and there was no time to try them all: `review` lists them")
    because = Because(code="possible_untried", parameters={"count": pairs}, text=text.format(count=pairs))
    return noted_in(answer, [because])


class _Outcome:
    """An answer under a supposed identity beside the one that was given."""

    def __init__(self, context: Context, answer: Answer, now: Findings) -> None:
        self.answer = answer
        self._of_member = context.judged.of_member if context.judged else {}
        told = answer.model_dump_json()
        self.told = {*_PERSON.findall(told), *_BODY.findall(told)}
        self.context = context
        before = {tuple(self.today(part) for part in key): value for key, value in now.items()}
        then = findings(answer)
        self.changes = [
            (before.get(key), then.get(key)) for key in [*before, *(key for key in then if key not in before)]
            if _differ(before.get(key), then.get(key))
        ]  # fmt: skip

    def today(self, entity: str) -> str:
        """Return who stands for somebody under this identity."""
        return self._of_member.get(entity, (entity,))[0]


class _Trial:
    """One question, asked again under other identities, all within its time."""

    def __init__(self, context: Context, asked: Asked, ask: Ask, now: Findings, until: float) -> None:
        self._context, self._asked, self._ask, self._now, self._until = context, asked, ask, now, until
        self.out_of_time = False

    def run(self, pairs: Sequence[tuple[str, str]]) -> _Outcome | None:
        """Return what is answered if pairs are one, of pairs that share a person only the first; none if it can't be told."""
        taken: set[str] = set()
        joined: list[tuple[str, str]] = []
        for each in pairs:
            if not taken & set(each):
                taken |= set(each)
                joined.append(each)
        left = self._until - time.monotonic()
        if left <= 0:
            self.out_of_time = True
            return None
        supposed = self._context.supposing(joined)
        try:
            answer = self._ask(supposed, replace(self._asked, timeout=left))
        except DeadlineExceeded:
            self.out_of_time = True
            return None
        except (NotFound, Ambiguous):
            return None
        if not getattr(answer, "complete", True):  # what wasn't found in time would be told as a change
            self.out_of_time = True
            return None
        return _Outcome(supposed, answer, self._now)


def _differ(now: Finding | None, then: Finding | None) -> bool:
    one, other = (each.value if each else None for each in (now, then))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) > 1e-9
    return one != other


def _change(context: Context, pair: tuple[str, str], chance: float, outcome: _Outcome) -> PossibleChange:
    one, other = _refs(context, pair)
    told = [
        ChangedFinding(what=(now or then or Finding("", None)).what, now=now.value if now else None, then=then.value if then else None)
        for now, then in outcome.changes
    ]
    path = outcome.answer.paths[0] if isinstance(outcome.answer, PathAnswer) and outcome.answer.paths else None
    by_id = {outcome.today(one.id): one}
    return PossibleChange(
        one=one,
        other=other,
        probability=chance,
        strength=path.strength if path else None,
        people=tuple(by_id.get(each.id, each) for each in path.people) if path else (),
        changes=tuple(told[:_TOLD]),
        more=max(0, len(told) - _TOLD),
        text=_text(one, other, chance, told),
    )


def _text(one: PersonRef, other: PersonRef, chance: float, told: Sequence[ChangedFinding]) -> str:
    shown = "; ".join(
        _("{what}: {then} instead of {now}").format(what=each.what, then=_value(each.then), now=_value(each.now)) for each in told[:2]
    )
    if len(told) > 2:
        shown += "; " + _("and {count} more").format(count=number_text(len(told) - 2))
    words = (
        _("if {one} and {other} are one person ({chance} %), the answer is another ({changes}): `review` decides")
        if one.id.startswith("p-")
        else _("if {one} and {other} are one organisation ({chance} %), the answer is another ({changes}): `review` decides")
    )
    return words.format(
        one=_called(one), other=_called(other), chance=round(100 * chance), changes=shown
    )


def _value(value: int | float | str | None) -> str:
    if value is None:
        return _("none")
    return value if isinstance(value, str) else number_text(value, 0 if isinstance(value, int) else 3)


def _people_and_bodies(context: Context, asked: Asked, answer: Answer) -> tuple[list[str], list[str]]:
    """Return the people of an answer and of the organisations in it, and these organisations, by id."""
    text = answer.model_dump_json()
    found = dict.fromkeys(_PERSON.findall(text))
    bodies = list(dict.fromkeys(_BODY.findall(text)))[:_BODIES]
    for row in context.store.read("read/mandates_in_organisation", [{"id": each} for each in bodies]):
        if may_see(row, asked.viewer):
            found[str(row["person"])] = None
    return list(found), bodies


def _near(
    context: Context, asked: Asked, people: Sequence[str], bodies: Sequence[str], *, around: bool = True
) -> list[tuple[str, str, float]]:
    """Return the undecided pairs near an answer, the likeliest first.

    They are those of people of the answer and of those whom these know, and those of the bodies of the answer and of its people.

    :param around: whether those count whom the people know, and the bodies in which they sit.
    """
    possible, built = PossiblePairs(context.index.folder / "possible"), context.built_index
    if not possible.any() and not possible.any(_BODIES_OF):
        return []
    near = np.array(_positions(context, asked, people, around=around), np.int32)
    pairs = [(built.person(one), built.person(other), chance) for one, other, chance in possible.of(near)]
    sits = set(possible.bodies_of(near).tolist()) if around else set()
    for each in bodies:
        with suppress(NotFound):
            sits.add(built.organisation_position(each))
    of_bodies = possible.of(np.array(sorted(sits), np.int32), _BODIES_OF)
    pairs += [(built.organisation(one), built.organisation(other), chance) for one, other, chance in of_bodies]
    apart = {frozenset(each[:2]) for each in decide(context.judgements(IDENTITY)).apart} if pairs else set()
    told: list[tuple[str, str, float]] = []
    for one, other, chance in sorted(pairs, key=lambda each: (-each[2], each[0], each[1])):
        if len(told) >= _PAIRS:
            break
        if _may_be(context, (one, other), apart, asked.viewer):
            told.append((one, other, chance))
    return told


def _positions(context: Context, asked: Asked, people: Sequence[str], *, around: bool) -> list[int]:
    """Return the numbers of people and of those whom they know, as they were built."""
    chosen = context.filter(asked)
    built = context.built_index
    found: dict[int, None] = {}
    for person in people[:_PEOPLE]:
        try:
            position = context.index.position(person)
        except NotFound:
            continue
        known = [other for other, _strength in context.index.neighbours(position, chosen)[:_KNOWN]] if around else []
        for each in (position, *known):
            with suppress(NotFound):  # who was judged is undecided no more
                found[each if built is context.index else built.position(context.index.person(each))] = None
    return sorted(found)


def note_possible(context: Context, asked: Asked, entities: Sequence[str]) -> None:
    """Note which of some people and organisations may be one, the likeliest first.

    :param entities: of an answer, by id.
    """
    wanted = set(entities)
    people, bodies = ([each for each in entities if each.startswith(prefix)] for prefix in ("p-", "o-"))
    pairs = [each for each in _near(context, asked, people, bodies, around=False) if wanted.issuperset(each[:2])]
    for one, other, chance in pairs[:_TOLD]:
        names = [_called(each) for each in _refs(context, (one, other))]
        text = _("{one} and {other} may be one ({chance} %): `review` decides").format(
            one=names[0], other=names[1], chance=round(100 * chance))  # fmt: skip
        note(Because(code="may_be_one", parameters={"one": one, "other": other, "probability": chance}, text=text))


def _may_be(context: Context, pair: tuple[str, str], apart: set[frozenset[str]], viewer: str | None) -> bool:
    """Return whether a pair is still undecided, and both are there for the viewer."""
    gone = context.judged.of_member if context.judged else {}
    if pair[0] in gone or pair[1] in gone:
        return False
    rows = _rows(context, pair)
    if len(rows) < 2 or not all(may_see(row, viewer) for row in rows.values()):
        return False
    return not any(frozenset((a, b)) in apart for a in rows[pair[0]]["records"] for b in rows[pair[1]]["records"])


def _refs(context: Context, ids: Iterable[str]) -> list[PersonRef]:
    wanted = list(ids)
    rows = _rows(context, wanted)
    return [PersonRef(id=each, name=rows[each]["name"], city=rows[each]["city"]) for each in wanted]


def _rows(context: Context, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    return (context.people if ids[0].startswith("p-") else context.organisations)(ids)


def _called(person: PersonRef) -> str:
    return f"{person.name}, {person.city}" if person.city else person.name
