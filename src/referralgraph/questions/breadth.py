"""How broadly a company is connected: its people, whom they know, where these sit, and who of them matters in the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from referralgraph.answers.base import EntityRef, PersonRef
from referralgraph.answers.breadth import Breadth, BreadthAnswer, ConnectedPerson, Counted
from referralgraph.errors import UsageError
from referralgraph.index.reasons import Filter
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.path import policy_of
from referralgraph.questions.policy import IntroducerPolicy
from referralgraph.questions.target_list import Target, no_people, read_targets, seats_of
from referralgraph.records.partial_date import first_day
from referralgraph.records.vocabulary import ROLES

_SITS = frozenset(role.name for role in ROLES if role.ties)
_SHOWN, _HUBS = 10, 10
_YEAR = 365.25


def find_breadth(context: Context, asked: Asked, organisations: Sequence[str], *, current_only: bool = False) -> BreadthAnswer:
    """Answer how broadly organisations are connected.

    :param organisations: names, ids, register numbers, or files of them.
    :param current_only: only ties that aren't known to have ended.
    :raises UsageError: without an organisation.
    :raises SourceError: for a file that isn't there or names nobody.
    """
    if not organisations:
        raise UsageError("whose breadth? Name at least one organisation")
    meant = read_targets(context, asked, organisations)
    chosen = context.filter(asked, current_only=current_only)
    policy = policy_of(context, [], asked=asked)
    entries = [_breadth(context, asked, target, chosen, policy) for target in meant]
    shown = [one.person.id for each in entries for one in each.most_influential][:1]
    method = context.people(shown)[shown[0]].get("influence_method") if shown else None
    return BreadthAnswer(
        question=asked.question("breadth", organisations=list(organisations), current_only=current_only), revision=context.revision.id,
        coverage=context.coverage, entries=tuple(entries), influence_method=method)  # fmt: skip


def _breadth(context: Context, asked: Asked, target: Target, chosen: Filter, policy: IntroducerPolicy) -> Breadth:
    if target.entity is None or (target.nothing is not None and target.nothing.code == "duplicate"):
        nobody = target.entity or EntityRef(id="", name=target.text)
        return Breadth(organisation=nobody, asked=target.text, people=0, nothing=target.nothing)
    own = target.entity.id
    seats = _seats(context, asked, own)
    members = list(dict.fromkeys(row["person"] for row in seats))
    if not members:
        return Breadth(organisation=target.entity, asked=target.text, people=0, nothing=target.nothing or no_people(target.entity))
    index = context.index
    positions = [index.position(each) for each in members]
    best: dict[int, float] = {}
    kinds: dict[str, set[int]] = {}
    inside = set(positions)
    for position in positions:
        for other, strength in index.neighbours(position, chosen):
            if other in inside:
                continue
            best[other] = max(strength, best.get(other, 0.0))
            for reason in index.tie(position, other, chosen)[1]:
                kinds.setdefault(reason.kind, set()).add(other)
    tied = {index.person(each): strength for each, strength in best.items()}
    reached = {row["organisation"]: row for person in sorted(tied) for row in seats_of(context, asked, person)
               if asked.is_current(row) and row["organisation"] != own}  # fmt: skip
    facts = context.organisations(sorted(reached))
    codes = [str(row["industry_code"]) for row in facts.values() if row["industry_code"]]
    people = context.people([*members, *sorted(tied)])
    elsewhere = {row["organisation"]: row["organisation_kind"] for person in members for row in seats_of(context, asked, person)
                 if asked.is_current(row) and row["organisation"] != own}  # fmt: skip
    day = _today(context, asked)
    by_kind = sorted(kinds.items(), key=lambda each: (-len(each[1]), each[0]))
    connected = [_connected(people[each], strength, policy, index.position(each)) for each, strength in tied.items()]
    connected.sort(key=lambda each: (each.little is not None, -(each.influence or 0.0), each.person.id))
    return Breadth(
        organisation=target.entity, asked=target.text, people=len(members),
        by_role=_counted({(row["person"], row["role"]): row["role"] for row in seats}.values()),
        bodies=_counted(elsewhere.values()), tied_people=len(tied),
        by_kind=tuple(Counted(name=kind, count=len(of)) for kind, of in by_kind),
        companies_reached=len(reached), reached_by_kind=_counted(row["organisation_kind"] for row in reached.values()),
        tenure_years=_years(day, (row["since"] for row in seats)),
        age_years=_years(day, (people[each]["birth_date"] for each in members)),
        regions=_counted(row["organisation_city"] for row in reached.values() if row["organisation_city"])[:_SHOWN],
        industries=_counted(codes)[:_SHOWN], industry_known=len(codes),
        most_influential=tuple(connected[:_HUBS]), hubs=sum(each.little is not None for each in connected))  # fmt: skip


def _seats(context: Context, asked: Asked, organisation: str) -> list[Row]:
    rows = context.store.read("read/mandates_in_organisation", [{"id": organisation}])
    return [row for row in rows if row["role"] in _SITS and may_see(row, asked.viewer) and asked.has_begun(row["since"])
            and asked.is_current(row)]  # fmt: skip


def _connected(row: Row, strength: float, policy: IntroducerPolicy, position: int) -> ConnectedPerson:
    return ConnectedPerson(
        person=PersonRef(id=row["id"], name=row["name"], city=row["city"]), influence=row["influence_score"],
        betweenness=row["betweenness"], bodies=row["bodies"], strength=strength, little=policy.because(position))  # fmt: skip


def _counted(words: Iterable[str]) -> tuple[Counted, ...]:
    found = Counter(words)
    return tuple(Counted(name=word, count=found[word]) for word in sorted(found, key=lambda each: (-found[each], each)))


def _today(context: Context, asked: Asked) -> date | None:
    known = context.revision.coverage.get("data_date")
    return asked.as_of or (date.fromisoformat(str(known)) if known else None)


def _years(day: date | None, begins: Iterable[str | None]) -> float | None:
    if day is None:
        return None
    years = [(day - first_day(each)).days / _YEAR for each in begins if each]
    return round(median(years), 1) if years else None
