"""Judgements about identity that are newer than the build, laid over the store and the index of a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from referralgraph.graph.store import Store
from referralgraph.identity import IDENTITY, decide, sides_of
from referralgraph.index.names import Found, NameIndex
from referralgraph.index.overlaid import JudgedPerson
from referralgraph.index.told import IndexReason
from referralgraph.judgements import Judgement, standing
from referralgraph.records.names import name_key
from referralgraph.risk.regrouped import Regrouped

Row = dict[str, Any]
_DECIDED = "somebody decided so"
_PERSON = ("person", "other", "entity", "other_entity", "id")
_RECORD = ("holder_record", "person_record", "record_id", "record", "id")


@dataclass(frozen=True)
class Link:
    """How one record is recognised by another."""

    to: str
    because: str
    probability: float
    proof: str


@dataclass(frozen=True)
class Judged:
    """People who are others than the build made them.

    :param people: those people, by id.
    :param of_record: id of the person of each of their records.
    :param of_member: ids of those who took the place of each person of the build.
    :param judgements: what decided it.
    :param hangs_on: the record by which each of their records is recognised, with why, the chance and the proof; none for the first.
    """

    people: Mapping[str, JudgedPerson]
    of_record: Mapping[str, str]
    of_member: Mapping[str, tuple[str, ...]]
    judgements: tuple[str, ...]
    hangs_on: Mapping[str, Link]

    @property
    def regrouped(self) -> Regrouped:
        """The same for the links of companies."""
        told = {record: (each.to, each.probability, each.proof) for record, each in self.hangs_on.items()}
        return Regrouped(tuple(self.people), self.of_record, told)


def judged_since(store: Store, rows: Sequence[Mapping[str, Any]], built_with: Iterable[str]) -> Judged | None:
    """Return what judgements about identity changed since a revision was built, None if nothing did.

    :param rows: all judgements of the store.
    :param built_with: ids of those that the revision was built with.
    """
    stand = standing(rows, IDENTITY)
    built = set(built_with)
    pending = [each for each in stand if each.id not in built]
    undone = [each for row in rows if (each := Judgement.from_row(row)).id in built - {one.id for one in stand}]
    if not pending and not undone:
        return None
    decided = decide(stand)
    overruled = [each for each, _ in decided.overruled if each.id in built]
    changed = [*pending, *undone, *overruled]
    named = sorted({record for each in changed for side in sides_of(each) for record in side})
    entities = dict.fromkeys(row["entity"] for row in _read(store, "read/record", named) if row["record_table"] == "person")
    found = _Regrouped(store, list(entities))
    return found.result(
        [(one, other) for one, other in decided.together],
        [(one, other) for one, other, _ in decided.apart],
        tuple(each.id for each in changed),
    )


class _Regrouped:
    """The records of some people, put together anew."""

    def __init__(self, store: Store, entities: Sequence[str]) -> None:
        people = {row["id"]: row for row in _read(store, "read/person", entities)}
        records = sorted({record for person in people.values() for record in person["records"]})
        self._records = {row["id"]: row for row in _read(store, "read/record", records)}
        self._whole = {each: tuple(row["records"]) for each, row in people.items()}

    def result(
        self, together: Sequence[tuple[str, str]], apart: Sequence[tuple[str, str]], judgements: tuple[str, ...]
    ) -> Judged | None:
        groups = {record: {record} for record in self._records}
        against: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            against[one].add(other)
            against[other].add(one)

        links: dict[str, list[Link]] = defaultdict(list)

        def join(one: str, other: str, because: str, probability: float, proof: str) -> None:
            if one not in groups or other not in groups or groups[one] is groups[other]:
                return
            if any(each in groups[other] for record in groups[one] for each in against[record]):
                return
            links[one].append(Link(other, because, probability, proof))
            links[other].append(Link(one, because, probability, proof))
            merged = groups[one] | groups[other]
            for record in merged:
                groups[record] = merged

        for one, other in together:
            join(one, other, _DECIDED, 1.0, f"decided {one} {other}")
        decided = {frozenset(pair) for pair in together}
        recognised = [
            (row["probability"], record, row)
            for record, row in self._records.items()
            if row["link_to"] and (row["because"] != _DECIDED or frozenset((record, row["link_to"])) in decided)
        ]
        for probability, record, row in sorted(recognised, key=lambda each: (-each[0], each[1])):
            join(record, row["link_to"], row["because"], probability, row["proof"])
        return self._judged({id(group): group for group in groups.values()}.values(), links, judgements)

    def _judged(
        self, groups: Iterable[set[str]], links: Mapping[str, Sequence[Link]], judgements: tuple[str, ...]
    ) -> Judged | None:
        people: dict[str, JudgedPerson] = {}
        taken: set[str] = set()
        ordered = sorted(groups, key=lambda group: (-max(f"p-{record[1:]}" in self._whole for record in group), min(group)))
        for group in ordered:
            members: dict[str, set[str]] = defaultdict(set)
            for record in group:
                members[self._records[record]["entity"]].add(record)
            if len(members) == 1 and set(self._whole[next(iter(members))]) == group:
                continue
            former = sorted(f"p-{record[1:]}" for record in group if f"p-{record[1:]}" in self._whole)
            team = sorted(f"p-{record[1:]}" for record in group if self._records[record]["source"] == "team")
            identifier = next((each for each in [*team, *former] if each not in taken), f"p-{min(group)[1:]}")
            taken.add(identifier)
            people[identifier] = JudgedPerson(
                identifier,
                tuple(
                    (member, None if records == set(self._whole[member]) else frozenset(records))
                    for member, records in sorted(members.items())
                ),
            )
        if not people:
            return None
        of_record = {
            record: each.id
            for each in people.values()
            for member, records in each.members
            for record in (records or self._whole[member])
        }
        of_member: dict[str, list[str]] = defaultdict(list)
        for each in people.values():
            for member, _ in each.members:
                of_member[member].append(each.id)
        hangs_on = _tree([f"r{each[2:]}" for each in people], links)
        return Judged(people, of_record, {member: tuple(ids) for member, ids in of_member.items()}, judgements, hangs_on)


def _tree(firsts: Iterable[str], links: Mapping[str, Sequence[Link]]) -> dict[str, Link]:
    """Return for each record the link towards the first of its person."""
    found: dict[str, Link] = {}
    for first in firsts:
        reached = [first]
        for record in reached:
            for link in links.get(record, ()):
                if link.to != first and link.to not in found:
                    found[link.to] = replace(link, to=record)
                    reached.append(link.to)
    return found


class JudgedStore:
    """A store whose answers know judgements that are newer than its revision; see :class:`referralgraph.graph.store.Store`."""

    def __init__(self, store: Store, judged: Judged) -> None:
        self._store = store
        self._judged = judged
        self.uri, self.dialect = store.uri, store.dialect

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Run a reading query for each row of parameters, as if the judgements had been built in."""
        found: list[Row] = []
        for concerned, some in groupby(rows, self._is_asked):
            if concerned:
                found += self._read_each(name, list(some), timeout)
            else:  # many at once, as the store does best
                found += [self._today(each) for each in self._store.read(name, list(some), timeout=timeout)]
        return found

    def _is_asked(self, row: Mapping[str, Any]) -> bool:
        """Return whether a run is about somebody of today."""
        return any(isinstance(value, str) and value in self._judged.people for value in row.values())

    def _read_each(self, name: str, rows: Sequence[Mapping[str, Any]], timeout: float | None) -> list[Row]:
        found: list[Row] = []
        for row in rows:
            asked: list[dict[str, Any]] = [{}]
            for key, value in row.items():
                asked = [{**each, key: option} for each in asked for option in self._asked(value)]
            told = self._store.read(name, asked, timeout=timeout)
            wanted = {str(value) for value in row.values() if value in self._judged.people}
            if name == "read/person":
                found += [self._person(str(row["id"]), told)] if told else []
                continue
            today = [self._today(each) for each in told]
            found += [each for each in today if _concerns(each, wanted)]
        return found

    def _asked(self, value: Any) -> list[Any]:
        person = self._judged.people.get(value) if isinstance(value, str) else None
        return [member for member, _ in person.members] if person else [value]

    def _today(self, row: Row) -> Row:
        """Return a row with the people of today in it."""
        record = next((row[column] for column in _RECORD if row.get(column) in self._judged.of_record), None)
        changed = {}
        for column in _PERSON:
            value = row.get(column)
            if isinstance(value, str) and value in self._judged.of_member:
                options = self._judged.of_member[value]
                changed[column] = (
                    self._judged.of_record[record] if record is not None and self._judged.of_record[record] in options else options[0]
                )
        if row.get("other") in self._judged.of_record and "other_entity" in row:
            changed["other_entity"] = self._judged.of_record[row["other"]]
        return self._linked({**row, **changed}) if "link_to" in row else {**row, **changed}

    def _linked(self, row: Row) -> Row:
        """Hang a record of a judged person on the one by which it is recognised now."""
        if row["id"] not in self._judged.of_record:
            return row
        link = self._judged.hangs_on.get(row["id"])
        if link is None:
            return {**row, "link_to": None, "because": None, "probability": None, "proof": None}
        return {**row, "link_to": link.to, "because": link.because, "probability": link.probability, "proof": link.proof}

    def _person(self, identifier: str, rows: Sequence[Row]) -> Row:
        """Return one row of a person who was joined or taken apart."""
        records = sorted(record for record, person in self._judged.of_record.items() if person == identifier)
        first = next((row for row in rows if set(row["records"]) & {f"r{identifier[2:]}"}), rows[0])
        merged = {**first, "id": identifier, "records": records}
        if all(set(row["records"]) <= set(records) for row in rows):
            names = {name for row in rows for name in [row["name"], *row["other_names"]]} - {first["name"]}
            merged |= {
                "other_names": sorted(names),
                "bodies": sum(row["bodies"] for row in rows),
                "connections": sum(row["connections"] for row in rows),
                "team": any(row["team"] for row in rows),
                "only_for": []
                if any(not row["only_for"] for row in rows)
                else sorted({each for row in rows for each in row["only_for"]}),
            }
            return merged
        # a part of somebody: what he is called is what its records say, and what else was known of the whole is nobody's yet
        told = _read(self._store, "read/record", records)
        head = next((row for row in told if row["id"] == f"r{identifier[2:]}"), told[0])
        shared = set(head["only_for"]).intersection(*(row["only_for"] for row in told))
        return {
            **merged,
            "name": head["name_as_written"],
            "city": head["city"],
            "title": None,
            "birth_name": None,
            "birth_date": None,
            "occupation": None,
            "team": any(row["source"] == "team" for row in told),
            "only_for": sorted(shared),
            "other_names": sorted({row["name_as_written"] for row in told} - {head["name_as_written"]}),
        }


