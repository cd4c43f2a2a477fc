"""Who can introduce me? The strongest introduction paths, what was refused, and what an empty answer means."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from referralgraph.answers.base import Because, PersonRef
from referralgraph.answers.path import IntroductionPath, NearestPerson, PathAnswer, PathTie, Refusal
from referralgraph.errors import DeadlineExceeded, UsageError
from referralgraph.identity import IDENTITY, Decided, decide
from referralgraph.index.names import Found
from referralgraph.index.reasons import Filter
from referralgraph.index.search import TiePath
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.vetoes import Vetoes
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.near import as_answers, missing_acquaintances
from referralgraph.questions.outcomes import Outcomes
from referralgraph.questions.path_conflicts import PathConflicts
from referralgraph.questions.path_search import (
    Nearest,
    PathLimits,
    PathSearch,
    check_limits,
    different_first,
    search_until,
    shared_introducers,
)
from referralgraph.questions.policy import Barred, IntroducerPolicy, avoided_people
from referralgraph.questions.targets import find_targets
from referralgraph.score.words import strength_words

_WITHOUT_CONFLICTS = 2  # ways without a marked introducer

__all__ = ["PathLimits", "PathParts", "best_path", "check_limits", "different_first", "find_paths", "policy_of", "starts_of"]


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
    context = context.within(asked.timeout)
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
        **({"account": limits.account} if limits.account else {}),
        **({"conflicts": limits.conflicts.name} if limits.conflicts else {}),
    )
    ends = [person for person in meant.people if person not in starts]
    answer = PathAnswer(question=question, revision=context.revision.id, coverage=context.coverage, paths=())
    if not ends:
        return answer.model_copy(update={"nothing": _nobody_to_reach(meant.nobody, bool(meant.people))})
    policy = policy_of(context, avoided, targets=meant.people, account=limits.account, asked=asked)
    search = PathSearch(
        context.index,
        chosen,
        [context.index.position(each) for each in starts],
        [context.index.position(each) for each in ends],
        limits,
        policy,
        search_until(began, asked.timeout),
    )
    best, complete = search.best()
    refused, proven = search.refusals(best)
    round_it, searched = search.alternatives(best)
    parts = PathParts(context, Evidence(context, asked, chosen))
    paths, told = parts.in_time([different_first(best), round_it])
    update: dict[str, object] = {
        "paths": paths[0],
        "alternatives": paths[1],
        "complete": complete and searched and proven and told,
    }
    if not best:
        help_needed = missing_acquaintances(context, chosen, policy, search.sources, search.targets)
        beyond, nearest = search.beyond()
        shown, _all = parts.in_time([[beyond] if beyond else []], least=0)
        update |= {
            "nothing": _why_nothing(context, chosen, starts, ends, meant.nobody, limits, complete),
            "beyond": next(iter(shown[0]), None),
            "nearest": tuple(parts.nearest(each) for each in nearest),
            "would_help": as_answers(context, help_needed),
        }
    update["shared_introducers"] = tuple(parts.person(each) for each in shared_introducers(best))
    conflicts = PathConflicts(context, asked, limits.conflicts)
    marks = conflicts.marks(context.index.person(each) for path in best for each in path.people[1:-1])
    if marks:
        clear = replace(search, policy=policy_of(
            context, avoided, conflicts.barred(), targets=meant.people, account=limits.account, asked=asked))
        without, all_found = clear.best()
        shown, _all = parts.in_time([different_first(without)[:_WITHOUT_CONFLICTS]], least=0)
        update |= {"conflicts": marks, "without_conflicts": shown[0], "complete": bool(update["complete"]) and all_found}
    update["unknown_conflicts"] = conflicts.listed.unknown
    update["refused"] = tuple(
        Refusal(people=tuple(parts.person(each) for each in path.people), strength=path.strength, because=because)
        for path, because in refused
    )
    return answer.model_copy(update=update)


def best_path(context: Context, asked: Asked, sources: Sequence[str], targets: Sequence[str], limits: PathLimits) -> PathAnswer:
    """Answer with the best introduction alone, without what stands behind it; parameters as those of :func:`find_paths`."""
    began = time.monotonic()
    context = context.within(asked.timeout)
    starts = starts_of(context, asked, sources)
    meant = find_targets(context, asked, targets)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    bodies = [each.id for each in avoided if each.kind != "person"]
    chosen = context.filter(asked, current_only=limits.current_only, avoid_organisations=bodies)
    ends = [context.index.position(person) for person in meant.people if person not in starts]
    policy = policy_of(context, avoided, targets=meant.people, account=limits.account, asked=asked)
    search = PathSearch(
        context.index, chosen, [context.index.position(each) for each in starts], ends, replace(limits, k=1), policy,
        search_until(began, asked.timeout),
    )  # fmt: skip
    found = search.best()[0] if ends else []
    parts = PathParts(context, Evidence(context, asked, chosen))
    paths = tuple(
        IntroductionPath(strength=each.strength, words=strength_words(each.strength), identity=1.0, ties=(),
                         people=tuple(parts.refs([context.index.person(one) for one in each.people])))
        for each in found
    )  # fmt: skip
    return PathAnswer(question=asked.question("path"), revision=context.revision.id, coverage=context.coverage, paths=paths)


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

    def in_time(
        self, lists: Sequence[Sequence[TiePath]], least: int = 1
    ) -> tuple[list[tuple[IntroductionPath, ...]], bool]:
        """Return each list of paths as far as what stands behind them can be read in time, and whether that is all.

        :param lists: paths of the index.
        :param least: so many must be read, or the question isn't answered at all.
        :raises DeadlineExceeded: if not even these are read in time.
        """
        done: list[list[IntroductionPath]] = [[] for _ in lists]
        try:
            self.read([path for each in lists for path in each])
            for place, paths in enumerate(lists):
                for path in paths:
                    done[place].append(self.path(path))
        except DeadlineExceeded:
            if sum(map(len, done)) < min(least, sum(map(len, lists))):
                raise
            return [tuple(each) for each in done], False
        return [tuple(each) for each in done], True

    def read(self, paths: Sequence[TiePath]) -> None:
        """Read what stands behind paths, all of them together."""
        index = self._context.index
        people = [[index.person(each) for each in path.people] for path in paths]
        self.refs(list(dict.fromkeys(each for chain in people for each in chain)))
        self._evidence.read(people)

    def nearest(self, near: Nearest) -> NearestPerson:
        """Return somebody within the limits who is on the way to a target beyond them."""
        return NearestPerson(
            person=self.person(near.person),
            target=self.person(near.after.people[-1]),
            ties=len(near.before.people) - 1,
            strength=near.before.strength,
            ties_to_target=len(near.after.people) - 1,
            strength_to_target=near.after.strength,
        )

    def refs(self, ids: Sequence[str]) -> list[PersonRef]:
        """Return people by id, in the order given."""
        missing = [each for each in ids if each not in self._known]
        for identifier, row in self._context.people(missing).items():
            self._known[identifier] = PersonRef(id=identifier, name=row["name"], city=row["city"])
        return [self._known[each] for each in ids]

    def tie(self, one: str, other: str) -> PathTie:
        """Return the tie of two people with its reasons and sources."""
        return self._evidence.tie(one, other)

    def path(self, path: TiePath) -> IntroductionPath:
        """Return a path of the index with its reasons, sources and identities."""
        refs = [self.person(each) for each in path.people]
        ties = [self._evidence.tie(one.id, other.id) for one, other in pairwise(refs)]
        inner = [
            self._evidence.identity(ref.id, before, after) for ref, before, after in zip(refs[1:], ties, ties[1:], strict=False)
        ]
        identities = [1.0, *(chance for chance, pairs in inner), 1.0]
        identity = float(np.prod(identities))
        return IntroductionPath(
            strength=path.strength,
            words=strength_words(path.strength),
            identity=identity,
            possible=identity < self._context.settings.identity.path_threshold,
            people=tuple(ref.model_copy(update={"identity": each}) for ref, each in zip(refs, identities, strict=True)),
            decided=tuple(
                each
                for ref, pairs in zip(refs[1:], [*(pairs for _chance, pairs in inner), self._at_end(refs[-1], ties)], strict=True)
                for each in self._decided(ref, pairs)
            ),
            ties=tuple(ties),
        )

    def _at_end(self, target: PersonRef, ties: Sequence[PathTie]) -> tuple[tuple[str, str], ...]:
        """Return what people decided of the target; of whoever has no judged record nothing is read."""
        return self._evidence.decided(target.id, ties[-1]) if ties and target.id in self._judged else ()

    @cached_property
    def _standing(self) -> Decided:
        return decide(self._context.judgements(IDENTITY))

    @cached_property
    def _judged(self) -> frozenset[str]:
        """The entities of which records were judged to be one."""
        return frozenset(self._context.entities_of(record for pair in self._standing.together for record in pair).values())

    def _decided(self, person: PersonRef, pairs: Sequence[tuple[str, str]]) -> Iterator[Because]:
        """Yield the judgements by which somebody is one person."""
        for made in {each.id: each for pair in pairs if (each := self._standing.made(*pair)) is not None}.values():
            told = {"by": made.by, "day": made.at[:10], "judgement": made.id}
            text = _("{name} is one person because {by} decided so on {day} ({judgement})").format(name=person.name, **told)
            yield Because(code="decided", parameters={"person": person.id, **told}, text=text)


def policy_of(
    context: Context,
    avoided: Iterable[Found],
    others: Iterable[Barred] = (),
    *,
    targets: Iterable[str] = (),
    account: str | None = None,
    vetoes: Vetoes | None = None,
    asked: Asked | None = None,
) -> IntroducerPolicy:
    """Return who may not be an introducer: nominees, whom a question avoids, whom a veto keeps out, and whoever is barred besides.

    :param targets: ids of the people to be reached; the vetoes of their accounts hold.
    :param account: the account that the question is for, instead of those of the targets.
    :param vetoes: as read before, for a question about many targets.
    :param asked: the question; its day decides which quarter's requests rest an introducer.
    """
    index = context.index
    people = [index.position(each.id) for each in avoided if each.kind == "person"]
    vetoed = (vetoes or Vetoes(context)).barred(targets, account)
    outcomes = Outcomes(context, asked or Asked())
    resting = outcomes.barred(outcomes.resting(context.settings.introducer.most_asks))
    return IntroducerPolicy(
        index,
        context.settings.introducer.most_bodies,
        [avoided_people(people), vetoed, resting, *others],
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
    complete: bool,
) -> Because:
    """Tell "no path" from "no data", and both from "no time"."""
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
    if complete:
        text = _("no chain of at most {ties} ties is as strong as {strength}")
    else:
        text = _("no chain of at most {ties} ties and a strength of {strength} was found in the time allowed")
    text = text.format(ties=limits.max_ties, strength=limits.min_strength)
    return Because(
        code="no_path" if complete else "no_time",
        parameters={
            "max_ties": limits.max_ties,
            "min_strength": limits.min_strength,
            "without_people": [each.parameters for each in nobody],
        },
        text=text,
    )
