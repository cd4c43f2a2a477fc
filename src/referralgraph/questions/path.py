"""Who can introduce me? The strongest introduction paths, what was refused, and what an empty answer means."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from referralgraph.answers.base import Because, PersonRef
from referralgraph.answers.path import IntroductionPath, PathAnswer, Refusal
from referralgraph.errors import UsageError
from referralgraph.index.names import Found
from referralgraph.index.reasons import Filter
from referralgraph.index.search import TiePath
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.near import MOST_TIES, as_answers, missing_acquaintances
from referralgraph.questions.policy import Barred, IntroducerPolicy, avoided_people
from referralgraph.questions.targets import find_targets
from referralgraph.score.words import strength_words

_REFUSALS = 3  # as many as a person reads
_LOOKED_AT = 20  # refused candidates to choose them from
_MOMENT = 1.0  # seconds that are spent on looking beyond the limits
_ALTERNATIVES = 2  # ways round an introducer whom all paths need


@dataclass(frozen=True)
class PathLimits:
    """Limits of an introduction.

    :param k: how many paths.
    :param max_ties: ties of the longest; 4 ties are three introducers.
    :param min_strength: of the faintest; fainter is noise on a large graph.
    :param current_only: only reasons that aren't known to have ended.
    :param avoid: people and organisations that may not be in between.
    """

    k: int = 5
    max_ties: int = 4
    min_strength: float = 0.01
    current_only: bool = False
    avoid: tuple[str, ...] = ()


def find_paths(context: Context, asked: Asked, sources: Sequence[str], targets: Sequence[str], limits: PathLimits) -> PathAnswer:
    """Answer who can introduce us.

    :param sources: who asks; without anybody the whole team.
    :param targets: people, organisations (their current decision-makers) or files of them.
    :raises NotFound: if nobody answers to a name.
    :raises Ambiguous: if several do.
    :raises UsageError: if there is no team and nobody is named, or a limit is out of range.
    """
    check_limits(limits)
    began = time.monotonic()
    starts = starts_of(context, asked, sources)
    meant = find_targets(context, asked, targets)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    chosen = context.filter(
        asked,
        current_only=limits.current_only,
        avoid_organisations=[each.id for each in avoided if each.kind != "person"],
    )
    question = asked.question(
        "path",
        sources=list(starts),
        targets=list(meant.people),
        k=limits.k,
        max_ties=limits.max_ties,
        min_strength=limits.min_strength,
        current_only=limits.current_only,
        avoid=[each.id for each in avoided],
    )
    ends = [person for person in meant.people if person not in starts]
    answer = PathAnswer(question=question, revision=context.revision.id, coverage=context.coverage, paths=())
    if not ends:
        return answer.model_copy(update={"nothing": _nobody_to_reach(meant.nobody, bool(meant.people))})
    index = context.index
    policy = policy_of(context, avoided)
    search = _Search(
        context,
        chosen,
        [index.position(each) for each in starts],
        [index.position(each) for each in ends],
        limits,
        None if asked.timeout is None else began + asked.timeout,
    )
    best, complete = search.run(limits.k, policy.barred())
    parts = PathParts(context, Evidence(context, asked, chosen))
    paths = tuple(parts.path(each) for each in different_first(best))
    round_it, searched = _alternatives(search, policy, best)
    alternatives = tuple(parts.path(each) for each in round_it)
    refused, proven = _refusals(search, policy, parts, best)
    if not paths:
        help_needed = missing_acquaintances(context, chosen, policy, search.sources, search.targets)
        answer = answer.model_copy(
            update={
                "nothing": _why_nothing(context, chosen, starts, ends, meant.nobody, limits),
                "beyond": _beyond(search, policy, parts),
                "would_help": as_answers(context, help_needed),
            }
        )
    return answer.model_copy(
        update={
            "paths": paths,
            "refused": refused,
            "complete": complete and searched and proven,
            "shared_introducers": tuple(parts.person(each) for each in _shared(best)),
            "alternatives": alternatives,
        }
    )


def check_limits(limits: PathLimits) -> None:
    """Refuse limits out of range.

    :raises UsageError: that names the ranges.
    """
    if limits.k < 1 or not 1 <= limits.max_ties <= 6 or not 0 <= limits.min_strength <= 1:
        raise UsageError("-k is 1 or more, --max-ties 1 to 6, --min-strength 0 to 1")


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


@dataclass(frozen=True)
class _Search:
    """One question to the index, asked several times with other people barred, all within one deadline."""

    context: Context
    chosen: Filter
    sources: list[int]
    targets: list[int]
    limits: PathLimits
    deadline: float | None

    def run(self, k: int, barred: NDArray[np.bool_]) -> tuple[list[TiePath], bool]:
        left = None if self.deadline is None else max(0.001, self.deadline - time.monotonic())
        result = self.context.index.search(
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


class PathParts:
    """People and paths of one answer; each person is read once.

    :param context: the revision.
    :param evidence: what stands behind the ties.
    """

    def __init__(self, context: Context, evidence: Evidence) -> None:
        self._context = context
        self._evidence = evidence
        self._known: dict[str, PersonRef] = {}

    def person(self, position: int) -> PersonRef:
        """Return the person of a number in the index."""
        return self.refs([self._context.index.person(position)])[0]

    def refs(self, ids: Sequence[str]) -> list[PersonRef]:
        """Return people by id, in the order given."""
        missing = [each for each in ids if each not in self._known]
        for identifier, row in self._context.people(missing).items():
            self._known[identifier] = PersonRef(id=identifier, name=row["name"], city=row["city"])
        return [self._known[each] for each in ids]

    def path(self, path: TiePath) -> IntroductionPath:
        """Return a path of the index with its reasons, sources and identities."""
        refs = [self.person(each) for each in path.people]
        ties = [self._evidence.tie(one.id, other.id) for one, other in pairwise(refs)]
        identities = [
            1.0,
            *(
                self._evidence.identity(ref.id, before, after)
                for ref, before, after in zip(refs[1:], ties, ties[1:], strict=False)
            ),
            1.0,
        ]
        identity = float(np.prod(identities))
        return IntroductionPath(
            strength=path.strength,
            words=strength_words(path.strength),
            identity=identity,
            possible=identity < self._context.settings.identity.path_threshold,
            people=tuple(ref.model_copy(update={"identity": each}) for ref, each in zip(refs, identities, strict=True)),
            ties=tuple(ties),
        )


def policy_of(context: Context, avoided: Iterable[Found], others: Iterable[Barred] = ()) -> IntroducerPolicy:
    """Return who may not be an introducer: nominees, the people whom a question avoids, and whoever is barred besides."""
    index = context.index
    people = [index.position(each.id) for each in avoided if each.kind == "person"]
    return IntroducerPolicy(
        index,
        context.settings.introducer.most_bodies,
        [avoided_people(people), *others],
        [index.position(each) for each in context.team.values()],
    )


def starts_of(context: Context, asked: Asked, sources: Sequence[str]) -> list[str]:
    """Return who asks, by id: those named, or the whole team."""
    if sources:
        return list(dict.fromkeys(_person(context, asked, each) for each in sources))
    if not context.team:
        raise UsageError(
            "who asks? Name somebody before --to, load your contacts with --owner NAME, or set team.me in settings.toml"
        )
    return list(dict.fromkeys(context.team.values()))


def _person(context: Context, asked: Asked, text: str) -> str:
    if text.casefold() == "me":
        mine = context.me(asked.viewer)
        if mine in context.team:
            return context.team[mine]
    return context.entity(text, ("person",), viewer=asked.viewer).id


def _refusals(
    search: _Search, policy: IntroducerPolicy, parts: PathParts, best: Sequence[TiePath]
) -> tuple[tuple[Refusal, ...], bool]:
    """Return paths that would have been stronger or shorter than the best one but for the policy."""
    nobody = np.zeros(0, np.bool_)
    candidates, complete = search.run(_LOOKED_AT, nobody)
    found = []
    for path in candidates:
        reasons = [because for each in path.people[1:-1] if (because := policy.because(each))]
        better = not best or path.strength > best[0].strength or len(path.people) < len(best[0].people)
        if reasons and better:
            found.append(
                Refusal(people=tuple(parts.person(each) for each in path.people), strength=path.strength, because=reasons[0])
            )
    return tuple(found[:_REFUSALS]), complete


def _alternatives(search: _Search, policy: IntroducerPolicy, best: Sequence[TiePath]) -> tuple[list[TiePath], bool]:
    """Return the strongest paths round the introducers of all paths shown, if these share one."""
    if len(best) < search.limits.k or not _shared(best):
        return [], True  # with fewer paths than were asked for, all are shown
    barred = policy.barred()
    barred[[person for path in best for person in path.people[1:-1]]] = True
    found, complete = search.run(_ALTERNATIVES, barred)
    return different_first(found), complete


def _beyond(search: _Search, policy: IntroducerPolicy, parts: PathParts) -> IntroductionPath | None:
    """Return the best path beyond the limits asked for, if it is found within a moment."""
    until = time.monotonic() + _MOMENT
    wider = replace(
        search,
        limits=replace(search.limits, max_ties=MOST_TIES, min_strength=0.0),
        deadline=until if search.deadline is None else min(until, search.deadline),
    )
    found, _complete = wider.run(1, policy.barred())
    return parts.path(found[0]) if found else None


def _shared(paths: Sequence[TiePath]) -> list[int]:
    if len(paths) < 2:
        return []
    common = set(paths[0].people[1:-1])
    for path in paths[1:]:
        common &= set(path.people[1:-1])
    return sorted(common)


def _nobody_to_reach(nobody: Iterable[Because], any_target: bool) -> Because:
    told = list(nobody)
    if told and not any_target:
        return told[0]
    return Because(code="same_person", parameters={}, text=_("the target is one of us"))


def _why_nothing(
    context: Context,
    chosen: Filter,
    starts: Sequence[str],
    ends: Sequence[str],
    nobody: Sequence[Because],
    limits: PathLimits,
) -> Because:
    """Tell "no path" from "no data"."""
    index = context.index
    for who, code, text in (
        (
            starts,
            "source_without_ties",
            _("nothing in the data ties any of us to anybody under these filters: load contacts or other registers"),
        ),
        (
            ends,
            "target_without_ties",
            _(
                "nothing in the data ties the target to anybody under these filters: that is missing "
                "data, not a missing connection"
            ),
        ),
    ):
        if not any(index.neighbours(index.position(each), chosen) for each in who):
            return Because(code=code, parameters={"people": list(who)}, text=text)
    text = _("no chain of at most {ties} ties is as strong as {strength}").format(
        ties=limits.max_ties, strength=limits.min_strength
    )
    return Because(
        code="no_path",
        parameters={
            "max_ties": limits.max_ties,
            "min_strength": limits.min_strength,
            "without_people": [each.parameters for each in nobody],
        },
        text=text,
    )
