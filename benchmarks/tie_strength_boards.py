"""Board seats as a study sees them at one month: the ties known then, and who sat together or was appointed later."""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from referralgraph.errors import SourceError, UsageError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Steps = npt.NDArray[np.int8]

BOARD, PERSON, FIRST, LAST = "organisation_number", "person_id", "first_month_seen", "last_month_seen"
PLACE = "postcode_city"
MOST_HOLDERS = 6_000  # every pair of seat-holders is held in memory, 300 MB a scorer at this number


@dataclass(frozen=True)
class Seats:
    """All seats of a file, one row a sighting of a person on a board over months; months count from year 0."""

    person: Ints
    board: Ints
    first: Ints
    last: Ints
    place: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """Shared mandates known at the month, one row for two people on one board; left is below right."""

    left: Ints
    right: Ints
    mean_body_size: Floats
    months_together: Ints
    months_since: Ints
    months_known: Ints


@dataclass(frozen=True)
class Study:
    """What was known at a month, and the two tasks after it; people are positions, seat-holders positions among them.

    ``pair_*`` are rows of the first task, as positions among the seat-holders. An appointment names the seat-holder
    and the board; ``candidates`` and ``members`` of a board are seat-holders who never, or now, sit on it.
    """

    month: int
    people: int
    holders: Ints
    shared: Shared
    steps: Steps
    held_person: Ints
    held_years: Floats
    held_place: tuple[str, ...]
    pair_left: Ints
    pair_right: Ints
    pair_positive: Bools
    appointed: Ints
    appointed_board: Ints
    candidates: dict[int, Ints]
    members: dict[int, Ints]
    board_place: dict[int, str]


def month_of(text: str) -> int:
    """Return the number of a month from ``2004-12`` or ``2004-12-31``.

    :raises ValueError: if it is no date.
    """
    date = datetime.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    return date.year * 12 + date.month - 1


