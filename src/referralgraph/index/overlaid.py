"""Ties as they are after judgements that are newer than the build: people and organisations joined into one, or taken apart."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.errors import NotFound
from referralgraph.index.anew import Change
from referralgraph.index.reasons import COLLEAGUE, CONTACT, Filter, Ready, Reasons, combine
from referralgraph.index.revision import RevisionIndex
from referralgraph.index.rows import Rows
from referralgraph.index.told import IndexReason, told_reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT = 4
_ORIGINS = {CONTACT: "contact", COLLEAGUE: "colleague"}
Pair = tuple[int, int]


class OverlaidIndex(RevisionIndex):
    """The index of a revision with some people and organisations joined or taken apart; everything else is as it was.

    A person who was joined has the reasons of all that he was made of. Where that isn't the whole truth (two of his records in one
    body, organisations that are one now) the ties were derived anew from the records, as the next build derives them, and count
    instead of the revision's. People are numbered by id, those included who are nobody any more.

    :param base: the index of the revision.
    :param change: what the judgements changed.
    """

    def __init__(self, base: RevisionIndex, change: Change) -> None:
        super().__init__(base.folder)
        self._base, self._change = base, change
        self._overlaid: OrderedDict[Filter, Rows] = OrderedDict()
        self._overlaid_lock = threading.Lock()
        ids = base.person_ids
        keys = np.array(sorted(each.encode() for each in change.people), "S22")
        at = np.searchsorted(ids, keys)
        new = np.array([at == len(ids) or ids[at] != key for at, key in zip(at.tolist(), keys.tolist(), strict=True)], np.bool_)
        self._inserted = at[new]
        self._new = {key.decode(): int(place) + count for count, (key, place) in enumerate(
            zip(keys[new].tolist(), at[new].tolist(), strict=True))}  # fmt: skip
        self._new_ids = {place: each for each, place in self._new.items()}
        self._members: dict[int, list[int]] = {}
        self._today: dict[int, list[int]] = defaultdict(list)
        for person, members in change.people.items():
            number = self._number_of(person)
            self._members[number] = [base.position(each) for each in members]
            for member in self._members[number]:
                self._today[member].append(number)

    @cached_property
    def person_ids(self) -> NDArray[np.bytes_]:
        """Ids of all people, sorted, those included who are nobody any more."""
        if not self._new:
            return self._base.person_ids
        return np.insert(self._base.person_ids, self._inserted, np.array([each.encode() for each in self._new], "S22"))

    @cached_property
    def person_bodies(self) -> NDArray[np.int32]:
        """In how many bodies each person is or was."""
        told = np.insert(np.asarray(self._base.person_bodies), self._inserted, 0)
        for person, bodies in self._change.person_bodies.items():
            told[self._number_of(person)] = bodies
        return told

    @property
    def count(self) -> int:
        """How many numbers of people there are."""
        return self._base.count + len(self._new)

    def position(self, person: str) -> int:
        """Return the number of a person.

        :raises NotFound: if the revision has no such person, or he is another one now.
        """
        number = self._number_of(person)
        if person not in self._change.people and self._of_build(number) in self._today:
            raise NotFound(f"{person} is another one now, by a judgement newer than the build")
        return number

    def person(self, position: int) -> str:
        """Return the id of the person of a number."""
        return self._new_ids.get(position) or self._base.person(self._of_build(position))

    def organisation_position(self, organisation: str) -> int:
        """Return the number of an organisation; those that only judgements made come after the revision's.

        :raises NotFound: if there is no such organisation.
        """
        if organisation in self._made:
            return len(self.organisation_ids) + self._made.index(organisation)
        return self._base.organisation_position(organisation)

    def organisation(self, position: int) -> str:
        """Return the id of the organisation of a number."""
        beyond = position - len(self.organisation_ids)
        return self._made[beyond] if beyond >= 0 else self._base.organisation(position)

    @cached_property
    def _made(self) -> list[str]:
        known = {each.decode() for each in self.organisation_ids[np.isin(
            self.organisation_ids, np.array([one.encode() for one in self._change.organisations], "S22"))].tolist()}  # fmt: skip
        return sorted(self._change.organisations.keys() - known)

    def _number_of(self, person: str) -> int:
        return self._new[person] if person in self._new else self._number(self._base.position(person))

    def _number(self, built: int) -> int:
        return built + int(np.searchsorted(self._inserted, built, "right"))

    def _of_build(self, number: int) -> int:
        return number - sum(place < number for place in self._new_ids) if self._new_ids else number

    def tie(self, one: int, other: int, chosen: Filter) -> tuple[float, list[IndexReason]]:
        """Return strength and reasons of the tie of two people under a filter, the strongest reason first."""
        pair = (min(one, other), max(one, other))
        if pair not in self._pairs:
            if any(each in self._new_ids or self._of_build(each) in self._today for each in pair):
                return 0.0, []
            strength, found = self._base.tie(self._of_build(one), self._of_build(other), self._of_base(replace(chosen, changes=())))
            return (self._strength_now(one, other, chosen) if chosen.changes else strength), found
        strength = self._strength_now(one, other, chosen)
        if strength <= 0:
            return 0.0, []
        told = []
        for reasons, row, worth, whose in self._reasons_of_pair(pair, chosen):
            if worth > 0:
                organisation = self._base.organisation if whose is None else lambda at, ids=whose: str(ids[at])
                told.append(told_reason(
                    reasons, row, worth, self._local(chosen) if whose is not None else self._of_base(chosen), owners=self.owners,
                    organisation=organisation))  # fmt: skip
        return strength, sorted(told, key=lambda each: (-each.strength, each.kind, each.organisation or "", each.owner or ""))

    def _strength_now(self, one: int, other: int, chosen: Filter) -> float:
        rows, _ = self._under(chosen)
        row = slice(int(rows.indptr[one]), int(rows.indptr[one + 1]))
        found = np.flatnonzero(rows.neighbour[row] == other)
        return float(rows.strength[row][found[0]]) if len(found) else 0.0

    def _of_base(self, chosen: Filter) -> Filter:
        """Return a filter as the revision's own index takes it."""
        size = len(self.organisation_ids)
        kept = tuple(each for each in chosen.avoid_organisations if each < size)
        return chosen if kept == chosen.avoid_organisations and not chosen.changes else replace(
            chosen, avoid_organisations=kept, changes=())  # fmt: skip

    def _local(self, chosen: Filter) -> Filter:
        assert self._change.anew is not None  # noqa: S101  asked only for reasons that were derived anew
        return self._change.anew.filter(chosen, [self.organisation(each) for each in chosen.avoid_organisations])

    @cached_property
    def _numbers_of_bodies(self) -> NDArray[np.int64]:
        """Numbers of the bodies of the revision whose reasons count no more."""
        places = [self._base.organisation_position(each) for each in self._change.bodies]
        return self._base.reasons.bodies.numbers(places) if places else np.zeros(0, np.int64)

    @cached_property
    def _contacts(self) -> frozenset[int]:
        return frozenset(self._number_of(each) for each in self._change.contacts)

    @cached_property
    def _pairs(self) -> dict[Pair, tuple[tuple[int, ...], int | None]]:
        """The ties that changed: for two people the places of the revision's ties, and the tie derived anew."""
        rows, places = self._base._built, {}
        found: dict[Pair, dict[int, int]] = defaultdict(dict)

        def add(one: int, place: int, other: int) -> None:
            tie = int(self._base._tie[place])
            for here in self._now(one):
                for there in self._now(other):
                    if here != there:
                        found[min(here, there), max(here, there)].setdefault(tie, place)

        for member in self._today:
            for place in range(int(rows.indptr[member]), int(rows.indptr[member + 1])):
                add(member, place, int(rows.neighbour[place]))
        if len(self._numbers_of_bodies):
            table = self._base.reasons.table
            reasons = np.flatnonzero(np.isin(table.body, self._numbers_of_bodies))
            touched = np.zeros(len(table.tie_start), np.bool_)
            touched[np.searchsorted(table.tie_start, reasons, "right") - 1] = True
            for place in np.flatnonzero(touched[self._base._tie]).tolist():
                person = int(np.searchsorted(rows.indptr, place, "right")) - 1
                if person < rows.neighbour[place]:
                    add(person, place, int(rows.neighbour[place]))
        anew = self._change.anew
        if anew is not None:
            numbers = [self._number_of(each) for each in anew.people]
            for tie, (left, right) in enumerate(zip(anew.left.tolist(), anew.right.tolist(), strict=True)):
                pair = (min(numbers[left], numbers[right]), max(numbers[left], numbers[right]))
                if self._is_anew(pair, tie):
                    places[pair] = tie
        return {pair: (tuple(found.get(pair, {}).values()), places.get(pair)) for pair in sorted({*found, *places})}

    def _is_anew(self, pair: Pair, tie: int) -> bool:
        """Return whether a tie that was derived anew says anything that counts."""
        anew = self._change.anew
        if anew is None or self._contacts & set(pair):
            return anew is not None
        table = anew.reasons.table
        return bool(np.any(table.body[int(table.tie_start[tie]) : int(table.tie_start[tie + 1])] >= 0))

    def _now(self, built: int) -> list[int]:
        return self._today[built] if built in self._today else [self._number(built)]

    def _reasons_of_pair(self, pair: Pair, chosen: Filter) -> Iterator[tuple[Reasons, int, float, tuple[str, ...] | None]]:
        """Yield reasons of a tie that changed: where they stand, their number, their strength, and ids of bodies if derived anew."""
        places, tie = self._pairs[pair]
        of_base, anew = self._base.reasons, self._change.anew
        contacts = bool(self._contacts & set(pair))
        for place in places:
            yield from self._kept(of_base, int(self._base._tie[place]), self._ready(chosen), contacts)
        if anew is not None and tie is not None:
            table = anew.reasons.table
            of_tie = slice(int(table.tie_start[tie]), int(table.tie_start[tie + 1]))
            strengths = anew.reasons.strengths_of(of_tie, anew.reasons.ready(self._local(chosen)))
            for row, strength in zip(range(of_tie.start, of_tie.stop), strengths.tolist(), strict=True):
                if contacts or table.body[row] >= 0:
                    yield anew.reasons, row, strength, anew.organisations

    def _kept(self, reasons: Reasons, tie: int, ready: Ready, contacts: bool) -> Iterator[tuple[Reasons, int, float, None]]:
        table = reasons.table
        of_tie = slice(int(table.tie_start[tie]), int(table.tie_start[tie + 1]))
        strengths = reasons.strengths_of(of_tie, ready).tolist()
        gone = np.isin(table.body[of_tie], self._numbers_of_bodies).tolist()
        for row, strength, left_out in zip(range(of_tie.start, of_tie.stop), strengths, gone, strict=True):
            if not left_out and not (contacts and table.body[row] < 0):
                yield reasons, row, strength, None

    def _ready(self, chosen: Filter) -> Ready:
        return self._base._under(self._of_base(chosen))[1]

    def _strength(self, pair: Pair, rows: Rows, chosen: Filter) -> float:
        places, tie = self._pairs[pair]
        if tie is None and len(places) == 1 and self._is_whole(places[0], bool(self._contacts & set(pair))):
            return float(rows.strength[places[0]])
        told = [
            (self._rank(reasons, row, whose), worth) for reasons, row, worth, whose in self._reasons_of_pair(pair, chosen)
        ]
        # in the order of the build, so that the same numbers come out to the last bit
        strengths = np.array([worth for _, worth in sorted(told)], np.float64)
        return float(combine(strengths, np.array([0, len(strengths)]))[0]) if len(strengths) else 0.0

    def _is_whole(self, place: int, contacts: bool) -> bool:
        """Return whether a tie of the revision has all its reasons still."""
        table, tie = self._base.reasons.table, int(self._base._tie[place])
        of_tie = slice(int(table.tie_start[tie]), int(table.tie_start[tie + 1]))
        body = table.body[of_tie]
        return not (contacts and bool(np.any(body < 0))) and not bool(np.any(np.isin(body, self._numbers_of_bodies)))

    def _rank(self, reasons: Reasons, row: int, whose: tuple[str, ...] | None) -> tuple[str, str, str]:
        table, body = reasons.table, int(reasons.table.body[row])
        at = int(reasons.bodies.organisation[body]) if body >= 0 else -1
        organisation = "" if body < 0 else whose[at] if whose is not None else self._base.organisation(at)
        owner = int(table.owner[row])
        return "shared" if body >= 0 else _ORIGINS[int(table.kind[row])], organisation, self.owners[owner] if owner >= 0 else ""

    def _under(self, chosen: Filter, until: float | None = None) -> tuple[Rows, Ready]:
        with self._overlaid_lock:
            known = self._overlaid.get(chosen)
        rows, ready = self._base._under(self._of_base(chosen), until)
        if known is None:
            known = self._overlay(rows, chosen)
            if chosen.changes:
                known = known.with_changes(chosen.changes, known.strength.copy(), known.ceiling.copy())
            with self._overlaid_lock:
                self._overlaid[chosen] = known
                while len(self._overlaid) > _KEPT:
                    self._overlaid.popitem(last=False)
        return known, ready

    def _overlay(self, rows: Rows, chosen: Filter) -> Rows:
        """Write the rows of everybody whose ties changed anew, and copy all between them."""
        now: dict[int, list[tuple[float, int]]] = {self._number(each): [] for each in self._today}
        now |= {each: [] for each in self._members}
        partners: dict[int, set[int]] = defaultdict(set)
        for pair in self._pairs:
            strength = self._strength(pair, rows, chosen)
            for one, other in (pair, pair[::-1]):
                now.setdefault(one, [])
                partners[one].add(other)
                if strength > 0:
                    now[one].append((-strength, other))
        gone = {self._number(each) for each in self._today}
        number = self._shifted(rows.neighbour)
        counts = np.insert(np.diff(rows.indptr), self._inserted, 0)
        neighbours, strengths, ceiling, before = [], [], [], 0
        for person in sorted(now):
            begin, end = self._span(rows, person)
            if person not in self._members and person not in gone:
                kept = (
                    (-strength, other)
                    for strength, other in zip(rows.strength[begin:end].tolist(), number[begin:end].tolist(), strict=True)
                    if other not in partners[person] and other not in gone and strength > 0
                )
                now[person] += kept
            told = sorted(now[person])
            counts[person] = len(told)
            worth = np.array([-each for each, _ in told], np.float64)
            neighbours += [number[before:begin], np.array([other for _, other in told], np.int32)]
            strengths += [rows.strength[before:begin], worth]
            ceiling += [rows.ceiling[before:begin], worth]
            before = end
        same = rows.ceiling is rows.strength
        worths = np.concatenate([*strengths, rows.strength[before:]])
        return Rows(
            np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            np.concatenate([*neighbours, number[before:]]),
            worths,
            worths if same else np.concatenate([*ceiling, rows.ceiling[before:]]),
        )

    def _shifted(self, neighbour: NDArray[np.int32]) -> NDArray[np.int32]:
        if not self._new:
            return neighbour
        built = np.arange(self._base.count)
        numbers = (built + np.searchsorted(self._inserted, built, "right")).astype(np.int32)
        return numbers[neighbour]

    def _span(self, rows: Rows, number: int) -> tuple[int, int]:
        """Return where the row of somebody begins and ends in the revision's; of one who wasn't there it is empty."""
        if number in self._new_ids:
            at = int(rows.indptr[number - sum(place < number for place in self._new_ids)])
            return at, at
        built = self._of_build(number)
        return int(rows.indptr[built]), int(rows.indptr[built + 1])
