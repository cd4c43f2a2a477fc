"""What hangs on one person: each of our own, and each much used introducer, taken away in thought."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.answers.base import Because, EntityRef, PersonRef
from referralgraph.answers.dependence import Dependence, DependenceAnswer, Loss, Stand
from referralgraph.errors import UsageError
from referralgraph.index.reasons import Filter
from referralgraph.index.search import SearchResult, TiePath
from referralgraph.language import gettext as _
from referralgraph.questions.conflicts import barred_by_conflict, read_conflicts
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.path import PathLimits, PathParts, check_limits, policy_of, starts_of
from referralgraph.questions.target_list import Target, read_targets

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HANDED_OVER = 8


def find_dependence(
    context: Context, asked: Asked, sources: Sequence[str], targets: Sequence[str], limits: PathLimits, *, introducers: int = 100,
    conflicts: Path | None = None,
) -> DependenceAnswer:
    """Answer on whom the reach to a list of targets depends, exactly.

    Taking somebody away changes only the targets whose best introduction leads over him: the others keep theirs, and none can get
    stronger. So each is searched again for his own targets alone, and all of them together cost about as much as the list did
    once for every person on a path.

    :param sources: who of us; by default the whole team.
    :param targets: companies, people, or files of them.
    :param limits: those of an introduction; `k` is of no account.
    :param introducers: how many of the most used introducers are looked at, besides all of our own people.
    :param conflicts: a file of competitors and debtors: who sits there introduces nobody.
    :raises UsageError: without targets, or for limits out of range.
    """
    check_limits(limits)
    if not targets or introducers < 0:
        raise UsageError("whose loss for which targets? Give --to with companies or files of them; --introducers is 0 or more")
    began = time.monotonic()
    starts = starts_of(context, asked, sources)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    listed = read_conflicts(context, asked, conflicts)
    meant = read_targets(context, asked, targets)
    reachable = [each for each in meant if any(person not in starts for person in each.people)]
    question = asked.question(
        "dependence", sources=list(starts), targets=list(targets), max_ties=limits.max_ties, min_strength=limits.min_strength,
        current_only=limits.current_only, avoid=[each.id for each in avoided], introducers=introducers)  # fmt: skip
    answer = DependenceAnswer(
        question=question, revision=context.revision.id, coverage=context.coverage, targets=len(reachable), reached=0, people=(),
        introducers=0, unanswered=(*listed.unknown, *(each.nothing for each in meant if each.nothing is not None)))  # fmt: skip
    if not reachable:
        text = _("no source names a person in any of the targets: that is missing data, not a missing connection")
        return answer.model_copy(update={"nothing": Because(code="no_people", parameters={}, text=text)})
    chosen = context.filter(asked, current_only=limits.current_only,
                            avoid_organisations=[each.id for each in avoided if each.kind != "person"])  # fmt: skip
    policy = policy_of(context, avoided, [barred_by_conflict(context, asked, listed)],
                       targets=[person for each in reachable for person in each.people], asked=asked)
    removal = _Removal(context, chosen, limits, [context.index.position(each) for each in starts],
                       [[context.index.position(person) for person in each.people if person not in starts] for each in reachable],
                       policy.barred(), None if asked.timeout is None else began + asked.timeout)  # fmt: skip
    best = removal.best()
    used = Counter(person for path in best if path for person in path.people[1:-1])
    most_used = sorted(used, key=lambda each: (-used[each], each))[:introducers]
    parts = PathParts(context, Evidence(context, asked, chosen))
    without = {person: removal.without(person, best) for person in (*removal.sources, *most_used)}
    told = [path for after in without.values() for place, other in after.items() for path in (best[place], other) if path]
    parts.refs([context.index.person(each) for each in dict.fromkeys([*without, *(each for path in told for each in path.people)])])
    people = [_said(parts, reachable, best, after, person, person in removal.sources) for person, after in without.items()]
    people.sort(key=lambda each: (-len(each.lost), -len(each.halved), -each.targets, each.person.id))
    unreached = tuple(each.entity for each, path in zip(reachable, best, strict=True) if path is None and each.entity)
    nothing = None
    if not any(best):
        text = _("no chain of at most {ties} ties is as strong as {strength}")
        nothing = Because(code="no_path", parameters={}, text=text.format(ties=limits.max_ties, strength=limits.min_strength))
    return answer.model_copy(update={
        "reached": sum(path is not None for path in best), "people": tuple(people), "introducers": len(used), "unreached": unreached,
        "nothing": nothing, "complete": removal.complete})  # fmt: skip


@dataclass
class _Removal:
    """A list of targets, searched as it is and without one person at a time."""

    context: Context
    chosen: Filter
    limits: PathLimits
    sources: list[int]
    groups: list[list[int]]
    barred: NDArray[np.bool_]
    deadline: float | None
    complete: bool = True

    def best(self) -> list[TiePath | None]:
        """Return the best introduction to each target."""
        return [result.paths[0] if result.paths else None for result in self._search(self.sources, self.groups, self.barred)]

    def without(self, person: int, best: Sequence[TiePath | None]) -> dict[int, TiePath | None]:
        """Return the best introductions that remain without somebody, for the targets whose best one leads over him."""
        places = [place for place, path in enumerate(best) if path is not None and person in path.people[:-1]]
        sources = [each for each in self.sources if each != person]
        if not places or not sources:
            return dict.fromkeys(places)
        barred = self.barred if len(self.barred) else np.zeros(self.context.index.count, np.bool_)
        was = bool(barred[person])
        barred[person] = True
        try:
            results = self._search(sources, [[each for each in self.groups[place] if each != person] for place in places], barred)
        finally:
            barred[person] = was
        return {place: result.paths[0] if result.paths else None for place, result in zip(places, results, strict=True)}

    def _search(self, sources: list[int], groups: list[list[int]], barred: NDArray[np.bool_]) -> list[SearchResult]:
        left = None if self.deadline is None else max(0.001, self.deadline - time.monotonic())
        asked = [place for place, group in enumerate(groups) if group]
        results = self.context.index.search_groups(
            sources, [groups[place] for place in asked], self.chosen, max_ties=self.limits.max_ties,
            min_strength=self.limits.min_strength, barred=barred, deadline=left)  # fmt: skip
        found = [SearchResult([], True, 0)] * len(groups)
        for place, result in zip(asked, results, strict=True):
            found[place] = result
            self.complete &= result.complete
        return found


def _said(
    parts: PathParts, targets: Sequence[Target], best: Sequence[TiePath | None], after: dict[int, TiePath | None], person: int,
    ours: bool,
) -> Dependence:
    lost: list[Loss] = []
    halved: list[Loss] = []
    weaker = 0
    stands: Counter[int] = Counter()
    handed: Counter[int] = Counter()
    for place, path in after.items():
        before = best[place]
        if before is None:
            continue
        known = set(before.people)
        # of our own a colleague takes over, who begins the new way; of an introducer whoever is new on it
        stands.update([path.people[0]] if path and ours else [each for each in path.people[1:-1] if each not in known] if path else [])
        if path is not None and path.strength >= before.strength / 2:
            weaker += 1
            continue
        following = before.people[before.people.index(person) + 1]
        if following != before.people[-1]:
            handed[following] += 1
        loss = Loss(
            target=targets[place].entity or EntityRef(id="", name=targets[place].text), before=before.strength,
            after=None if path is None else path.strength, through=_refs(parts, before), instead=_refs(parts, path))  # fmt: skip
        (lost if path is None else halved).append(loss)
    for losses in (lost, halved):
        losses.sort(key=lambda each: (-each.before, each.target.id))
    return Dependence(
        person=parts.person(person), ours=ours, targets=len(after), lost=tuple(lost), halved=tuple(halved), weaker=weaker,
        takes_over=tuple(Stand(person=parts.person(each), targets=stands[each]) for each in _most(stands)),
        hand_over=tuple(parts.person(each) for each in _most(handed)) if ours else ())  # fmt: skip


def _most(counted: Counter[int]) -> list[int]:
    return sorted(counted, key=lambda each: (-counted[each], each))[:_HANDED_OVER]


def _refs(parts: PathParts, path: TiePath | None) -> tuple[PersonRef, ...]:
    return tuple(parts.person(each) for each in path.people) if path else ()
