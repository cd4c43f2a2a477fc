"""Which five to ten people open the most of a target list: multipliers whom one of us knows well."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.multipliers import Multiplier, MultipliersAnswer, NewAcquaintance, NotChosen, OpenedCompany
from referralgraph.errors import UsageError
from referralgraph.language import gettext as _
from referralgraph.questions.conflicts import barred_by_conflict, read_conflicts
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.outcomes import Outcomes
from referralgraph.questions.path import PathLimits, PathParts, check_limits, policy_of, starts_of
from referralgraph.questions.policy import Barred
from referralgraph.questions.profile import ProfileTargets, read_profiles
from referralgraph.questions.reach import Known, Reach, known_to_us, openings_of, reach_of
from referralgraph.questions.seats import SITS
from referralgraph.questions.target_list import Target, read_targets
from referralgraph.score.coverage import Cover, Openings, best_cover

KNOWN_WELL = 0.25  # an address-book entry, or somebody with whom we share a small board; a bare LinkedIn connection is 0.3
_SHARE = 0.05  # beyond the smaller number of a range, whoever adds less than this share isn't worth asking
_NOT_CHOSEN, _WOULD_OPEN = 5, 3


@dataclass(frozen=True)
class MultiplierLimits:
    """What a set of multipliers must be like.

    :param least: so many are taken as long as each adds anything.
    :param most: no more than so many; beyond `least` only who adds at least a twentieth.
    :param known_well: strength of our tie to a multiplier, at least.
    :param min_strength: of our tie times his; fainter is noise.
    :param introducers: 0, or 1 to allow one more introducer between us and a multiplier.
    :param current_only: only reasons that aren't known to have ended.
    :param avoid: people and organisations that may not be counted on.
    :param shown: companies told with evidence for each multiplier.
    """

    least: int = 5
    most: int = 5
    known_well: float = KNOWN_WELL
    min_strength: float = 0.01
    introducers: int = 0
    current_only: bool = False
    avoid: tuple[str, ...] = ()
    shown: int = 20

    def check(self) -> None:
        """Refuse limits out of range.

        :raises UsageError: that names the ranges.
        """
        if not 1 <= self.least <= self.most or not 0 <= self.known_well <= 1 or self.introducers not in (0, 1) or self.shown < 1:
            raise UsageError("--size is 5 or 5..10, --known-well 0 to 1, --introducers 0 or 1, --companies 1 or more")
        check_limits(PathLimits(min_strength=self.min_strength))


def find_multipliers(
    context: Context, asked: Asked, sources: Sequence[str], targets: Sequence[str], limits: MultiplierLimits, *,
    profile: Path | None = None, conflicts: Path | None = None, max_open: int | None = None,
    others: Iterable[Barred] = (),
) -> MultipliersAnswer:
    """Answer which people outside the team open the most target companies, each company counted once.

    Multiplier m reaches decision-maker d with p = (our best tie to m) x (his tie to d), independently of each other; a set of
    multipliers reaches a company with 1 - product of (1 - p) over its decision-makers; `score/coverage.py` finds the set.

    :param sources: who of us may ask; by default the whole team.
    :param targets: companies or people, or files of them.
    :param profile: a file of saved search profiles, instead of targets or besides.
    :param conflicts: a file of competitors and debtors: who sits there isn't asked.
    :param max_open: who has so many of our requests open isn't asked.
    :param others: further grounds why somebody isn't asked.
    :raises UsageError: without targets, or for limits out of range.
    :raises SourceError: for files that can't be read.
    """
    limits.check()
    if not targets and profile is None:
        raise UsageError("whom to reach? Give --targets FILE or --profile FILE")
    began = time.monotonic()
    starts = starts_of(context, asked, sources)
    listed = read_conflicts(context, asked, conflicts)
    avoided = [context.entity(each, viewer=asked.viewer) for each in limits.avoid]
    wanted = read_targets(context, asked, targets)
    described = ProfileTargets((), []) if profile is None else read_profiles(context, asked, profile)
    known_ids = {each.entity.id for each in wanted if each.entity}
    wanted += [each for each in described.targets if each.entity and each.entity.id not in known_ids]
    question = asked.question(
        "multipliers", sources=list(starts), targets=list(targets), profile=profile.name if profile else None, least=limits.least,
        most=limits.most, known_well=limits.known_well, min_strength=limits.min_strength, introducers=limits.introducers,
        current_only=limits.current_only, avoid=[each.id for each in avoided])  # fmt: skip
    reachable = [each for each in wanted if each.people]
    answer = MultipliersAnswer(
        question=question, revision=context.revision.id, coverage=context.coverage, profiles=described.profiles,
        companies=len(reachable), expected=0.0, bound=0.0, proven=True, candidates=0, multipliers=(),
        unanswered=(*described.notes, *listed.unknown, *(each.nothing for each in wanted if each.nothing is not None)))  # fmt: skip
    if not reachable:
        text = _("no source names a person in any of the targets: that is missing data, not a missing connection")
        first = described.notes[0] if described.notes else Because(code="no_people", parameters={}, text=text)
        return answer.model_copy(update={"nothing": first})
    chosen = context.filter(asked, current_only=limits.current_only,
                            avoid_organisations=[each.id for each in avoided if each.kind != "person"])  # fmt: skip
    index = context.index
    outcomes = Outcomes(context, asked)
    grounds = [barred_by_conflict(context, asked, listed), outcomes.barred(outcomes.busy(max_open)), *others]
    policy = policy_of(context, avoided, grounds, targets=[person for each in reachable for person in each.people], asked=asked)
    barred = policy.barred()
    ours = [index.position(each) for each in starts]
    groups = [[index.position(person) for person in each.people] for each in reachable]
    colleagues = [index.position(each) for each in context.team.values()]
    inside = np.zeros(index.count, np.bool_)
    inside[[person for group in groups for person in group]] = True  # a target himself is no multiplier
    inside[[*ours, *colleagues]] = True
    known = known_to_us(index, chosen, ours, barred | inside, limits.introducers)
    reach = reach_of(index, chosen, groups)
    well = np.where(known.strength >= limits.known_well, known.strength, 0.0)
    people, openings = openings_of(reach, np.where(barred | inside, 0.0, well), limits.min_strength)
    cover = best_cover(openings, limits.most, least_share=_SHARE, least=limits.least)
    said = _Said(context, PathParts(context, Evidence(context, asked, chosen)), asked, reachable, reach, known, limits)
    multipliers, missed = said.multipliers(people, openings, cover)
    refused, worth = openings_of(reach, np.where(barred & ~inside, well, 0.0), limits.min_strength)
    strange = np.where((known.strength < limits.known_well) & ~barred & ~inside, context.settings.ties.contact_address_book, 0.0)
    opened = np.zeros(len(reachable), np.bool_)
    opened[openings.company] = True
    update: dict[str, object] = {
        "expected": cover.expected, "bound": cover.bound, "proven": cover.proven, "candidates": len(people),
        "multipliers": multipliers,
        "not_chosen": said.not_chosen(refused, worth, policy.because),
        "would_open": said.would_open(*openings_of(reach, strange, limits.min_strength), missed),
        "unreached": tuple(each.entity for each, yes in zip(reachable, opened, strict=True) if not yes and each.entity),
        "complete": asked.timeout is None or time.monotonic() - began <= asked.timeout,
    }  # fmt: skip
    if not multipliers:
        text = _("nobody outside the team whom one of us knows with at least {known} is tied to a decision-maker of the targets")
        update["nothing"] = Because(code="no_multiplier", parameters={"known_well": limits.known_well},
                                    text=text.format(known=limits.known_well))  # fmt: skip
    return answer.model_copy(update=update)


class _Said:
    """Turns numbers into what a person can check."""

    def __init__(
        self, context: Context, parts: PathParts, asked: Asked, targets: Sequence[Target], reach: Reach, known: Known,
        limits: MultiplierLimits,
    ) -> None:
        self.context, self.parts, self.asked, self.targets = context, parts, asked, targets
        self.reach, self.known, self.limits = reach, known, limits
        self.known_seats: dict[str, list[Row]] = {}

    def multipliers(
        self, people: NDArray[np.int64], openings: Openings, cover: Cover
    ) -> tuple[tuple[Multiplier, ...], NDArray[np.float64]]:
        missed = np.ones(openings.companies)
        alone = openings.gains(missed)
        found = []
        for candidate, adds in zip(cover.chosen, cover.gains, strict=True):
            position = int(people[candidate])
            through, via = int(self.known.through[position]), int(self.known.via[position])
            chain = [each for each in (through, via, position) if each >= 0]
            row = openings.row(candidate)
            gains = missed[openings.company[row]] * (1.0 - openings.miss[row])
            order = np.lexsort((openings.company[row], -np.round(gains, 12)))[: self.limits.shown]
            companies = openings.company[row][order].tolist()
            person = self.context.index.person
            found.append(Multiplier(
                person=self.parts.person(position), through=self.parts.person(through),
                via=self.parts.person(via) if via >= 0 else None,
                ties=tuple(self.parts.tie(person(one), person(other)) for one, other in pairwise(chain)),
                known=float(self.known.strength[position]), expected=float(alone[candidate]), adds=adds,
                companies=row.stop - row.start,
                opens=tuple(self.opened(position, company, float(gains[place]), float(self.known.strength[position]))
                            for company, place in zip(companies, order.tolist(), strict=True)),
            ))  # fmt: skip
            missed = openings.after(candidate, missed)
        return tuple(found), missed

    def seats(self, organisation: str) -> list[Row]:
        """Return the seats in a company now; it is read once."""
        if organisation not in self.known_seats:
            asked = [{"id": organisation}] if organisation.startswith("o-") else []
            rows = self.context.store.read("read/mandates_in_organisation", asked)
            self.known_seats[organisation] = [
                row for row in rows if row["role"] in SITS and may_see(row, self.asked.viewer) and self.asked.is_current(row)
            ]
        return self.known_seats[organisation]

    def opened(self, position: int, company: int, adds: float, known: float) -> OpenedCompany:
        """Return a company with the decision-maker whom somebody knows best there."""
        reach = self.reach
        rows = slice(*np.searchsorted(reach.person, [position, position + 1]))
        places = np.flatnonzero(reach.company[rows] == company) + rows.start
        best = max(places.tolist(), key=lambda each: (reach.tie[each], -reach.decision_maker[each]))
        decision_maker = self.parts.person(int(reach.decision_maker[best]))
        target = self.targets[company]
        organisation = target.entity or EntityRef(id="", name=target.text)
        roles = [row["role"] for row in self.seats(organisation.id) if row["person"] == decision_maker.id]
        return OpenedCompany(
            organisation=organisation, decision_maker=decision_maker, roles=tuple(dict.fromkeys(roles)),
            strength=known * float(reach.tie[best]), adds=adds,
            tie=self.parts.tie(self.context.index.person(position), decision_maker.id))  # fmt: skip

    def not_chosen(
        self, people: NDArray[np.int64], openings: Openings, because: Callable[[int], Because | None]
    ) -> tuple[NotChosen, ...]:
        worth = openings.gains(np.ones(openings.companies))
        order = np.lexsort((people, -np.round(worth, 12)))[:_NOT_CHOSEN]
        found = []
        for each in order.tolist():
            why = because(int(people[each]))
            if why is not None:
                found.append(NotChosen(person=self.parts.person(int(people[each])), expected=float(worth[each]), because=why))
        return tuple(found)

    def would_open(self, people: NDArray[np.int64], openings: Openings, missed: NDArray[np.float64]) -> tuple[NewAcquaintance, ...]:
        gains = openings.gains(missed)
        order = np.lexsort((people, -np.round(gains, 12)))[:_WOULD_OPEN]
        contact = self.context.settings.ties.contact_address_book
        found = []
        for each in order.tolist():
            row = openings.row(each)
            of_company = missed[openings.company[row]] * (1.0 - openings.miss[row])
            best = int(np.lexsort((openings.company[row], -np.round(of_company, 12)))[0])
            position = int(people[each])
            found.append(NewAcquaintance(
                person=self.parts.person(position), adds=float(gains[each]), companies=row.stop - row.start,
                example=self.opened(position, int(openings.company[row][best]), float(of_company[best]), contact)))  # fmt: skip
        return tuple(found)
