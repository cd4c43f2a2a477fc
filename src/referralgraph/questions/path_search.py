"""The searches behind one answer: the paths, ways round their introducers, what was refused, what lies beyond the limits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from referralgraph.answers.base import Because
from referralgraph.errors import UsageError
from referralgraph.index.reasons import Filter
from referralgraph.index.revision import RevisionIndex
from referralgraph.index.search import TiePath
from referralgraph.questions.policy import IntroducerPolicy

MOST_TIES = 6  # the longest chain that is looked for beyond the limits of a question
_REFUSALS = 3  # as many as a person reads
_LOOKED_AT = 20  # refused candidates to choose them from
_MOMENT = 1.0  # seconds that are spent on looking beyond the limits
_BEYOND = 5  # chains beyond the limits, to meet several people on the way
_ALTERNATIVES = 2  # ways round an introducer whom all paths need
_SHARE_OF_SEARCH = 0.7  # of the time allowed; the rest is for reading what stands behind the paths


@dataclass(frozen=True)
class PathLimits:
    """Limits of an introduction.

    :param k: how many paths.
    :param max_ties: ties of the longest; 4 ties are three introducers.
    :param min_strength: of the faintest; fainter is noise on a large graph.
    :param current_only: only reasons that aren't known to have ended.
    :param avoid: people and organisations that may not be in between.
    :param conflicts: a list of competitors and debtors: introducers who sit there are marked, and a way without them is shown.
    :param account: the account that it is for, whose vetoes hold; those that the targets belong to by default.
    """

    k: int = 5
    max_ties: int = 4
    min_strength: float = 0.01
    current_only: bool = False
    avoid: tuple[str, ...] = ()
    account: str | None = None
    conflicts: Path | None = None


def check_limits(limits: PathLimits) -> None:
    """Refuse limits out of range.

    :raises UsageError: that names the ranges.
    """
    if limits.k < 1 or not 1 <= limits.max_ties <= MOST_TIES or not 0 <= limits.min_strength <= 1:
        raise UsageError("-k is 1 or more, --max-ties 1 to 6, --min-strength 0 to 1")


def search_until(began: float, timeout: float | None) -> float | None:
    """Return until when to search, so that there is time left to read what stands behind the paths.

    :param began: moment on the monotonic clock at which the question began.
    :param timeout: seconds for the whole question; None for as long as it takes.
    """
    return None if timeout is None else began + _SHARE_OF_SEARCH * timeout


@dataclass(frozen=True)
class Nearest:
    """Somebody within the limits of a question who is on the way to a target beyond them.

    :param person: position of the person.
    :param before: the chain from us to him.
    :param after: the chain from him to the target.
    """

    person: int
    before: TiePath
    after: TiePath


@dataclass(frozen=True)
class PathSearch:
    """One question to the index, asked several times with other people barred, all within one deadline.

    :param index: the index of the revision.
    :param chosen: the filter of the question.
    :param sources: positions of who asks.
    :param targets: positions of whom to reach.
    :param limits: of the paths.
    :param policy: who may not be an introducer.
    :param until: moment on the monotonic clock; None for as long as it takes.
    """

    index: RevisionIndex
    chosen: Filter
    sources: list[int]
    targets: list[int]
    limits: PathLimits
    policy: IntroducerPolicy
    until: float | None

    def run(self, k: int, barred: NDArray[np.bool_]) -> tuple[list[TiePath], bool]:
        """Return the k strongest paths, and whether they are proven to be."""
        left = None if self.until is None else max(0.001, self.until - time.monotonic())
        result = self.index.search(
            self.sources,
            self.targets,
            self.chosen,
            k=k,
            max_ties=self.limits.max_ties,
            min_strength=self.limits.min_strength,
            barred=barred,
            deadline=left,
        )
        return result.paths, result.complete

    def best(self) -> tuple[list[TiePath], bool]:
        """Return the paths asked for, strongest first, and whether they are proven to be."""
        return self.run(self.limits.k, self.policy.barred())

    def refusals(self, best: Sequence[TiePath]) -> tuple[list[tuple[TiePath, Because]], bool]:
        """Return paths stronger or shorter than the best one that the policy refuses, with the reason, strongest first."""
        nobody = np.zeros(0, np.bool_)
        candidates, complete = self.run(_LOOKED_AT, nobody)
        shorter = len(best[0].people) - 2 if best else 0
        if shorter:
            # twenty stronger ones may hide a shorter one
            limits = replace(self.limits, max_ties=shorter)
            more, proven = replace(self, limits=limits).run(_LOOKED_AT, nobody)
            candidates += [path for path in more if path not in candidates]
            complete = complete and proven
        found = []
        for path in candidates:
            reasons = [because for each in path.people[1:-1] if (because := self.policy.because(each))]
            better = not best or path.strength > best[0].strength or len(path.people) < len(best[0].people)
            if reasons and better:
                found.append((path, reasons[0]))
        return found[:_REFUSALS], complete

    def alternatives(self, best: Sequence[TiePath]) -> tuple[list[TiePath], bool]:
        """Return the strongest paths round the introducers of all paths shown, if these share one."""
        if len(best) < self.limits.k or not shared_introducers(best):
            return [], True  # with fewer paths than were asked for, all are shown
        barred = self.policy.barred()
        barred[[person for path in best for person in path.people[1:-1]]] = True
        found, complete = self.run(_ALTERNATIVES, barred)
        return different_first(found), complete

    def beyond(self) -> tuple[TiePath | None, list[Nearest]]:
        """Return the best path beyond the limits, and who on the way there is within them, if found within a moment."""
        until = time.monotonic() + _MOMENT
        wider = replace(
            self,
            limits=replace(self.limits, max_ties=MOST_TIES, min_strength=0.0),
            until=until if self.until is None else min(until, self.until),
        )
        found, _complete = wider.run(_BEYOND, self.policy.barred())
        nearest: dict[int, Nearest] = {}
        for path in found:
            near = self._last_within(path)
            if near is not None:
                nearest.setdefault(near.person, near)
        return (found[0] if found else None), list(nearest.values())

    def _last_within(self, path: TiePath) -> Nearest | None:
        """Return the person of a path farthest from us to whom it is within the limits, None if even the first isn't."""
        people, near = path.people, None
        strength = 1.0
        for place in range(1, min(len(people) - 1, self.limits.max_ties + 1)):
            strength *= self.index.tie(people[place - 1], people[place], self.chosen)[0]
            if strength < self.limits.min_strength:
                break
            after = TiePath(people[place:], path.strength / strength)
            near = Nearest(people[place], TiePath(people[: place + 1], strength), after)
        return near


def different_first(paths: Sequence[TiePath]) -> list[TiePath]:
    """Order paths so that those that share no introducer with an earlier one come first.

    The strongest stays first; within both parts the order is that of strength.

    :param paths: strongest first.
    """
    used: set[int] = set()
    first, rest = [], []
    for path in paths:
        between = set(path.people[1:-1])
        if between & used:
            rest.append(path)
        else:
            first.append(path)
            used |= between
    return first + rest


def shared_introducers(paths: Sequence[TiePath]) -> list[int]:
    """Return the introducers whom all of several paths need, by position."""
    if len(paths) < 2:
        return []
    common = set(paths[0].people[1:-1])
    for path in paths[1:]:
        common &= set(path.people[1:-1])
    return sorted(common)
