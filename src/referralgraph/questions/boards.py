"""Board to board: which of our members opens which of theirs, by what they have in common or over a bridge."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from referralgraph.answers.base import Because, EntityRef, PersonRef
from referralgraph.answers.boards import BoardCell, BoardLink, BoardsAnswer, BoardTarget, InCommon
from referralgraph.answers.path import IntroductionPath, Refusal
from referralgraph.errors import UsageError
from referralgraph.graph.ahead import ReadAheadStore
from referralgraph.index.reasons import Filter
from referralgraph.index.search import TiePath
from referralgraph.language import gettext as _
from referralgraph.questions.board_facts import company_links, holders_of, members_of, ours_of
from referralgraph.questions.conflicts import ConflictList, conflict_marks, read_conflicts
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.interlocks import find_interlocks
from referralgraph.questions.near import as_answers, missing_acquaintances
from referralgraph.questions.path import PathLimits, PathParts, check_limits, policy_of
from referralgraph.questions.path_search import MOST_TIES
from referralgraph.questions.policy import IntroducerPolicy
from referralgraph.questions.target_list import Target, read_targets
from referralgraph.score.words import strength_words

_ORDER = {"same_person": 0, "direct": 1, "bridge": 2}
_MOMENT = 1.0  # seconds for all targets together that are spent on looking beyond the limits


@dataclass(frozen=True)
class _Pair:
    """One of our members, one of theirs, and the chain between them by position."""

    kind: str
    path: TiePath

    def order(self) -> tuple[int, float, tuple[int, ...]]:
        return _ORDER[self.kind], -self.path.strength, self.path.people


def find_boards(
    context: Context, asked: Asked, ours: Sequence[str], targets: Sequence[str], limits: PathLimits, conflicts: Path | None = None
) -> BoardsAnswer:
    """Answer how our boards are tied to those of the targets, now or in the past.

    Our own members are no bridges to each other's links: whoever is meant is asked himself.

    :param ours: one or several of our organisations; a person counts as a board of one.
    :param targets: organisations or files of them; none for the interlocks of our own with all others.
    :param limits: ``k`` links are shown for each target.
    :param conflicts: a file of competitors and debtors; a seat there is marked.
    :raises NotFound: if nobody answers to one of ours, or to somebody to avoid.
    :raises UsageError: for none of ours, or a limit out of range.
    """
    check_limits(limits)
    if not ours:
        raise UsageError("whose board? Name at least one of your organisations")
    began = time.monotonic()
    context, store = context.ahead()
    listed = read_conflicts(context, asked, conflicts)
    own = ours_of(context, asked, ours)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    question = asked.question(
        "boards", ours=[each.id for each, _ in own], targets=list(targets), k=limits.k, max_ties=limits.max_ties,
        min_strength=limits.min_strength, current_only=limits.current_only, avoid=[each.id for each in avoided])  # fmt: skip
    members = members_of(context, asked, own, listed)
    answer = BoardsAnswer(
        question=question, revision=context.revision.id, coverage=context.coverage, ours=tuple(each for each, _ in own),
        members=tuple(members), unknown=listed.unknown)  # fmt: skip
    if not targets:
        policy = policy_of(context, avoided, asked=asked)
        return answer.model_copy(update=find_interlocks(context, asked, own, listed, policy, limits.current_only))
    meant = read_targets(context, asked, targets, boards=True)
    if not members:
        names = ", ".join(each.name for each, _ in own)
        text = _("no source names a person in {name}: that is missing data, not a missing connection").format(name=names)
        nothing = Because(code="no_people", parameters={"organisations": [each.id for each, _ in own]}, text=text)
        return answer.model_copy(update={"nothing": nothing, "targets": tuple(_empty(each) for each in meant)})
    policy = policy_of(context, avoided, targets=[person for each in meant for person in each.people], asked=asked)
    chosen = context.filter(asked, current_only=limits.current_only,
                            avoid_organisations=[each.id for each in avoided if each.kind != "person"])  # fmt: skip
    board = _Boards(context, asked, limits, chosen, policy, [each.person for each in members], listed,
                    None if asked.timeout is None else began + asked.timeout)  # fmt: skip
    found, complete = board.pairs(meant)
    refused = board.refused(meant, found)
    shown_pairs = [sorted(pairs, key=_Pair.order)[: limits.k] for pairs in found]
    _read_ahead(context, store, meant, [pair.path for pairs in shown_pairs for pair in pairs], bool(listed.entities))
    board.parts.read([pair.path for pairs in shown_pairs for pair in pairs])
    held = [each for organisation, _people in own for each in holders_of(context, organisation)]
    until = time.monotonic() + _MOMENT
    entries: list[BoardTarget] = []
    links: list[BoardLink] = []
    alone: list[tuple[int, dict[str, object], list[tuple[int, int, float]]]] = []  # targets without a link
    for place, target in enumerate(meant):
        shown = board.links(target, shown_pairs[place])
        links += shown
        entry = _empty(target)
        if target.entity is not None and target.nothing is None:
            entry = entry.model_copy(update={
                "members": tuple(members_of(context, asked, [(target.entity, target.people)], listed)),
                "cells": tuple(board.cells(found[place])),
                "company_links": tuple(company_links(context, asked, [each for each, _ in own], held, target.entity)),
                "in_common": _in_common(shown),
                "refused": refused.get(place),
            })  # fmt: skip
            if not shown:
                alone.append((place, *board.nothing(target, until)))
        entries.append(entry)
    store.fetch("read/person", "id", [context.index.person(each) for _place, _said, near in alone for one in near for each in one[:2]])
    for place, said, near in alone:
        entries[place] = entries[place].model_copy(update={**said, **({"would_help": as_answers(context, near)} if near else {})})
    links.sort(key=lambda each: (_ORDER[each.kind], -each.strength, each.ours.id, each.theirs.id, each.target.id))
    return answer.model_copy(update={"targets": tuple(entries), "links": tuple(links), "complete": complete})


def _read_ahead(
    context: Context, store: ReadAheadStore, meant: Sequence[Target], paths: Sequence[TiePath], with_seats: bool
) -> None:
    """Read as lists what the targets and links are told from one by one."""
    bodies = [each.entity.id for each in meant if each.entity and each.entity.id.startswith("o-") and each.nothing is None]
    store.fetch("read/mandates_in_organisation", "organisation", bodies)
    store.fetch("read/organisation_shareholders_of_organisation", "organisation", bodies)
    store.fetch("read/organisation_mandates_in_organisation", "organisation", bodies)
    linked = [context.index.person(each) for path in paths for each in path.people]
    people = [*(person for each in meant for person in each.people), *linked]
    store.fetch("read/person", "id", people)
    if with_seats:  # of conflicts
        store.fetch("read/mandates_of_person", "person", people)


def _empty(target: Target) -> BoardTarget:
    return BoardTarget(asked=target.text, organisation=target.entity, nothing=target.nothing)


class _Boards:
    """One question about boards: our members searched once each for all targets together."""

    def __init__(
        self, context: Context, asked: Asked, limits: PathLimits, chosen: Filter, policy: IntroducerPolicy,
        ours: Sequence[PersonRef], conflicts: ConflictList, deadline: float | None,
    ) -> None:
        self.context, self.asked, self.limits, self.chosen = context, asked, limits, chosen
        self.policy, self.conflicts, self.deadline = policy, conflicts, deadline
        self.parts = PathParts(context, Evidence(context, asked, chosen))
        self.ours = [context.index.position(each.id) for each in ours]
        self.barred = policy.barred()
        self.barred[self.ours] = True

    def pairs(self, meant: Sequence[Target]) -> tuple[list[list[_Pair]], bool]:
        """Return, for each target, the pairs of members who are tied, directly or over bridges."""
        index, own = self.context.index, set(self.ours)
        theirs = [[index.position(person) for person in each.people] for each in meant]
        singles = sorted({person for board in theirs for person in board} - own)
        best: dict[tuple[int, int], TiePath] = {}
        complete = True
        for member in self.ours:
            results = index.search_groups(
                [member], [[each] for each in singles], self.chosen, max_ties=self.limits.max_ties,
                min_strength=self.limits.min_strength, barred=self.barred, deadline=self._left())  # fmt: skip
            for person, result in zip(singles, results, strict=True):
                complete &= result.complete
                if result.paths:
                    best[member, person] = result.paths[0]
        found: list[list[_Pair]] = []
        self.best = best
        for board in theirs:
            pairs = []
            for person in board:
                if person in own:
                    pairs.append(_Pair("same_person", TiePath((person,), 1.0)))
                    continue
                for member in self.ours:
                    strength, _reasons = index.tie(member, person, self.chosen)
                    if strength > 0:
                        pairs.append(_Pair("direct", TiePath((member, person), strength)))
                    elif (member, person) in best:
                        pairs.append(_Pair("bridge", best[member, person]))
            found.append(pairs)
        return found, complete

    def _left(self) -> float | None:
        return None if self.deadline is None else max(0.001, self.deadline - time.monotonic())

    def cells(self, pairs: Sequence[_Pair]) -> list[BoardCell]:
        """Return the matrix of a target: the best introduction of each pair, though a direct tie may be fainter."""
        person = self.context.index.person
        cells = []
        for each in pairs:
            ends = each.path.people[0], each.path.people[-1]
            best = self.best.get(ends, each.path)
            if each.kind == "direct" and best.strength < each.path.strength:
                best = each.path
            cells.append(BoardCell.model_validate({
                "ours": person(ends[0]), "theirs": person(ends[1]), "strength": best.strength, "kind": each.kind,
                "people": tuple(person(between) for between in best.people[1:-1])}))  # fmt: skip
        return sorted(cells, key=lambda each: (each.ours, each.theirs))

    def links(self, target: Target, pairs: Sequence[_Pair]) -> list[BoardLink]:
        """Return links with all their evidence."""
        if target.entity is None:
            return []
        index = self.context.index
        ids = {index.person(each) for pair in pairs for each in pair.path.people}
        marks = conflict_marks(self.context, self.asked, self.conflicts, sorted(ids))
        made = []
        for pair in pairs:
            path = None if pair.kind == "same_person" else self.parts.path(pair.path)
            people = self.parts.refs([index.person(each) for each in pair.path.people])
            made.append(BoardLink.model_validate({
                "target": target.entity, "ours": people[0], "theirs": people[-1], "kind": pair.kind, "strength": pair.path.strength,
                "words": strength_words(pair.path.strength), "path": path, **_facts(path, people, target.entity),
                "marks": tuple(mark for each in people for mark in marks.get(each.id, ())),
            }))  # fmt: skip
        return made

    def refused(self, meant: Sequence[Target], found: Sequence[Sequence[_Pair]]) -> dict[int, Refusal]:
        """Return for targets the introduction that would be stronger than any that is offered, and why it isn't."""
        own = set(self.ours)
        groups = [[p for each in target.people if (p := self.context.index.position(each)) not in own] for target in meant]
        wanted = [place for place, group in enumerate(groups) if group]
        results = self.context.index.search_groups(
            self.ours, [groups[place] for place in wanted], self.chosen, max_ties=self.limits.max_ties,
            min_strength=self.limits.min_strength, barred=np.zeros(0, np.bool_), deadline=self._left())  # fmt: skip
        refusals = {}
        for place, result in zip(wanted, results, strict=True):
            best = max((pair.path.strength for pair in found[place]), default=0.0)
            for path in result.paths:
                why = next((because for each in path.people[1:-1] if (because := self.policy.because(each))), None)
                if why is not None and path.strength > best:
                    people = tuple(self.parts.person(each) for each in path.people)
                    refusals[place] = Refusal(people=people, strength=path.strength, because=why)
        return refusals

    def nothing(self, target: Target, until: float) -> tuple[dict[str, object], list[tuple[int, int, float]]]:
        """Return what to say of a target without a link, why and who comes nearest, and whom to get to know."""
        index = self.context.index
        ends = [index.position(each) for each in target.people]
        if not any(index.neighbours(each, self.chosen) for each in ends):
            text = _("nothing in the data ties the target to anybody under these filters: that is missing "
                     "data, not a missing connection")  # fmt: skip
            return {"nothing": Because(code="target_without_ties", parameters={}, text=text)}, []
        wider = replace(self.limits, max_ties=MOST_TIES, min_strength=0.0)
        nearest: IntroductionPath | None = None
        if (left := until - time.monotonic()) > 0:
            result = index.search(self.ours, ends, self.chosen, k=1, max_ties=wider.max_ties, min_strength=0.0,
                                  barred=self.policy.barred(), deadline=left)  # fmt: skip
            nearest = self.parts.path(result.paths[0]) if result.paths else None
        limits = {"max_ties": self.limits.max_ties, "min_strength": self.limits.min_strength}
        text = _("no chain of at most {ties} ties is as strong as {strength}")
        text = text.format(ties=limits["max_ties"], strength=limits["min_strength"])
        help_needed = missing_acquaintances(self.context, self.chosen, self.policy, self.ours, ends)
        return {"nothing": Because(code="no_path", parameters=limits, text=text), "nearest": nearest}, help_needed