class JudgedNames:
    """The names of a revision, leading to the people of today."""

    def __init__(self, names: NameIndex, judged: Judged, store: JudgedStore) -> None:
        self._names, self._judged, self._store = names, judged, store

    def find(
        self, text: str, *, limit: int = 20, kinds: tuple[str, ...] | None = None, viewer: str | None = None
    ) -> tuple[list[Found], bool]:
        """See :meth:`referralgraph.index.names.NameIndex.find`."""
        found, more = self._names.find(text, limit=limit, kinds=kinds, viewer=viewer)
        return self._today(found)[:limit], more

    def exactly(self, text: str, *, viewer: str | None = None) -> list[Found]:
        """See :meth:`referralgraph.index.names.NameIndex.exactly`."""
        found = self._today(self._names.exactly(text, viewer=viewer))
        # of those who were taken apart, whoever is called so
        called = {name_key(each) for each in (text, text.rpartition(",")[0]) if each}
        named = [each for each in found if each.id not in self._judged.people or called & self._names_of(each.id)]
        return named or found

    def of_ids(self, wanted: Iterable[str], *, viewer: str | None = None) -> dict[str, Found]:
        """See :meth:`referralgraph.index.names.NameIndex.of_ids`; of people of today use the store."""
        found = self._names.of_ids(wanted, viewer=viewer)
        return {each: one for each, one in found.items() if each not in self._judged.of_member}

    def _names_of(self, person: str) -> set[str]:
        row = self._store.read("read/person", [{"id": person}])[0]
        return {name_key(name) for name in [row["name"], *row["other_names"]]}

    def _today(self, found: Sequence[Found]) -> list[Found]:
        told: dict[str, Found] = {}
        for each in found:
            for identifier in self._judged.of_member.get(each.id, (each.id,)):
                if identifier in told:
                    continue
                row = self._store.read("read/person", [{"id": identifier}])[0] if identifier in self._judged.people else None
                told[identifier] = (
                    each
                    if row is None
                    else replace(each, id=identifier, name=row["name"], city=row["city"], connections=row["connections"])
                )
        return list(told.values())


