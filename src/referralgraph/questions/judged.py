"""Judgements about identity that are newer than the build: which people and organisations they make of the build's records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from referralgraph.identity import IDENTITY, decide, sides_of
from referralgraph.judgements import Judgement, standing
from referralgraph.questions.built_rows import BuiltRows

Row = dict[str, Any]
Kind = Literal["person", "organisation"]
DECIDED = "somebody decided so"
PREFIX: dict[Kind, str] = {"person": "p-", "organisation": "o-"}


@dataclass(frozen=True)
class Link:
    """How one record is recognised by another."""

    to: str
    because: str
    probability: float
    proof: str


@dataclass(frozen=True)
class JudgedEntity:
    """A person or organisation as judged.

    :param id: its id, the one that the next build will give.
    :param members: entities of the build, each with those of its records that belong here; None for all of them.
    :param row: its attributes as the next build makes them of its records; what is counted (connections, bodies) is not among them.
    """

    id: str
    members: tuple[tuple[str, frozenset[str] | None], ...]
    row: Row

    @property
    def is_whole(self) -> bool:
        """Whether it is made of entities of the build with all their records: joined, and nothing taken away."""
        return all(records is None for _, records in self.members)


@dataclass(frozen=True)
class Judged:
    """People and organisations that are others than the build made them.

    :param entities: those, by id.
    :param of_record: id of the entity of each of their records.
    :param of_member: ids of those that took the place of each entity of the build.
    :param judgements: what decided it.
    :param hangs_on: the record by which each of their records is recognised, with why, the chance and the proof; none for the first.
    """

    entities: Mapping[str, JudgedEntity]
    of_record: Mapping[str, str]
    of_member: Mapping[str, tuple[str, ...]]
    judgements: tuple[str, ...]
    hangs_on: Mapping[str, Link]

    def of(self, kind: Kind) -> dict[str, JudgedEntity]:
        """Return the people, or the organisations."""
        return {each: entity for each, entity in self.entities.items() if each.startswith(PREFIX[kind])}

    def today(self, entity: str, record: str | None) -> str:
        """Return who stands for an entity of the build, of several the one that a record belongs to."""
        now = self.of_member.get(entity)
        if now is None:
            return entity
        of_record = self.of_record.get(record) if record is not None else None
        return of_record if of_record in now else now[0]


def judged_since(built: BuiltRows, rows: Sequence[Mapping[str, Any]], built_with: Iterable[str]) -> Judged | None:
    """Return what judgements about identity changed since a revision was built, None if nothing did.

    :param built: what the store says of the revision.
    :param rows: all judgements of the store.
    :param built_with: ids of those that the revision was built with.
    """
    stand = standing(rows, IDENTITY)
    known = set(built_with)
    pending = [each for each in stand if each.id not in known]
    undone = [each for row in rows if (each := Judgement.from_row(row)).id in known - {one.id for one in stand}]
    if not pending and not undone:
        return None
    decided = decide(stand)
    overruled = [each for each, _ in decided.overruled if each.id in known]
    changed = [*pending, *undone, *overruled]
    named = sorted({record for each in changed for side in sides_of(each) for record in side})
    entities = list(dict.fromkeys(str(row["entity"]) for row in built.of("read/record", named)))
    together = [(one, other) for one, other in decided.together]
    apart = [(one, other) for one, other, _ in decided.apart]
    kinds: tuple[Kind, ...] = ("person", "organisation")
    found = [
        _Regrouped(built, kind, concerned).result(together, apart)
        for kind in kinds
        if (concerned := [each for each in entities if each.startswith(PREFIX[kind])])
    ]
    made = {entity.id: entity for part, _ in found for entity in part}
    if not made:
        return None
    of_record = {record: entity.id for entity in made.values() for record in entity.row["records"]}
    of_member: dict[str, list[str]] = defaultdict(list)
    for entity in made.values():
        for member, _ in entity.members:
            of_member[member].append(entity.id)
    hangs_on = {record: link for _, links in found for record, link in _tree([f"r{each[2:]}" for each in made], links).items()}
    return Judged(
        made, of_record, {member: tuple(ids) for member, ids in of_member.items()}, tuple(each.id for each in changed), hangs_on
    )


class _Regrouped:
    """The records of some people, or of some organisations, put together anew."""

    def __init__(self, built: BuiltRows, kind: Kind, entities: Sequence[str]) -> None:
        self._built, self._kind, self._prefix = built, kind, PREFIX[kind]
        rows = {row["id"]: row for row in built.of(f"read/{kind}", entities)}
        self._whole = {each: tuple(row["records"]) for each, row in rows.items()}
        records = sorted({record for each in self._whole.values() for record in each})
        self._records = {row["id"]: _told(row, rows[row["entity"]]) for row in built.of("read/record", records)}

    def result(
        self, together: Sequence[tuple[str, str]], apart: Sequence[tuple[str, str]]
    ) -> tuple[list[JudgedEntity], dict[str, list[Link]]]:
        """Return the entities that aren't as they were built, and by which links records are recognised.

        :param together: pairs of records that somebody decided to be one.
        :param apart: pairs of records that somebody decided not to be.
        """
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
            join(one, other, DECIDED, 1.0, f"decided {one} {other}")
        decided = {frozenset(pair) for pair in together}
        recognised = [
            (row["probability"], record, row)
            for record, row in self._records.items()
            if row["link_to"] and (row["because"] != DECIDED or frozenset((record, row["link_to"])) in decided)
        ]
        for probability, record, row in sorted(recognised, key=lambda each: (-each[0], each[1])):
            join(record, row["link_to"], row["because"], probability, row["proof"])
        return self._entities({id(group): group for group in groups.values()}.values()), links

    def _entities(self, groups: Iterable[set[str]]) -> list[JudgedEntity]:
        from referralgraph.resolve.entities import entities_of, root_rank  # a question without judgements doesn't wait for it

        changed = []
        for group in sorted(groups, key=min):
            members: dict[str, set[str]] = defaultdict(set)
            for record in group:
                members[self._records[record]["entity"]].add(record)
            if len(members) > 1 or set(self._whole[next(iter(members))]) != group:
                changed.append((group, members))
        if not changed:
            return []
        known = self._in_contacts([member for _, members in changed for member in members])
        told, of_root = [], {}
        for group, members in changed:
            root = min(
                root_rank(self._records[each], in_contacts=each in known, was_root=f"{self._prefix}{each[1:]}" in self._whole)
                for each in group
            )[1]
            of_root[root] = members
            told += [{**self._records[each], "root": root} for each in sorted(group)]
        with self._built.database() as connection:
            rows = {row["id"]: row for row in entities_of(connection, self._kind, told)}
        found = []
        for root, members in of_root.items():
            parts = tuple(
                (member, None if records == set(self._whole[member]) else frozenset(records))
                for member, records in sorted(members.items())
            )
            found.append(JudgedEntity(f"{self._prefix}{root[1:]}", parts, rows[f"{self._prefix}{root[1:]}"]))
        return found

    def _in_contacts(self, members: Sequence[str]) -> set[str]:
        """Return those records that stand in an address book or a diary."""
        names = ("read/contacts_with_person", "read/interactions_with_person") if self._kind == "person" else ()
        return {str(row["person_record"]) for name in names for row in self._built.of(name, members)}


def _told(record: Row, entity: Row) -> Row:
    """Return a record with what it says of its entity: its own words, or of one that stands alone the entity's."""
    own = json.loads(record["attributes"]) if record["attributes"] else entity
    return {**own, **record, "name": own["name"], "city": own["city"], "record_id": record["id"], "private": bool(record["only_for"])}


def _tree(firsts: Iterable[str], links: Mapping[str, Sequence[Link]]) -> dict[str, Link]:
    """Return for each record the link towards the first of its entity."""
    found: dict[str, Link] = {}
    for first in firsts:
        reached = [first]
        for record in reached:
            for link in links.get(record, ()):
                if link.to != first and link.to not in found:
                    found[link.to] = replace(link, to=record)
                    reached.append(link.to)
    return found


__all__ = ["Judged", "JudgedEntity", "judged_since"]
