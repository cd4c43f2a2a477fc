"""An oracle in plain Python that walks day by day through small, fast worlds: days instead of years.

An assumed tenure of 9 days, a half-life of 20, no ties above 4 people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from referralgraph.index.reasons import KINDS, Filter
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    from conftest import Planted, Ties

Build = Callable[..., "Ties"]
FIRST = date(2020, 1, 1)
DAYS = 40
TENURE, HALF_LIFE, LARGEST = 9, 20, 4
FADES = 10
CONSTANTS = TieSettings(
    assumed_tenure_years=TENURE / 365.25,
    half_life_years=HALF_LIFE / 365.25,
    largest_body=LARGEST,
    interaction_half_life_years=FADES / 365.25,
    meeting=0.4,
    call=0.2,
    mail=0.1,
)
PEOPLE, BODIES, OWNERS = "abcdefg", ("x", "y", "z"), ("Me", "You")


@dataclass(frozen=True)
class Row:
    """A mandate or shareholding, days counted from FIRST; `until` None is open and last seen on `seen`."""

    who: str
    body: str
    share: bool
    since: int | None
    until: int | None
    seen: int

    @property
    def end(self) -> int:
        return self.seen if self.until is None else self.until

    @property
    def start(self) -> int:
        return self.end - TENURE if self.since is None else min(self.since, self.end)


@dataclass(frozen=True)
class Entry:
    """An entry of an address book."""

    owner: str
    who: str
    kind: str
    since: int | None
    closeness: int | None
    private: bool


@dataclass(frozen=True)
class Talk:
    """A meeting, call or mail."""

    owner: str
    who: str
    kind: str
    day: int
    private: bool


@dataclass(frozen=True)
class World:
    """All records of one example."""

    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    removed: frozenset[str]
    talks: tuple[Talk, ...] = ()

    @property
    def team(self) -> list[str]:
        return sorted({f"me{each.owner}" for each in (*self.entries, *self.talks)})

    @property
    def data_day(self) -> int:
        return max((row.seen for row in self.rows), default=0)


days = st.integers(0, DAYS)
rows = st.builds(
    Row,
    st.sampled_from(PEOPLE),
    st.sampled_from(BODIES),
    st.booleans(),
    st.none() | days,
    st.none() | days,
    st.sampled_from([DAYS, DAYS, 30]),
)
entries = st.builds(
    Entry,
    st.sampled_from(OWNERS),
    st.sampled_from(PEOPLE),
    st.sampled_from(["linkedin", "address_book", "crm"]),
    st.none() | days,
    st.none() | st.integers(0, 3),
    st.booleans(),
)
talks = st.builds(
    Talk,
    st.sampled_from(OWNERS),
    st.sampled_from(PEOPLE[:4]),
    st.sampled_from(["meeting", "call", "mail"]),
    days,
    st.booleans(),
)
worlds = st.builds(
    World,
    st.lists(rows, min_size=8, max_size=26).map(tuple),
    st.lists(entries, max_size=8).map(tuple),
    st.frozensets(st.sampled_from(BODIES), max_size=1),
    st.lists(talks, max_size=12).map(tuple),
)


@dataclass(frozen=True)
class Asked:
    """A filter in the words of the test."""

    as_of: int | None = None
    current_only: bool = False
    kinds: tuple[str, ...] | None = None
    avoid: tuple[str, ...] = ()
    viewer: str | None = None

    def of(self, ties: Ties) -> Filter:
        known = {each.decode() for each in ties.index.organisation_ids}
        avoid = [f"o-{body:0>20}" for body in self.avoid]
        return ties.index.filter(
            as_of=None if self.as_of is None else FIRST + timedelta(days=self.as_of),
            current_only=self.current_only,
            kinds=self.kinds,
            avoid_organisations=[each for each in avoid if each in known],
            viewer=self.viewer,
        )


asked = st.builds(
    Asked,
    st.none() | days | days | st.just(DAYS + 15),
    st.booleans(),
    st.none() | st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(BODIES), max_size=2, unique=True).map(tuple),
    st.sampled_from([None, *OWNERS]),
)


def plant(new_world: type[Planted], world: World) -> Planted:
    made = new_world(removed=set(world.removed))
    for row in world.rows:
        since, until, seen = (None if day is None else (FIRST + timedelta(days=day)) for day in (row.since, row.until, row.seen))
        assert seen is not None
        (made.share if row.share else made.mandate)(
            row.who, row.body, since.isoformat() if since else None, until.isoformat() if until else None, seen=seen
        )
    for entry in world.entries:
        made.contact(
            entry.owner,
            entry.who,
            entry.kind,
            closeness=entry.closeness,
            visibility="private" if entry.private else "team",
            since=None if entry.since is None else (FIRST + timedelta(days=entry.since)).isoformat(),
        )
    for talk in world.talks:
        made.met(
            talk.owner,
            talk.who,
            (FIRST + timedelta(days=talk.day)).isoformat(),
            talk.kind,
            visibility="private" if talk.private else "team",
            stated=FIRST + timedelta(days=DAYS),
        )
    return made


# The oracle


@dataclass
class Run:
    """An uninterrupted time of one person in one body."""

    days: set[int]
    mandate: bool
    stays: bool


def runs_of(rows: list[Row], removed: bool, day: int | None) -> list[Run]:
    """Put the days of somebody's rows together, by looking at each day."""
    spans = [
        (row, set(range(row.start, (row.end if day is None else min(row.end, day)) + 1)))
        for row in rows
        if day is None or row.start <= day
    ]
    there = set().union(*(span for _, span in spans)) if spans else set()
    found: list[Run] = []
    for each in sorted(there):
        if each - 1 not in there:
            found.append(Run(set(), False, False))
        found[-1].days.add(each)
    for run in found:
        inside = [row for row, span in spans if span <= run.days]
        run.mandate = any(not row.share for row in inside)
        run.stays = any(
            (not removed and (row.until is None or row.until > row.seen)) or (day is not None and row.end >= day)
            for row in inside
        )
    return found