def records_behind(store: Store, team: Mapping[str, str]) -> Any:
    """Return the function that tells which records of a person a reason of the build stands on.

    :param team: id of each of our people by name, as they were built.
    """
    known: dict[tuple[str, str], list[Row]] = {}

    def read(name: str, **parameters: str) -> list[Row]:
        key = (name, "|".join(parameters.values()))
        if key not in known:
            known[key] = store.read(name, [parameters])
        return known[key]

    def stands_on(person: str, other: str, reason: IndexReason) -> frozenset[str]:
        if reason.organisation is not None:
            rows = [*read("read/mandates_of_person", id=person), *read("read/shareholdings_of_person", id=person)]
            return frozenset(row["holder_record"] for row in rows if row["organisation"] == reason.organisation)
        if reason.kind == "contact" and team.get(reason.owner or "") != person:
            rows = read("read/contacts_between", owner=other, id=person)
            return frozenset(row["person_record"] for row in rows if row["owner"] == reason.owner)
        people = _read(store, "read/person", [person])
        records = _read(store, "read/record", people[0]["records"] if people else [])
        return frozenset(row["id"] for row in records if row["source"] == "team")

    return stands_on


def _concerns(row: Row, wanted: set[str]) -> bool:
    people = [row[column] for column in _PERSON if isinstance(row.get(column), str) and str(row[column]).startswith("p-")]
    return not people or any(each in wanted for each in people)


def _read(store: Store, name: str, ids: Iterable[str]) -> list[Row]:
    return store.read(name, [{"id": each} for each in ids])


__all__ = ["Judged", "JudgedNames", "JudgedStore", "judged_since", "records_behind"]
