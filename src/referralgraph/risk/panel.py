"""Companies as they were known on past days, and what came after: what a model is fitted to and measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from referralgraph.risk.days import NEVER
from referralgraph.risk.neighbourhood import CLEAN, OLD, Neighbourhood
from referralgraph.risk.table import RiskTable
from referralgraph.score.risk import AGE_BANDS, FORMS, EvidenceRules, form_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP_DAYS = 183
_MOST_DAYS = 16
FORM_WORDS = (*FORMS, "other")


@dataclass(frozen=True)
class Panel:
    """One row for each company at risk on each day.

    :ivar day: which of ``days``; ``happened``: an event came after that day, within the horizon.
    :ivar age: band of the age; ``form`` and ``state`` are numbers of ``FORM_WORDS`` and of the table's states.
    :ivar once: chance of at least one vote; ``twice`` of at least two.
    :ivar linked: somebody who counts has another company; ``breadth``: how many, as log2(1 + number).
    :ivar vote: the neighbours' vote alone: recent failures, fading over the window.
    """

    days: tuple[int, ...]
    around: tuple[Neighbourhood, ...]
    company: NDArray[np.int32]
    day: NDArray[np.int8]
    happened: NDArray[np.bool_]
    age: NDArray[np.int8]
    form: NDArray[np.int8]
    state: NDArray[np.int8]
    once: NDArray[np.float32]
    twice: NDArray[np.float32]
    old: NDArray[np.bool_]
    clean: NDArray[np.bool_]
    hub: NDArray[np.bool_]
    breadth: NDArray[np.float32]
    vote: NDArray[np.float32]

    def only(self, kept: NDArray[np.bool_]) -> Panel:
        """Return some of the rows; the days stay as they are."""
        columns = {each.name: getattr(self, each.name)[kept] for each in fields(self) if each.name not in {"days", "around"}}
        return replace(self, **columns)

    @property
    def linked(self) -> NDArray[np.bool_]:
        """Whether somebody who counts has another company."""
        return self.breadth > 0


def as_of_days(table: RiskTable, rules: EvidenceRules, last_day: int | None = None) -> tuple[int, ...]:
    """Return days half a year apart from which the whole horizon ahead is known, and half the window before at least.

    :param last_day: day to which outcomes are known; the last day of the data by default.
    """
    dated = np.asarray(table.seat_known)[np.asarray(table.seat_known) < NEVER]
    if not len(dated):
        return ()
    begin = int(np.quantile(dated, 0.02)) + rules.window_days // 2
    days = list(range((table.day if last_day is None else last_day) - rules.horizon_days, begin, -_STEP_DAYS))[:_MOST_DAYS]
    return tuple(reversed(days))


def _looked_at(table: RiskTable) -> int | None:
    """Return the day on which, or after which, half of all companies were last looked at; None if nobody looked.

    Of the few that are fetched later many are fetched because something has just happened.
    """
    seen = np.asarray(table.company_seen)[(np.asarray(table.company_known) < NEVER) & (np.asarray(table.company_seen) > -NEVER)]
    return int(np.quantile(seen, 0.5, method="lower")) if len(seen) else None


def panel_of(
    table: RiskTable,
    days: Sequence[int],
    rules: EvidenceRules,
    outcome: NDArray[np.int32] | None = None,
    only: NDArray[np.bool_] | None = None,
) -> Panel:
    """Return companies at risk on each day, with what was known by then and what came after.

    A company is at risk if a dated row shows it by the day, it had no event and no outcome yet, and its source looked at it again
    after half of the horizon at least: whom nobody looked at since is no company to which nothing happened. Its status, its
    liquidators and its name play no part. Of an outcome given the horizon is taken as known: that is for the caller to see to.

    :param outcome: day of what is to be foreseen, for each organisation; its first event by default.
    :param only: companies that are meant; all by default.
    """
    watched = outcome is None
    outcome = table.first_event if outcome is None else outcome
    usable = ~np.asarray(table.company_excluded) if only is None else ~np.asarray(table.company_excluded) & only
    form = np.array([FORM_WORDS.index(form_word(each)) for each in table.forms] or [0], np.int8)
    parts: list[tuple[NDArray[np.generic], ...]] = []
    arounds = []
    for number, day in enumerate(days):
        around = Neighbourhood(table, day, rules)
        arounds.append(around)
        at_risk = usable & (np.asarray(table.company_known) <= day) & (table.first_event > day) & (outcome > day)
        if watched:
            at_risk &= np.asarray(table.company_seen) >= day + rules.horizon_days // 2
        risk = np.flatnonzero(at_risk)
        votes = around.votes
        breadth = np.log2(1 + around.linked_companies())
        parts.append(
            (
                risk.astype(np.int32),
                np.full(len(risk), number, np.int8),
                outcome[risk] <= day + rules.horizon_days,
                age_codes(table, risk, day),
                form[table.company_form[risk]],
                table.company_state[risk].astype(np.int8),
                votes.once[risk].astype(np.float32),
                votes.twice[risk].astype(np.float32),
                around.any_link(OLD)[risk],
                around.any_link(CLEAN)[risk],
                around.any_hub()[risk],
                breadth[risk].astype(np.float32),
                fading_vote(around)[risk].astype(np.float32),
            )
        )
    columns = [np.concatenate(each) for each in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 13
    return Panel(tuple(days), tuple(arounds), *columns)


def age_codes(table: RiskTable, companies: NDArray[np.int64], day: int) -> NDArray[np.int8]:
    """Return the number of the age band of each company on a day, from the first dated row that shows it."""
    years = (day - np.asarray(table.company_known)[companies].astype(np.int64)) / 365.25
    codes: NDArray[np.int8] = np.searchsorted(np.array(AGE_BANDS), years, side="right").astype(np.int8)
    return codes


def fading_vote(around: Neighbourhood) -> NDArray[np.float64]:
    """Return the neighbours' vote for each company: each vote fades with a half-life of half the window."""
    votes = around.votes
    age = around.day - around.event[votes.neighbour].astype(np.float64)
    weight = votes.identity * votes.counts * 0.5 ** (2 * age / around.rules.window_days)
    found: NDArray[np.float64] = np.bincount(votes.company, weight, minlength=around.table.companies).astype(np.float64)
    return found


