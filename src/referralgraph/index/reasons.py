"""Reasons of ties as arrays: which of them a question lets pass, and what strength remains."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.errors import DeadlineExceeded
from referralgraph.index.bodies import BodySizes
from referralgraph.index.interactions import DAYS_A_YEAR, Interactions
from referralgraph.index.rows import mapped
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("shared_mandate", "shared_shareholding", "contact", "colleague")
SHARED_MANDATE, SHARED_SHAREHOLDING, CONTACT, COLLEAGUE = range(len(KINDS))
NO_DAY = -(2**31)
NEVER = 2**31 - 1
FOREVER = NEVER - 1  # a day after all others: as of it, everything that is known has begun
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Filter:
    """Which reasons a question lets pass; two equal filters give equal strengths, so it can be a cache key.

    ``as_of`` changes what is known: ties are as if they had been derived from the records as they stood at that day.
    A mandate, shareholding or contact begun after it doesn't exist; one that ended later is open; the members of a
    body, and so its mean size, count up to that day; a body that became too large later gives ties. A contact without a date
    has always been. ``owner`` decides which contacts exist: those shared with the team, and the viewer's own.
    The others choose among the reasons that are known then; each passes as a whole or not at all, and the size of a
    body is the number of people who were in it, whichever reasons a question lets pass (docs/method/ties.md says why).

    :param as_of: day number, from which ages are measured too. None: all that is known, ages from the day of the data.
    :param current_only: only reasons of which neither side is known to have left; under ``as_of``, by that day.
    :param kinds: kinds of reasons that count; None for all.
    :param avoid_organisations: positions of bodies that don't count, sorted.
    :param owner: position of the viewer among the owners, -1 for nobody.
    :param changes: what people decided about single ties: both positions, the lower first, a factor, and the strength of
        a reason that is added by noisy-or; a tie that the filter takes away stays away.
    """

    as_of: int | None = None
    current_only: bool = False
    kinds: tuple[str, ...] | None = None
    avoid_organisations: tuple[int, ...] = ()
    owner: int = -1
    changes: tuple[tuple[int, int, float, float], ...] = ()


@dataclass(frozen=True)
class State:
    """Reasons as they stand at a day for a viewer, one entry a reason.

    :param kind: position in ``KINDS``.
    :param end: last day by then on which both were there, or were last seen there.
    :param is_open: neither is known to have left by then.
    :param base: strength before age counts; 0 for a reason that doesn't exist.
    """

    kind: NDArray[np.uint8]
    end: NDArray[np.int32]
    is_open: NDArray[np.bool_]
    base: NDArray[np.float64]


@dataclass(frozen=True)
class ReasonTable:
    """One row a reason, grouped by tie, and one row for each of its stretches; memory-mapped arrays are never written.

    A stretch is an uninterrupted time together in a body, or one entry of an address book. Who leaves and comes back
    gives one reason two stretches.

    :param tie_start: where each tie's reasons begin, one more than ties.
    :param stretch_start: where each reason's stretches begin, one more than reasons.
    :param body: number of the body in ``bodies``, -1 for none.
    :param owner: position of the contact's owner, -1 for none.
    :param kind: of each reason by all that is known, as are ``end``, ``is_open`` and ``base``; see :class:`State`.
    :param start: first day of a stretch, days since 1970-01-01, ``NO_DAY`` if it has always been.
    :param start_known: false if the start is assumed from the usual tenure.
    :param last: last day of a stretch on which both were there, or were last seen there.
    :param left: day on which the first of the two left, ``NEVER`` if neither is known to have.
    :param mandate: first day on which it was more than a common shareholding, ``NEVER`` for none.
    :param days_before: person-days of the body before the stretch.
    :param person_days: person-days of the body during the stretch.
    :param given: of a contact, position in ``given_strength``; greater is what counts of several entries.
    :param private: of a contact, only its owner may see it.
    :param given_strength: strengths that contacts and colleagues have; owners' own words come after all guesses.
    :param first_word: one number: the position from which these are owners' own words, which nothing lifts.
    :param data_day: one number: the day to which the data is known.
    """

    tie_start: NDArray[np.int64]
    stretch_start: NDArray[np.int64]
    body: NDArray[np.int32]
    owner: NDArray[np.int32]
    kind: NDArray[np.uint8]
    end: NDArray[np.int32]
    is_open: NDArray[np.bool_]
    base: NDArray[np.float64]
    start: NDArray[np.int32]
    start_known: NDArray[np.bool_]
    last: NDArray[np.int32]
    left: NDArray[np.int32]
    mandate: NDArray[np.int32]
    days_before: NDArray[np.int32]
    person_days: NDArray[np.int32]
    given: NDArray[np.uint16]
    private: NDArray[np.bool_]
    given_strength: NDArray[np.float64]
    first_word: NDArray[np.int32]
    data_day: NDArray[np.int32]

    @classmethod
    def open(cls, folder: Path) -> ReasonTable:
        """Map the arrays of a folder into memory."""
        return cls(*(mapped(folder / f"reason_{field.name}.npy") for field in fields(cls)))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        for field in fields(self):
            np.save(folder / f"reason_{field.name}.npy", getattr(self, field.name))


@dataclass(frozen=True)
class Ready:
    """A filter with what it needs of all bodies together.

    :param avoided: numbers of the bodies that don't count.
    :param kinds: positions in ``KINDS``, None for all.
    :param until: person-days of each body until the day asked for, None for all that is known.
    """

    chosen: Filter
    avoided: NDArray[np.int64]
    kinds: list[int] | None
    until: NDArray[np.int64] | None


class Reasons:
    """Reasons with the bodies they come from and the constants of the formula.

    :param table: the reasons.
    :param bodies: how the size of each body changed.
    :param interactions: meetings, calls and mails, which lift contacts.
    :param settings: constants of the formula.
    """

    def __init__(self, table: ReasonTable, bodies: BodySizes, interactions: Interactions, settings: TieSettings) -> None:
        self.table = table
        self.bodies = bodies
        self.interactions = interactions
        self.settings = settings

    def strengths(self, chosen: Filter, until: float | None = None) -> NDArray[np.float64]:
        """Return the strength of each reason under a filter, 0 for one that doesn't pass.

        base x 2 ^ -(years since either left / half life). An open reason has no age, except under ``as_of``: then it
        was last seen at its end, and nobody knows of later. Colleagues don't age, and of contacts only what was lifted by
        meetings, calls and mails does.

        :param until: moment on the monotonic clock after which it is given up; None for as long as it takes.
        :raises DeadlineExceeded: if that moment passes first.
        """
        strengths = np.zeros(len(self.table.body), np.float64)
        ready = self.ready(chosen)
        for rows in self._chunks():
            if until is not None and time.monotonic() > until:
                raise DeadlineExceeded(
                    "the ties under this filter weren't worked out in the time allowed; allow more with --timeout"
                )
            strengths[rows] = self.strengths_of(rows, ready)
        return strengths

    def ready(self, chosen: Filter) -> Ready:
        """Return what a filter needs of all bodies together, for `strengths_of`."""
        return Ready(
            chosen,
            self.bodies.numbers(chosen.avoid_organisations),
            None if chosen.kinds is None else [KINDS.index(kind) for kind in chosen.kinds],
            None if chosen.as_of is None else self.bodies.person_days(chosen.as_of + 1),
        )

    def strengths_of(self, rows: slice, ready: Ready) -> NDArray[np.float64]:
        """Return the strengths of some consecutive reasons; see `strengths`."""
        chosen = ready.chosen
        state = (
            self._known(rows, chosen.owner)
            if ready.until is None
            else self._derived(rows, int(chosen.as_of or 0), chosen.owner, ready.until)
        )
        passes = state.base > 0
        if chosen.current_only:
            passes &= state.is_open
        if ready.kinds is not None:
            passes &= np.isin(state.kind, ready.kinds)
        if len(ready.avoided):
            passes &= ~np.isin(self.table.body[rows], ready.avoided)
        return self._aged(state, passes, chosen.as_of)

    def derive(self, day: int, owner: int = -1) -> State:
        """Derive every reason from its stretches as they stood at a day for a viewer (-1: nobody).

        :param day: day number; ``FOREVER`` for all that is known.
        """
        until = self.bodies.person_days(day + 1)
        parts = [self._derived(rows, day, owner, until) for rows in self._chunks()]
        return State(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(State)))

    def _chunks(self) -> Iterator[slice]:
        """Yield slices of reasons small enough to stay in a processor's cache from one step to the next."""
        for start in range(0, max(1, len(self.table.body)), _CHUNK):
            yield slice(start, min(start + _CHUNK, len(self.table.body)))

    def _aged(self, state: State, passes: NDArray[np.bool_], as_of: int | None) -> NDArray[np.float64]:
        today = int(self.table.data_day[0]) if as_of is None else as_of
        aged = passes & (state.end < today) & (state.kind < CONTACT)
        if as_of is None:
            aged &= ~state.is_open
        strength: NDArray[np.float64] = np.where(passes, state.base, 0.0)
        old = np.flatnonzero(aged)
        years = (today - state.end[old]) / DAYS_A_YEAR
        # a reason that has faded below every other number is still a reason
        faded = strength[old] * np.exp2(-years / self.settings.half_life_years)
        strength[old] = np.maximum(faded, np.finfo(np.float64).tiny)
        return strength

    def _known(self, rows: slice, owner: int) -> State:
        """Return reasons by all that is known."""
        table = self.table
        base, is_open = table.base[rows], table.is_open[rows]
        if owner >= 0 and len(mine := np.flatnonzero(table.owner[rows] == owner)):
            base, is_open = base.copy(), is_open.copy()
            given = np.zeros(len(base), np.int64)
            given[mine] = [self._given(rows.start + place, owner) for place in mine.tolist()]
            base[mine] = self._contacts(given, rows.start, owner, None)[mine]
            is_open[mine] = True  # nobody leaves an address book
        return State(table.kind[rows], table.end[rows], is_open, base)

    def _derived(self, rows: slice, day: int, owner: int, until: NDArray[np.int64]) -> State:
        """Derive reasons from their stretches as they stood at a day, with the person-days of each body until then."""
        table = self.table
        starts = table.stretch_start[rows.start : rows.stop + 1]
        if len(starts) < 2:
            return State(np.zeros(0, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.bool_), np.zeros(0))
        times = slice(int(starts[0]), int(starts[-1]))
        counts = np.diff(starts)
        single = len(counts) == times.stop - times.start

        def spread(values: NDArray[np.int32]) -> NDArray[np.int32]:
            return values if single else np.repeat(values, counts)

        def gather(function: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
            gathered: NDArray[Any] = values if single else function.reduceat(values, starts[:-1] - starts[0])
            return gathered

        body, start, last = spread(table.body[rows]), table.start[times], table.last[times]
        begun = start <= day
        if owner < 0:
            begun &= ~table.private[times]
        else:
            begun &= ~table.private[times] | (spread(table.owner[rows]) == owner)
        begun &= self._too_large_from[body] > day
        cut = np.minimum(last, day)
        person_days = table.person_days[times] * begun
        if len(crossing := np.flatnonzero((last > day) & begun & (body >= 0))):
            person_days[crossing] = until[body[crossing]] - table.days_before[times][crossing]
        # a day count of contacts that have always been means nothing and is looked at by nobody
        days = (cut.astype(np.int64) + 1 - start) * begun
        end = gather(np.maximum, np.where(begun, cut, NO_DAY).astype(np.int32))
        is_open = gather(np.logical_or, begun & (table.left[times] >= day))
        mandate = gather(np.logical_or, begun & (table.mandate[times] <= day))
        given = gather(np.maximum, np.where(begun, table.given[times], 0))
        days, person_days = gather(np.add, days), gather(np.add, person_days)
        shared = table.body[rows] >= 0
        kind = np.where(shared, np.where(mandate, SHARED_MANDATE, SHARED_SHAREHOLDING), table.kind[rows]).astype(np.uint8)
        base = np.where(shared, 0.0, self._contacts(given, rows.start, owner, None if day >= FOREVER else day))
        is_open = is_open | ~shared  # nobody leaves an address book
        known = np.flatnonzero(shared & (days > 0))
        base[known] = self._shared(person_days[known] / days[known])
        return State(kind, end, is_open, base)

    def mean_members(self, body: int, stretches: Sequence[int], day: int) -> float:
        """Return the mean number of people in a body over some stretches up to a day."""
        table, bodies = self.table, self.bodies
        total, days = 0, 0
        for each in stretches:
            start, last = int(table.start[each]), int(table.last[each])
            total += (
                int(table.person_days[each])
                if last <= day
                else bodies.person_days_of(body, day + 1) - int(table.days_before[each])
            )
            days += min(last, day) + 1 - start
        return total / days

    @cached_property
    def _too_large_from(self) -> NDArray[np.int32]:
        """The first day on which each body was too large, and at the end one for "no body"."""
        return np.append(self.bodies.too_large_from, np.int32(NEVER))

    def _shared(self, mean_members: NDArray[np.float64]) -> NDArray[np.float64]:
        others, exponent = np.maximum(mean_members - 1.0, 1.0), self.settings.size_exponent
        damping: NDArray[np.float64] = np.sqrt(others) if exponent == 0.5 else others**exponent
        return self.settings.base_shared_mandate / damping

    def _contacts(self, given: NDArray[np.int64], first: int, owner: int, day: int | None) -> NDArray[np.float64]:
        """Return the strength of contacts from the entries that count: the owner's own word, or a guess that is lifted."""
        start = self.table.given_strength[given]
        lifted = self.interactions.lifted(start, first, owner, day, self.settings)
        return start if lifted is start else np.where(given >= int(self.table.first_word[0]), start, lifted)

    def _given(self, reason: int, owner: int) -> int:
        table = self.table
        rows = slice(int(table.stretch_start[reason]), int(table.stretch_start[reason + 1]))
        seen = ~table.private[rows] | (int(table.owner[reason]) == owner)
        return int(table.given[rows][seen].max(initial=0))


def combine(strength: NDArray[np.float64], tie_start: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the strength of each tie: noisy-or of its reasons, 1 - product(1 - strength).

    :param strength: of each reason, grouped by tie.
    :param tie_start: where each tie's reasons begin, one more than ties.
    """
    if len(tie_start) <= 1:
        return np.zeros(0, np.float64)
    starts = tie_start[:-1]
    if len(strength) == len(starts):
        return strength
    missed = np.multiply.reduceat(1.0 - strength, starts)
    # a single reason keeps its strength to the last bit, and rounding never loses a faint one
    combined: NDArray[np.float64] = np.where(
        np.diff(tie_start) == 1, strength[starts], np.maximum(1.0 - missed, np.maximum.reduceat(strength, starts))
    )
    return combined