def month_name(month: int) -> str:
    """Return a month as ``2004-12``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def read_seats(file: Path) -> Seats:
    """Read a CSV file of seats.

    :raises SourceError: if it can't be read, a column is missing, or a row has no months in order; with its line.
    """
    rows: list[tuple[str, str, int, int, str]] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            has = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = has
            missing = [name for name in (BOARD, PERSON, FIRST, LAST) if name not in has]
            if missing:
                raise SourceError(
                    f"no column {', '.join(missing)}", file=file,
                    mend=f"The file has {', '.join(has)}" if has else "The file is empty")
            for row in reader:
                line = reader.line_num
                months = [(row[name] or "").strip() for name in (FIRST, LAST)]
                try:
                    first, last = map(month_of, months)
                except ValueError as error:
                    what = f"{FIRST} {months[0]!r} or {LAST} {months[1]!r} is no month"
                    raise SourceError(what, file=file, line=line, mend="Write YYYY-MM or YYYY-MM-DD") from error
                if first > last or not row[PERSON] or not row[BOARD]:
                    what = f"{FIRST} is after {LAST}" if first > last else f"{PERSON} or {BOARD} is empty"
                    raise SourceError(what, file=file, line=line)
                rows.append((row[PERSON].strip(), row[BOARD].strip(), first, last, (row.get(PLACE) or "").strip()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"can't be read: {reason}", file=file) from error
    if not rows:
        raise SourceError("has no seats below its header", file=file)
    people = {name: i for i, name in enumerate(sorted({row[0] for row in rows}))}
    boards = {name: i for i, name in enumerate(sorted({row[1] for row in rows}))}
    return Seats(
        person=np.array([people[row[0]] for row in rows]), board=np.array([boards[row[1]] for row in rows]),
        first=np.array([row[2] for row in rows]), last=np.array([row[3] for row in rows]),
        place=tuple(row[4] for row in rows))


def study_at(seats: Seats, month: int, horizon: int) -> Study:
    """Cut the seats at a month: what was known then, and what the two tasks ask for.

    A seat seen first after the month is unknown; one seen last after it is held. *Pairs* are two seat-holders who never
    sat together and are 2 to 4 ties apart; positive if they sit together within the horizon, on a board known at the
    month. *Appointments* are new seats of seat-holders within the horizon, on a known board that has members.

    :param horizon: months after the month in which the tasks look for new seats.
    :raises UsageError: if the month or the horizon lies outside the data, or neither task has anything to find.
    """
    begin, end = int(seats.first.min()), int(seats.last.max())
    if not begin <= month < end:
        raise UsageError(
            f"--until {month_name(month)} is outside the data: {month_name(begin)} to {month_name(end - 1)} would do")
    known = seats.first <= month
    persons, person = np.unique(seats.person[known], return_inverse=True)
    board, first = seats.board[known], seats.first[known]
    last = np.minimum(seats.last[known], month)
    held = seats.last[known] >= month
    holders = np.unique(person[held])
    if len(holders) > MOST_HOLDERS:
        raise UsageError(f"{len(holders):,} people hold a seat; this benchmark takes {MOST_HOLDERS:,} at most")
    shared = _shared_mandates(person, board, first, last, month)
    steps = _steps(len(persons), holders, shared)
    rank = np.full(len(persons), -1)
    rank[holders] = np.arange(len(holders))

    later = (seats.last > month) & (seats.first <= month + horizon) & np.isin(seats.board, np.unique(board))
    later &= np.isin(seats.person, persons[holders])
    who = rank[np.searchsorted(persons, seats.person[later])]
    where, since = seats.board[later], np.maximum(seats.first[later], month + 1)
    until = np.minimum(seats.last[later], month + horizon)
    together = np.zeros((len(holders), len(holders)), dtype=bool)
    for one in np.unique(where):
        on = np.flatnonzero(where == one)
        meets = np.minimum.outer(until[on], until[on]) >= np.maximum.outer(since[on], since[on])
        i, j = np.nonzero(meets)
        together[who[on[i]], who[on[j]]] = True
    left, right = np.triu_indices(len(holders), 1)
    apart = steps[left, holders[right]]
    asked = (apart >= 2) & (apart <= 4)
    left, right = left[asked], right[asked]

    ever: dict[int, set[int]] = defaultdict(set)
    now: dict[int, set[int]] = defaultdict(set)
    for p, b, holds in zip(rank[person].tolist(), board.tolist(), held.tolist(), strict=True):
        ever[b].add(p)
        if holds:
            now[b].add(p)
    new = seats.first[later] > month
    appointments = sorted(
        {(b, p) for b, p in zip(where[new].tolist(), who[new].tolist(), strict=True) if p not in ever[b] and now[b]})
    study = Study(
        month=month, people=len(persons), holders=holders, shared=shared, steps=steps,
        held_person=rank[person[held]], held_years=(month - first[held]) / 12.0,
        held_place=tuple(np.array(seats.place)[known][held].tolist()),
        pair_left=left, pair_right=right, pair_positive=together[left, right],
        appointed=np.array([p for _, p in appointments], dtype=np.int64),
        appointed_board=np.array([b for b, _ in appointments], dtype=np.int64),
        candidates={b: np.array([p for p in range(len(holders)) if p not in ever[b]]) for b, _ in appointments},
        members={b: np.array(sorted(now[b])) for b, _ in appointments},
        board_place=dict(zip(seats.board.tolist(), seats.place, strict=True)))
    if not appointments and not study.pair_positive.any():
        raise UsageError(
            f"from {month_name(month)} to {month_name(month + horizon)} the file has {study.pair_positive.sum()} new "
            f"pairs and {len(appointments)} appointments: too few to measure; choose another --until or --horizon")
    return study


def _shared_mandates(person: Ints, board: Ints, first: Ints, last: Ints, month: int) -> Shared:
    rows: list[tuple[int, int, float, int, int, int]] = []
    for one in np.unique(board):
        on = np.flatnonzero(board == one)
        start = first[on].min()
        people, who = np.unique(person[on], return_inverse=True)
        there = np.zeros((len(people), month - start + 1), dtype=bool)
        for p, f, u in zip(who, first[on], last[on], strict=True):
            there[p, f - start : u - start + 1] = True
        size = there.sum(axis=0)
        for i in range(len(people)):
            for j in range(i + 1, len(people)):
                both = np.flatnonzero(there[i] & there[j])
                if both.size:
                    rows.append((
                        people[i], people[j], float(size[both].mean()), both.size, month - start - both[-1],
                        month - start - both[0]))
    table = np.array(rows, dtype=np.float64).reshape(-1, 6)
    whole = table.astype(np.int64)
    return Shared(whole[:, 0], whole[:, 1], table[:, 2], whole[:, 3], whole[:, 4], whole[:, 5])


def _steps(people: int, holders: Ints, shared: Shared) -> Steps:
    """Return the number of ties from each seat-holder to everybody known, 99 where there is no way."""
    neighbours: list[list[int]] = [[] for _ in range(people)]
    for i, j in set(zip(shared.left.tolist(), shared.right.tolist(), strict=True)):
        neighbours[i].append(j)
        neighbours[j].append(i)
    steps = np.full((len(holders), people), 99, dtype=np.int8)
    for row, source in enumerate(holders.tolist()):
        steps[row, source] = 0
        near, distance = [source], 0
        reached = {source}
        while near:
            distance += 1
            near = list({other for one in near for other in neighbours[one]} - reached)
            reached.update(near)
            steps[row, near] = min(distance, 98)
    return steps