def components(table: RiskTable, rules: EvidenceRules) -> NDArray[np.int64]:
    """Return the number of the component of each organisation: whoever shares a person with another is in one with it.

    People above the hub limit and liquidators tie nothing together: they give no evidence either, and a liquidator would gather
    in one component companies that have failed.
    """
    person, company = np.asarray(table.seat_person), np.asarray(table.seat_company)
    fine = company >= 0
    new = np.ones(len(person), np.bool_)
    new[1:] = (person[1:] != person[:-1]) | (company[1:] != company[:-1])
    bodies = np.bincount(person[new & fine], minlength=table.people)
    kept = fine & (bodies[person] <= rules.most_companies) & ~np.asarray(table.seat_liquidator)
    size = table.companies + table.people
    graph = coo_array((np.ones(int(kept.sum()), np.int8), (company[kept], table.companies + person[kept])), shape=(size, size))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1][: table.companies].astype(np.int64)
    return labels


@dataclass(frozen=True)
class BaseRate:
    """How often it happens in the data at hand.

    :ivar rate: events a row, within the horizon.
    :ivar rows: companies at risk, counted on each of the days; ``events`` of them had one.
    :ivar failed: companies that had one, each counted once.
    """

    rate: float
    rows: int
    events: int
    failed: int
    days: tuple[int, ...]


def base_rate(table: RiskTable, rules: EvidenceRules) -> BaseRate | None:
    """Return the base rate of the data at hand, None without companies whose horizon is known."""
    looked_at = _looked_at(table)
    days = () if looked_at is None else as_of_days(table, rules, looked_at)
    rows = events = 0
    failed = np.zeros(table.companies, np.bool_)
    for day in days:
        risk = ~np.asarray(table.company_excluded) & (np.asarray(table.company_known) <= day) & (table.first_event > day)
        risk &= np.asarray(table.company_seen) >= day + rules.horizon_days
        rows += int(risk.sum())
        happened = risk & (table.first_event <= day + rules.horizon_days)
        events += int(happened.sum())
        failed |= happened
    return BaseRate(events / rows, rows, events, int(failed.sum()), days) if rows else None
