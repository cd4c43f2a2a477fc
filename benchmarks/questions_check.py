"""Boards, multipliers, dependence and breadth, a hundred answers of each, against what the raw rows say by themselves.

    python benchmarks/questions_check.py SEATS.csv       a list of seats with first and last day, as boards_check takes it
    python benchmarks/questions_check.py REGISTER.jsonl.bz2 --workspace WORKSPACE      built from that register dump alone

Read again here, without the library, are the rows: who held a seat in which body from when to when. Two people are tied if they were
in a body together by dates that the rows state; they may be tied where a row states no beginning; else they aren't. An answer must
lie between what is sure and what may be; where the two are equal, it must be exactly that. Which rows are one person is taken from
the graph: identity has benchmarks of its own.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from boards_check import add_columns, built

import referralgraph
from referralgraph.questions.graph import ReferralGraph

_DECIDING = {"Geschäftsführer", "Vorstand", "Inhaber", "Persönlich haftender Gesellschafter", ""}
Key = tuple[int, str]
_LARGEST = 30  # people of a body that surely gives ties


@dataclass(frozen=True)
class Seat:
    """What rows say of one person in one body."""

    person: str
    name: str
    since: str | None
    until: str | None
    decides: bool

    def sits(self, day: str) -> bool:
        """Return whether somebody isn't known to have left by a day; who comes later doesn't sit."""
        return not (self.since and self.since > day) and (self.until is None or self.until >= day)


class Raw:
    """The rows as a graph of their own.

    :param bodies: seats by id of the body.
    :param day: what had begun by this day counts.
    """

    def __init__(self, bodies: dict[str, list[Seat]], day: str) -> None:
        self.day = day
        self.bodies = {body: [each for each in seats if not (each.since and each.since > day)] for body, seats in bodies.items()}
        self.sure: dict[str, set[str]] = defaultdict(set)
        self.perhaps: dict[str, set[str]] = defaultdict(set)
        self.seats_of: dict[str, set[str]] = defaultdict(set)
        for body, seats in self.bodies.items():
            people = {each.person for each in seats}
            for one in seats:
                if one.sits(day):
                    self.seats_of[one.person].add(body)
                for other in seats:
                    if one.person != other.person:
                        self._tie(one, other, len(people))

    def _tie(self, one: Seat, other: Seat, people: int) -> None:
        apart = (one.until and other.since and one.until < other.since) or (other.until and one.since and other.until < one.since)
        if apart:
            return
        self.perhaps[one.person].add(other.person)
        # of equal names it is taken for one person who moved, which gives no tie
        differ = one.name.split()[-1] != other.name.split()[-1] or one.name.split()[0] != other.name.split()[0]
        if one.since and other.since and people <= _LARGEST and differ:
            self.sure[one.person].add(other.person)

    def board(self, body: str) -> set[str]:
        """Return who sits in a body."""
        return {each.person for each in self.bodies[body] if each.sits(self.day)}

    def within(self, ties: dict[str, set[str]], starts: Iterable[str], steps: int, without: str = "") -> set[str]:
        """Return whom chains of so many ties reach; somebody may be an end of them only."""
        reached = edge = set(starts) - {without}
        for _ in range(steps):
            edge = {other for each in edge - {without} for other in ties.get(each, ())} - reached
            reached = reached | edge
        return reached


class Tally:
    """Counts answers that are exactly right, right within what rows leave open, and wrong."""

    def __init__(self) -> None:
        self.exact: dict[str, int] = defaultdict(int)
        self.within: dict[str, int] = defaultdict(int)
        self.wrong: dict[str, list[str]] = defaultdict(list)

    def sets(self, name: str, told: set[str], sure: set[str], perhaps: set[str], what: str) -> None:
        """Count one answer that is a set."""
        if not sure <= told <= perhaps:
            self.wrong[name].append(f"{what}: missing {sorted(sure - told)[:3]}, unfounded {sorted(told - perhaps)[:3]}")
        elif sure == perhaps:
            self.exact[name] += 1
        else:
            self.within[name] += 1

    def count(self, name: str, told: int, sure: int, perhaps: int, what: str) -> None:
        """Count one answer that is a number."""
        if not sure <= told <= perhaps:
            self.wrong[name].append(f"{what}: {told}, by the rows {sure} to {perhaps}")
        elif sure == perhaps:
            self.exact[name] += 1
        else:
            self.within[name] += 1

    def tell(self) -> int:
        """Print a line for each kind of check; return how many are wrong."""
        for name in sorted({*self.exact, *self.within, *self.wrong}):
            print(f"{name:<44}{self.exact[name]:>6} equal{self.within[name]:>6} as far as rows tell{len(self.wrong[name]):>6} wrong")
            for each in self.wrong[name][:3]:
                print(f"    {each}")
        return sum(len(each) for each in self.wrong.values())


def main() -> None:
    """Read the rows, ask, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_columns(parser)
    parser.add_argument("--workspace", type=Path, help="built from a register dump; a list of seats is built here")
    parser.add_argument("--answers", type=int, default=100, help="of each question")
    parser.add_argument("--on", help="day asked for; by default that of the data, for a list of seats a year before")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = referralgraph.open(told.workspace) if told.workspace else built(told, Path(folder))
        data_day = str(graph.context.coverage.data_date)
        day = told.on or (data_day if told.workspace else f"{int(told.day[:4]) - 1}-06-30")
        rows = register_rows(told.file) if told.workspace else list_rows(told)
        raw = Raw(by_entity(graph, rows), day)
        print(f"{len(raw.bodies)} bodies, {len(raw.seats_of)} people sitting, as of {day}")
        tally = Tally()
        ask(graph, raw, tally, None if told.workspace and not told.on else date.fromisoformat(day), told.answers)
    sys.exit(bool(tally.tell()))


