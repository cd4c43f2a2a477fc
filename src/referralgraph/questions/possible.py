"""What an answer would be if two people who may be one were one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from referralgraph.answers.base import PersonRef
from referralgraph.answers.path import PossibleChange
from referralgraph.identity import IDENTITY, decide
from referralgraph.index.overlaid import JudgedPerson, OverlaidIndex
from referralgraph.index.possible import PossiblePairs
from referralgraph.index.reasons import Filter
from referralgraph.index.search import TiePath
from referralgraph.language import gettext as _
from referralgraph.questions.context import Context, may_see
from referralgraph.questions.path_search import PathSearch

_PAIRS = 40  # possible pairs near the ends that are tried together
_TRIES = 3  # of them, those that are told
_KNOWN = 200  # of the people whom somebody knows, those he knows best


def possible_changes(context: Context, search: PathSearch, best: TiePath | None, viewer: str | None) -> tuple[PossibleChange, ...]:
    """Return the undecided pairs that would give a stronger introduction than the best one, strongest first.

    Looked at are the pairs of the ends and of those whom they know; all of them are joined at once in thought, and each pair that
    the best path then needs is tried by itself.

    :param search: the question.
    :param best: the best introduction as things are, None if there is none.
    """
    ends = [*search.sources, *search.targets, *(best.people if best else ())]
    pairs = [
        each
        for each in PossiblePairs(context.index.folder / "possible").of(_near(context, search.chosen, ends))
        if _may_be(context, each, viewer)
    ][:_PAIRS]
    changes = []
    for one, other, chance in _needed(context, search, pairs, best):
        index = _joined(context, [(one, other)])
        path = _run(search, index)
        if path is None or (best is not None and path.strength <= best.strength):
            continue
        pair = _refs(context, [context.index.person(one), context.index.person(other)])
        people = tuple(
            pair[0] if index.person(each) == min(pair[0].id, pair[1].id) else _refs(context, [index.person(each)])[0]
            for each in path.people
        )
        changes.append(
            PossibleChange(
                one=pair[0],
                other=pair[1],
                probability=chance,
                strength=path.strength,
                people=people,
                text=_("if {one} and {other} are one person ({chance} %), there is a stronger introduction: `review` decides").format(
                    one=_called(pair[0]), other=_called(pair[1]), chance=round(100 * chance)
                ),
            )
        )
    return tuple(sorted(changes, key=lambda each: (-each.strength, each.one.id, each.other.id)))


def _run(search: PathSearch, index: OverlaidIndex) -> TiePath | None:
    sources = list(dict.fromkeys(index.today(each) for each in search.sources))
    targets = [each for each in dict.fromkeys(index.today(each) for each in search.targets) if each not in sources]
    if not targets:
        return None
    left = None if search.until is None else max(0.001, search.until - time.monotonic())
    found = index.search(
        sources,
        targets,
        search.chosen,
        k=1,
        max_ties=search.limits.max_ties,
        min_strength=search.limits.min_strength,
        barred=index.spread(search.policy.barred()),
        deadline=left,
    )
    return found.paths[0] if found.paths else None


def _near(context: Context, chosen: Filter, people: Iterable[int]) -> NDArray[np.int32]:
    found: set[int] = set()
    for person in dict.fromkeys(people):
        found.add(person)
        found.update(other for other, _strength in context.index.neighbours(person, chosen)[:_KNOWN])
    return np.array(sorted(found), np.int32)


def _needed(
    context: Context, search: PathSearch, pairs: Sequence[tuple[int, int, float]], best: TiePath | None
) -> list[tuple[int, int, float]]:
    """Return the pairs without which the best path with everybody joined wouldn't be."""
    left = list(pairs)
    needed: list[tuple[int, int, float]] = []
    while left and len(needed) < _TRIES:
        index = _joined(context, [(one, other) for one, other, _chance in left])
        path = _run(search, index)
        if path is None or (best is not None and path.strength <= best.strength):
            break
        used = {index.person(each) for each in path.people}
        through = [each for each in left if _head(context, each) in used]
        if not through:
            break
        needed += through
        left = [each for each in left if each not in through]
    return needed[:_TRIES]


def _joined(context: Context, pairs: Sequence[tuple[int, int]]) -> OverlaidIndex:
    """Return the index with pairs joined; of pairs that share a person only the first."""
    people, taken = [], set[int]()
    for one, other in pairs:
        if one in taken or other in taken:
            continue
        taken |= {one, other}
        first, second = context.index.person(one), context.index.person(other)
        people.append(JudgedPerson(min(first, second), ((first, None), (second, None))))
    return OverlaidIndex(context.index, people, lambda person, other, reason: frozenset())


def _head(context: Context, pair: tuple[int, int, float]) -> str:
    return min(context.index.person(pair[0]), context.index.person(pair[1]))


def _may_be(context: Context, pair: tuple[int, int, float], viewer: str | None) -> bool:
    """Return whether a pair is still undecided, and both are there for the viewer."""
    gone = context.judged.of_member if context.judged else {}
    one, other = (context.index.person(each) for each in pair[:2])
    if one in gone or other in gone:
        return False
    rows = context.people([one, other])
    if len(rows) < 2 or not all(may_see(row, viewer) for row in rows.values()):
        return False
    apart = {frozenset(each[:2]) for each in decide(context.judgements(IDENTITY)).apart}
    return not any(frozenset((a, b)) in apart for a in rows[one]["records"] for b in rows[other]["records"])


def _refs(context: Context, ids: Sequence[str]) -> tuple[PersonRef, ...]:
    rows = context.people(ids)
    return tuple(PersonRef(id=each, name=rows[each]["name"], city=rows[each]["city"]) for each in ids)


def _called(person: PersonRef) -> str:
    return f"{person.name}, {person.city}" if person.city else person.name