def _facts(path: IntroductionPath | None, people: Sequence[PersonRef], target: EntityRef) -> dict[str, object]:
    if path is None:
        text = _("{ours} sits on the board of {target}: ask there directly").format(ours=people[0].name, target=target.name)
        return {"current": True, "text": text, "through": (target,)}
    first = path.ties[0].reasons[0]
    current = all(any(each.until is None for each in tie.reasons if each.kind != "outcome") for tie in path.ties)
    through: list[EntityRef] = []
    for place, tie in enumerate(path.ties):
        if (body := tie.reasons[0].organisation) is not None:
            through.append(body)
        if place + 1 < len(path.ties):
            through.append(EntityRef(id=people[place + 1].id, name=people[place + 1].name))
    text = _("ask {ours} about {theirs}: {how}") if len(people) == 2 else _("ask {ours} for {next}, who leads on to {theirs}: {how}")
    text = text.format(ours=people[0].name, theirs=people[-1].name, next=people[1].name, how=first.text)
    return {"current": current, "since": first.since, "roles": first.roles if len(people) == 2 else (), "through": tuple(through),
            "text": text}


def _in_common(links: Sequence[BoardLink]) -> tuple[InCommon, ...]:
    """Return the bodies and people that two links or more go through, the most needed first."""
    names = {each.id: each for link in links for each in link.through}
    count = Counter(each for link in links for each in {one.id for one in link.through})
    shared = sorted((each for each, times in count.items() if times > 1), key=lambda each: (-count[each], each))
    return tuple(InCommon(entity=names[each], links=count[each], all=count[each] == len(links)) for each in shared)
