"""Who can introduce me to each of many? The best introduction for every line of a target list, in one search."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.conflicts import ConflictMark
from referralgraph.answers.path import BestPath, PathsAnswer
from referralgraph.errors import DeadlineExceeded
from referralgraph.index.search import SearchResult
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.vetoes import Vetoes
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.path import PathParts, policy_of, starts_of
from referralgraph.questions.path_conflicts import PathConflicts
from referralgraph.questions.path_search import PathLimits, check_limits, search_until
from referralgraph.questions.policy import Barred
from referralgraph.questions.seats import Seats
from referralgraph.questions.target_list import named, no_people
from referralgraph.questions.targets import lines_of

_AT_ONCE = 200  # lines whose evidence is read together, and answered although the time is up after them


@dataclass(frozen=True)
class _Meant:
    """One line of the list: who is meant by it, or why nobody is."""

    text: str
    people: tuple[str, ...]
    nothing: Because | None = None


def find_paths_each(
    context: Context, asked: Asked, sources: Sequence[str], targets: Sequence[str], limits: PathLimits
) -> PathsAnswer:
    """Answer with the best introduction to each target by itself.

    In :func:`referralgraph.questions.path.find_paths` many targets are one goal, a buying centre; here each counts.
    A line that names nobody, or several, is answered as such and doesn't keep the others from their answers.

    :param sources: who asks; without anybody the whole team.
    :param targets: people, organisations (their current decision-makers) or files of them.
    :param limits: ``k`` is of no account: one path each.
    :raises NotFound: if nobody answers to a source or to somebody to avoid.
    :raises UsageError: if there is no team and nobody is named, or a limit is out of range.
    """
    check_limits(limits)
    began = time.monotonic()
    context = context.within(asked.timeout)
    until = search_until(began, asked.timeout)
    starts = starts_of(context, asked, sources)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    chosen = context.filter(
        asked,
        current_only=limits.current_only,
        avoid_organisations=[each.id for each in avoided if each.kind != "person"],
    )
    meant = _read(context, asked, [line for each in targets for line in lines_of(each)])
    index = context.index
    groups = [[index.position(person) for person in each.people if person not in starts] for each in meant]
    wanted = [place for place, group in enumerate(groups) if group]
    vetoes = Vetoes(context)
    vetoes.read(person for each in meant for person in each.people)
    together: dict[tuple[int, ...], list[int]] = {}  # targets of one account share its vetoes, and one search
    for place in wanted:
        veto = vetoes.barred(meant[place].people, limits.account)
        together.setdefault(tuple(veto.people), []).append(place)

    def search(among: Collection[int], grounds: Sequence[Barred] = ()) -> dict[int, SearchResult]:
        found: dict[int, SearchResult] = {}
        for each in together.values():
            places = [place for place in each if place in among]
            if not places:
                continue
            policy = policy_of(
                context, avoided, grounds, targets=meant[places[0]].people, account=limits.account, vetoes=vetoes, asked=asked
            )
            results = index.search_groups(
                [index.position(each) for each in starts],
                [groups[place] for place in places],
                chosen,
                max_ties=limits.max_ties,
                min_strength=limits.min_strength,
                barred=policy.barred(),
                deadline=None if until is None else max(0.001, until - time.monotonic()),
            )
            found.update(zip(places, results, strict=True))
        return found

    found = search(wanted)
    conflicts = PathConflicts(context, asked, limits.conflicts)
    between = {place: [index.person(each) for each in one.paths[0].people[1:-1]] for place, one in found.items() if one.paths}
    marks: dict[str, list[ConflictMark]] = {}
    for mark in conflicts.marks(person for place in sorted(between) for person in between[place]):
        marks.setdefault(mark.person.id, []).append(mark)
    marked = {place: tuple(mark for person in people for mark in marks.get(person, ())) for place, people in between.items()}
    marked = {place: told for place, told in marked.items() if told}
    round_them = search(marked, conflicts.barred()) if marked else {}
    parts = PathParts(context, Evidence(context, asked, chosen))
    entries: list[BestPath] = []
    try:
        for start in range(0, len(meant), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(meant)))
            parts.read([path for place in some for one in (found, round_them) if place in one for path in one[place].paths])
            parts.refs(list(dict.fromkeys(person for place in some for person in meant[place].people)))
            for place in some:
                entry = _entry(meant[place], found.get(place), parts, bool(groups[place]), limits)
                if place in marked:
                    without = round_them[place]
                    entry = entry.model_copy(update={
                        "conflicts": marked[place],
                        "without_conflicts": parts.path(without.paths[0]) if without.paths else None,
                        "complete": entry.complete and without.complete,
                    })  # fmt: skip
                entries.append(entry)
    except DeadlineExceeded:
        entries += [BestPath(asked=each.text, nothing=_no_time(limits), complete=False) for each in meant[len(entries) :]]
    question = asked.question(
        "paths_each",
        sources=list(starts),
        targets=[each.text for each in meant],
        max_ties=limits.max_ties,
        min_strength=limits.min_strength,
        current_only=limits.current_only,
        avoid=[each.id for each in avoided],
        **({"conflicts": limits.conflicts.name} if limits.conflicts else {}),
    )
    return PathsAnswer(
        question=question,
        revision=context.revision.id,
        coverage=context.coverage,
        entries=tuple(entries),
        unknown_conflicts=conflicts.listed.unknown,
        complete=all(each.complete for each in entries),
    )


def _entry(meant: _Meant, result: SearchResult | None, parts: PathParts, anybody: bool, limits: PathLimits) -> BestPath:
    best = parts.path(result.paths[0]) if result is not None and result.paths else None
    complete = result is None or result.complete
    return BestPath(
        asked=meant.text,
        targets=tuple(parts.refs(meant.people)),
        path=best,
        nothing=None if best else meant.nothing or (_nothing(meant, anybody, limits) if complete else _no_time(limits)),
        complete=complete,
    )


def _read(context: Context, asked: Asked, lines: Sequence[str]) -> list[_Meant]:
    known = named(context, asked, lines)
    seats = Seats(context, asked, [each.id for each in known.values() if isinstance(each, EntityRef) and each.id.startswith("o-")])
    found = []
    for text in lines:
        meant = known[text]
        if isinstance(meant, Because):
            found.append(_Meant(text, (), meant))
        elif meant.id.startswith("p-"):
            found.append(_Meant(text, (meant.id,)))
        else:
            people = tuple(seats.decision_makers(meant.id))
            found.append(_Meant(text, people, None if people else no_people(meant)))
    return found


def _nothing(meant: _Meant, anybody: bool, limits: PathLimits) -> Because:
    if meant.people and not anybody:
        return Because(code="same_person", parameters={}, text=_("the target is one of us"))
    text = _("no chain of at most {ties} ties is as strong as {strength}").format(
        ties=limits.max_ties, strength=limits.min_strength
    )
    return Because(code="no_path", parameters={"max_ties": limits.max_ties, "min_strength": limits.min_strength}, text=text)


def _no_time(limits: PathLimits) -> Because:
    text = _("no chain of at most {ties} ties and a strength of {strength} was found in the time allowed").format(
        ties=limits.max_ties, strength=limits.min_strength
    )
    return Because(code="no_time", parameters={"max_ties": limits.max_ties, "min_strength": limits.min_strength}, text=text)
