"""Judgements about identity that aren't those of the build: which people and organisations they make of the build's records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from referralgraph.identity import IDENTITY
from referralgraph.judgements import Judgement, standing
from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.concerned import PREFIX, Concerned, Kind

Row = dict[str, Any]


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
    :param hangs_on: the record by which each of their records is recognised, with why, the chance and the proof; none for the first.
    :param torn: entities that came of records that contradict, where the next build may have put them apart at other seams.
    :param named: records that the judgements name.
    """

    entities: Mapping[str, JudgedEntity]
    of_record: Mapping[str, str]
    of_member: Mapping[str, tuple[str, ...]]
    hangs_on: Mapping[str, Link]
    torn: tuple[tuple[str, ...], ...] = ()
    named: frozenset[str] = frozenset()

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
    known = set(built_with)
    before = [each for row in rows if (each := Judgement.from_row(row)).id in known]
    now = standing(rows, IDENTITY)
    if {each.id for each in before} == {each.id for each in now}:
        return None
    concerned = Concerned(built, before, now)
    kinds: tuple[Kind, ...] = ("person", "organisation")
    found = [entity for kind in kinds for entity in _entities(built, concerned, kind)]
    unsure = [records for kind in kinds for records in concerned.unsure(kind)]
    if not found and not unsure:
        return None
    made = {entity.id: entity for entity, _ in found}
    of_record = {record: entity.id for entity in made.values() for record in entity.row["records"]}
    of_member: dict[str, list[str]] = defaultdict(list)
    for entity in made.values():
        for member, _ in entity.members:
            of_member[member].append(entity.id)
    torn = tuple(
        tuple(sorted({of_record.get(each, str(concerned.rows[each]["entity"])) for each in records})) for records in unsure
    )
    links = {record: link for _, of_entity in found for record, link in of_entity.items()}
    return Judged(made, of_record, {member: tuple(ids) for member, ids in of_member.items()}, links, torn, concerned.named)


def _entities(built: BuiltRows, concerned: Concerned, kind: Kind) -> list[tuple[JudgedEntity, dict[str, Link]]]:
    """Return the entities of a kind that aren't as they were built, each with the links of its records."""
    changed = concerned.changed(kind)
    if not changed:
        return []
    from referralgraph.resolve.entities import entities_of  # a question without judgements doesn't wait for it

    known = _in_contacts(built, kind, {concerned.rows[record]["entity"] for group in changed for record in group})
    roots, links = {}, {}
    for row in concerned.trees(kind, changed, known):
        roots[row["record_id"]] = row["root"]
        if row["link_to"] is not None:
            links[row["record_id"]] = Link(row["link_to"], row["because"], row["probability"], row["proof"])
    with built.database() as connection:
        told = [{**concerned.told(record), "root": root} for record, root in sorted(roots.items())]
        rows = {row["id"]: row for row in entities_of(connection, kind, told)}
    found = []
    for group in changed:
        row = rows[f"{PREFIX[kind]}{roots[group[0]][1:]}"]
        members: dict[str, set[str]] = defaultdict(set)
        for record in group:
            members[concerned.rows[record]["entity"]].add(record)
        parts = tuple(
            (member, None if records == concerned.records_of[member] else frozenset(records))
            for member, records in sorted(members.items())
        )
        found.append((JudgedEntity(row["id"], parts, row), {each: links[each] for each in group if each in links}))
    return found


def _in_contacts(built: BuiltRows, kind: Kind, members: Iterable[str]) -> set[str]:
    """Return those records that stand in an address book or a diary."""
    names = ("read/contacts_with_person", "read/interactions_with_person") if kind == "person" else ()
    return {str(row["person_record"]) for name in names for row in built.of(name, sorted(members))}


__all__ = ["Judged", "JudgedEntity", "judged_since"]