def list_rows(told: argparse.Namespace) -> dict[Key, tuple[str | None, str | None, bool]]:
    """Return the rows of a list of seats by line and name."""
    with told.file.open(encoding="utf-8-sig", newline="") as stream:
        rows = enumerate(csv.DictReader(stream), 2)
        return {(line, row[told.person_name]): (row[told.since] or None, row[told.until] or None, True) for line, row in rows}


def register_rows(file: Path) -> dict[Key, tuple[str | None, str | None, bool]]:
    """Return the officers of a register dump by line and name: one row says a beginning, or an end."""
    found = {}
    with bz2.open(file, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            begins: dict[str, list[str]] = defaultdict(list)
            ends: dict[str, list[str]] = defaultdict(list)
            deciding: dict[str, bool] = {}
            company = json.loads(line)
            gone = company.get("current_status") == "removed"  # then nobody sits there, from the last day that its rows tell
            for each in company.get("officers") or []:
                name = each["name"]
                deciding[name] = deciding.get(name, False) or each.get("position") in _DECIDING
                begins[name] += [each["start_date"]] if each.get("start_date") else []
                ends[name] += [each["end_date"]] if each.get("end_date") else []
            latest = max((day for days in (*begins.values(), *ends.values()) for day in days), default="") if gone else None
            for name, decides in deciding.items():
                again = bool(begins[name]) and bool(ends[name]) and max(begins[name]) >= max(ends[name])
                since = min(begins[name]) if begins[name] and (not ends[name] or min(begins[name]) < min(ends[name])) else None
                found[number, name] = since, latest if again or not ends[name] else max(ends[name]), decides
    return found


def by_entity(graph: ReferralGraph, rows: dict[Key, tuple[str | None, str | None, bool]]) -> dict[str, list[Seat]]:
    """Return the seats of each body, with the people that the graph takes the rows for."""
    index, bodies = graph.context.index, defaultdict(list)
    ids = [index.organisation(each) for each in range(len(index.organisation_ids))]
    for row in graph.context.store.read("read/mandates_in_organisation", [{"id": each} for each in ids]):
        said = rows.get((int(row["line"]), row["name_as_written"]))
        if said is not None:
            bodies[row["organisation"]].append(Seat(row["person"], row["name_as_written"].casefold(), *said))
    return {body: sorted(set(seats), key=str) for body, seats in bodies.items()}


def ask(graph: ReferralGraph, raw: Raw, tally: Tally, as_of: date | None, answers: int) -> None:
    """Ask every question so often, about bodies drawn by a fixed seed."""
    dice = random.Random(3)
    plain = sorted(body for body in raw.bodies if raw.board(body) and all(each.decides for each in raw.bodies[body]))
    linked = [body for body in plain if any(len(raw.seats_of[person]) > 1 for person in raw.board(body))] or plain
    for body in dice.sample(plain, min(answers, len(plain))):
        (found,) = graph.breadth([body], as_of=as_of).entries
        inside = raw.board(body)
        tally.count("breadth: people", found.people, len(inside), len(inside), body)
        sure, perhaps = ({other for each in inside for other in ties.get(each, ())} - inside for ties in (raw.sure, raw.perhaps))
        tally.count("breadth: people tied to them", found.tied_people, len(sure), len(perhaps), body)
        low, high = ({seat for each in people for seat in raw.seats_of[each]} - {body} for people in (sure, perhaps))
        tally.count("breadth: companies reached", found.companies_reached, len(low), len(high), body)
    for ours in dice.sample(linked, min(answers, len(linked))):
        near = sorted({seat for each in raw.board(ours) for seat in raw.seats_of[each]} & set(plain) - {ours}) or [dice.choice(plain)]
        target = dice.choice(near)
        (answer,) = graph.boards([ours], [target], as_of=as_of, k=200).targets
        direct = {f"{each.ours} {each.theirs}" for each in answer.cells if each.kind == "direct"}
        both = raw.board(ours) & raw.board(target)
        pairs = [(one, other) for one in raw.board(ours) for other in raw.board(target) - both]
        low, high = ({f"{one} {other}" for one, other in pairs if other in ties[one]} for ties in (raw.sure, raw.perhaps))
        tally.sets("boards: pairs tied directly", direct, low, high, f"{ours} {target}")
        same = {each.ours for each in answer.cells if each.kind == "same_person"}
        tally.sets("boards: people in both", same, both, both, f"{ours} {target}")
    for ours in dice.sample(linked, min(answers, len(linked))):
        sources = sorted(raw.board(ours))
        beyond = raw.within(raw.perhaps, sources, 3)
        near = sorted(body for body in plain if body != ours and raw.board(body) & beyond and not raw.board(body) & set(sources))
        targets = dice.sample(near, min(20, len(near))) + dice.sample(plain, 5)
        targets = [each for each in dict.fromkeys(targets) if not raw.board(each) & set(sources)]
        _multipliers(graph, raw, tally, as_of, sources, targets)
        _dependence(graph, raw, tally, as_of, sources, targets)


def _multipliers(graph: ReferralGraph, raw: Raw, tally: Tally, as_of: date | None, sources: list[str], targets: list[str]) -> None:
    answer = graph.multipliers(targets, sources=sources, known_well=0.0, min_strength=0.0, as_of=as_of)
    wanted = {person for body in targets for person in raw.board(body)}
    opens: list[dict[str, set[str]]] = []
    for ties in (raw.sure, raw.perhaps):
        known = {other for each in sources for other in ties.get(each, ())} - wanted - set(sources)
        opened = {each: {body for body in targets if ties.get(each, set()) & raw.board(body)} for each in known}
        opens.append({each: bodies for each, bodies in opened.items() if bodies})
    low, high = opens
    tally.count("multipliers: people who open something", answer.candidates, len(low), len(high), str(targets[:1]))
    for each in answer.multipliers:
        person = each.person.id
        tally.count("multipliers: companies of each", each.companies, len(low.get(person, ())), len(high.get(person, ())), person)
        told = {one.organisation.id for one in each.opens}
        tally.sets("multipliers: which companies", told, low.get(person, set()), high.get(person, set()), person)


def _dependence(graph: ReferralGraph, raw: Raw, tally: Tally, as_of: date | None, sources: list[str], targets: list[str]) -> None:
    answer = graph.dependence(targets, sources=sources, max_ties=3, min_strength=0.0, as_of=as_of)

    def missed(ties: dict[str, set[str]], without: str = "") -> set[str]:
        reached = raw.within(ties, sources, 3, without)
        return {body for body in targets if not raw.board(body) & reached}

    told = {each.id for each in answer.unreached}
    tally.sets("dependence: targets out of reach", told, missed(raw.perhaps), missed(raw.sure), str(targets[:1]))
    for each in answer.people[:5]:
        lost = {one.target.id for one in each.lost} | told
        low, high = (missed(ties, each.person.id) for ties in (raw.perhaps, raw.sure))
        tally.sets("dependence: lost without one person", lost, low, high, each.person.id)


if __name__ == "__main__":
    main()