ADDS = {"meeting": CONSTANTS.meeting, "call": CONSTANTS.call, "mail": CONSTANTS.mail}


def met_on(world: World, asked: Asked, owner: str, who: str) -> set[tuple[str, int]]:
    """Return the kinds and days of what took place, each day once, as far as the viewer may see it."""
    of_pair = [each for each in world.talks if (each.owner, each.who) == (owner, who)]
    shared = {(each.kind, each.day) for each in of_pair if not each.private}
    mine = {(each.kind, each.day) for each in of_pair if asked.viewer == owner}
    return {each for each in shared | mine if asked.as_of is None or each[1] <= asked.as_of}


def oracle(world: World, asked: Asked) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Return for each pair of people the kind and strength of every reason that passes."""
    reasons: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    today = world.data_day if asked.as_of is None else asked.as_of
    for body in BODIES:
        runs = {
            who: runs_of([row for row in world.rows if (row.who, row.body) == (who, body)], body in world.removed, asked.as_of)
            for who in PEOPLE
        }
        members: dict[int, int] = defaultdict(int)
        for mine in runs.values():
            for run in mine:
                for day in run.days:
                    members[day] += 1
        if body in asked.avoid or max(members.values(), default=0) > LARGEST:
            continue
        for one in PEOPLE:
            for other in PEOPLE:
                met = [(left, right) for left in runs[one] for right in runs[other] if left.days & right.days]
                if one >= other or not met:
                    continue
                together = set().union(*(left.days & right.days for left, right in met))
                stays = any(left.stays and right.stays for left, right in met)
                kind = "shared_mandate" if any(run.mandate for pair in met for run in pair) else "shared_shareholding"
                size = sum(members[day] for day in together) / len(together)
                age = 0 if asked.as_of is None and stays else max(0, today - max(together))
                if (stays or not asked.current_only) and (asked.kinds is None or kind in asked.kinds):
                    reasons[one, other].append((kind, 0.9 / (size - 1) ** 0.5 * 2 ** (-age / HALF_LIFE)))
    base = {"linkedin": 0.3, "address_book": 0.5, "crm": 0.5}
    for owner in OWNERS:
        for who in PEOPLE:
            seen = [
                entry
                for entry in world.entries
                if (entry.owner, entry.who) == (owner, who)
                and (not entry.private or asked.viewer == owner)
                and (asked.as_of is None or entry.since is None or entry.since <= asked.as_of)
            ]
            words = [entry.closeness for entry in seen if entry.closeness is not None]
            start = max((base[entry.kind] for entry in seen), default=0.0)
            stranger = 1 - start
            for kind, day in met_on(world, asked, owner, who):
                age = max(0, (DAYS if asked.as_of is None else asked.as_of) - day)
                stranger *= (1 - ADDS[kind]) ** (0.5 ** (age / FADES))
            strength = CONSTANTS.closeness[max(words)] if words else max(start, min(1 - stranger, CONSTANTS.closeness[3]))
            if strength > 0 and (asked.kinds is None or "contact" in asked.kinds):
                reasons[who, f"me{owner}"].append(("contact", strength))
    team = world.team
    if asked.kinds is None or "colleague" in asked.kinds:
        reasons.update({(one, other): [("colleague", 0.9)] for one in team for other in team if one < other})
    return reasons


def answer(world: World, ties: Ties, asked: Asked) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """Return what the index says, in the form of the oracle; the tie's own strength must be the noisy-or."""
    chosen = asked.of(ties)
    everybody = sorted(
        {row.who for row in world.rows} | {each.who for each in (*world.entries, *world.talks)} | set(world.team)
    )
    found = {}
    for one in everybody:
        for other in everybody:
            if one < other:
                strength, reasons = ties.tie(one, other, chosen)
                assert ties.tie(other, one, chosen)[0] == strength
                assert 0 <= strength <= 1
                missed = 1.0
                for reason in reasons:
                    assert 0 < reason.strength <= 1
                    missed *= 1 - reason.strength
                assert strength == pytest.approx(1 - missed, abs=1e-12)
                if reasons:
                    found[one, other] = [(reason.kind, reason.strength) for reason in reasons]
    return found


def assert_same(
    got: dict[tuple[str, str], list[tuple[str, float]]], expected: dict[tuple[str, str], list[tuple[str, float]]]
) -> None:
    assert got.keys() == expected.keys()
    for pair, reasons in expected.items():
        assert sorted(kind for kind, _ in got[pair]) == sorted(kind for kind, _ in reasons), pair
        assert sorted(value for _, value in got[pair]) == pytest.approx(sorted(value for _, value in reasons), rel=1e-9), pair


def as_they_stood(world: World, asked: Asked) -> World:
    """Return the records that a day and a viewer let pass: what began later is gone, what ended later is open."""
    day = asked.as_of
    rows = world.rows
    if day is not None:
        rows = tuple(
            replace(
                row,
                since=row.start,
                until=None if row.end >= day else row.until,
                seen=day if row.end >= day else min(row.seen, day),
            )
            for row in rows
            if row.start <= day
        )
    entries = tuple(
        entry
        for entry in world.entries
        if (not entry.private or entry.owner == asked.viewer) and (day is None or entry.since is None or entry.since <= day)
    )
    talks = tuple(
        talk
        for talk in world.talks
        if (not talk.private or talk.owner == asked.viewer) and (day is None or talk.day <= day)
    )
    return World(rows, entries, world.removed, talks)
