"""A store whose answers know judgements about identity that are newer than its revision."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from referralgraph.graph.query import query
from referralgraph.graph.store import Store
from referralgraph.index.anew import Change
from referralgraph.questions.built_rows import KEY, BuiltRows
from referralgraph.questions.judged import Judged
from referralgraph.questions.judged_counts import connections_of
from referralgraph.records.identifiers import record_id
from referralgraph.records.partial_date import last_day

Row = dict[str, Any]
_ENTITY = ("person", "organisation", "holder", "other", "entity", "other_entity", "id")
_OURS = "owner"  # a name of our team, whose record it is
_HELD = {"person": "holder_record", "holder": "holder_record", "organisation": "organisation_record"}
_EVENT = {"person": "of_record", "organisation": "of_record"}
_KNOWN = {"person": _OURS, "other": "person_record"}
# in which column of a row the record stands by which an entity of the row is there; of queries that aren't told here, none
_RECORD_OF: dict[str, Mapping[str, str]] = {
    "read/contacts_between": _KNOWN,
    "read/contacts_of_person": _KNOWN,
    "read/interactions_between": _KNOWN,
    "read/interactions_of_person": _KNOWN,
    "read/contacts_with_person": {"person": "person_record", "other": _OURS},
    "read/interactions_with_person": {"person": "person_record", "other": _OURS},
    "read/events_of_person": _EVENT,
    "read/events_of_organisation": _EVENT,
    "read/record": {"entity": "id"},
    "read/waiting_of_record": {"other_entity": "other"},
}
_ORDER = re.compile(r"ORDER BY ([\w, ]+);")


class JudgedStore:
    """A store that reads as if the judgements had been built in; see :class:`referralgraph.graph.store.Store`.

    What only a build can tell, how central somebody is in the whole graph and what accounts say of him, stands as it was built.

    :param store: where the revision is published.
    :param built: what it says of the revision.
    :param judged: the people and organisations of today.
    :param change: what they change about ties.
    """

    def __init__(self, store: Store, built: BuiltRows, judged: Judged, change: Change) -> None:
        self._store, self._built, self._judged, self._change = store, built, judged, change
        self.uri, self.dialect = store.uri, store.dialect

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Run a reading query for each row of parameters, as if the judgements had been built in."""
        found: list[Row] = []
        for concerned, some in groupby(rows, self._is_asked):
            if concerned:
                found += [each for row in some for each in self._read_one(name, row, timeout)]
            else:  # many at once, as the store does best
                found += self._each_today(name, self._store.read(name, list(some), timeout=timeout))
        return found

    def _each_today(self, name: str, rows: Sequence[Row]) -> list[Row]:
        """Return rows of today, those of each run in the order of the query."""
        found: list[Row] = []
        for _, some in groupby(rows, lambda row: row[KEY[name]] if name in KEY else None):
            before = list(some)
            today = [self._today(name, each) for each in before]
            moved = any(one.get(column) != other.get(column) for one, other in zip(before, today, strict=True) for column in _ENTITY)
            found += sorted(today, key=self._place(name)) if moved else today
        return found

    def _is_asked(self, row: Mapping[str, Any]) -> bool:
        """Return whether a run is about somebody of today."""
        return any(isinstance(value, str) and value in self._judged.entities for value in row.values())

    def _read_one(self, name: str, row: Mapping[str, Any], timeout: float | None) -> list[Row]:
        if name in {"read/person", "read/organisation"}:
            return [self._entity(str(row["id"]))]
        asked: list[dict[str, Any]] = [{}]
        for key, value in row.items():
            asked = [{**each, key: option} for each in asked for option in self._asked(value)]
        wanted = {str(value) for value in row.values() if value in self._judged.entities}
        today = [self._today(name, each) for each in self._store.read(name, asked, timeout=timeout)]
        found = [each for each in today if _concerns(each, wanted)]
        return sorted(found, key=self._place(name))

    def _asked(self, value: Any) -> list[Any]:
        entity = self._judged.entities.get(value) if isinstance(value, str) else None
        return [member for member, _ in entity.members] if entity else [value]

    def _place(self, name: str) -> Callable[[Row], tuple[Any, ...]]:
        """Return by what a query orders its rows, what is unknown last."""
        order = _ORDER.search(query(name, self.dialect).text)
        columns = [each.strip() for each in order[1].split(",")] if order else []
        return lambda row: tuple((row[column] is None, row[column] or "") for column in columns)

    def _today(self, name: str, row: Row) -> Row:
        """Return a row with the people and organisations of today in it, called as they are now."""
        now: Row = {}
        for column in _ENTITY:
            value = row.get(column)
            if isinstance(value, str) and value in self._judged.of_member:
                now[column] = self._judged.today(value, self._record(name, row, column))
        if name in {"read/person", "read/organisation"}:
            return self._entity(now["id"]) if now else self._counted(row, str(row["id"]))
        found = {**row, **now}
        for column in now:
            if f"{column}_name" in row:
                found |= self._called(row, column, str(now[column]))
        if "connections" in row:
            found = self._counted(found, next((str(found[each]) for each in _ENTITY if f"{each}_name" in row), ""))
        if "current" in row and now.get("organisation") in self._judged.entities:
            found["current"] = self._is_current(found)
        return self._linked(found) if "link_to" in row else found

    def _record(self, name: str, row: Row, column: str) -> str | None:
        told = _RECORD_OF.get(name, _HELD).get(column)
        if told == _OURS:
            return record_id("team", "person", [row["owner"]])
        return row.get(told) if told else None

    def _called(self, row: Row, column: str, entity: str) -> Row:
        """Return the columns that say of one end of a row what it is."""
        now = self._entity(entity)
        told = {f"{column}_{name}": now.get(name) for name in ("name", "kind", "city", "status") if f"{column}_{name}" in row}
        return {**told, **{name: now[name] for name in ("connections", "team", "bodies") if name in row}}

    def connections(self, entity: str, built: int) -> int:
        """Return how many connections somebody has now, who had so many when the revision was built."""
        of_judged, more = self._connections
        return of_judged[entity] if entity in of_judged else built + more.get(entity, 0)

    def _counted(self, row: Row, entity: str) -> Row:
        """Return a row with the numbers of today of an entity that isn't judged itself."""
        if entity in self._judged.entities:
            return row
        now: Row = {}
        if "connections" in row:
            now["connections"] = self.connections(entity, row["connections"])
        if "bodies" in row and entity in self._change.person_bodies:
            now["bodies"] = self._change.person_bodies[entity]
        if "most_members" in row and entity in self._change.sizes:
            now["most_members"], now["too_large"] = self._change.sizes[entity]
        return {**row, **now}

    def _is_current(self, row: Row) -> bool:
        if self._entity(str(row["organisation"]))["status"] == "removed":
            return False
        return row["until"] is None or last_day(row["until"]).isoformat() > row["retrieved_at"][:10]

    def _linked(self, row: Row) -> Row:
        """Hang a record of a judged entity on the one by which it is recognised now."""
        if row["id"] not in self._judged.of_record:
            return row
        link = self._judged.hangs_on.get(row["id"])
        if link is None:
            return {**row, "link_to": None, "because": None, "probability": None, "proof": None, "evidence": None}
        kept = row["evidence"] if row["link_to"] == link.to else None  # what spoke for another record says nothing of this one
        return {
            **row, "link_to": link.to, "because": link.because, "probability": link.probability, "proof": link.proof, "evidence": kept}

    @cached_property
    def _connections(self) -> tuple[dict[str, int], dict[str, int]]:
        return connections_of(self._built, self._judged)

    def _entity(self, identifier: str) -> Row:
        """Return the row of a person or organisation of today."""
        entity = self._judged.entities[identifier]
        person = identifier.startswith("p-")
        parts = self._built.of("read/person" if person else "read/organisation", [member for member, _ in entity.members])
        first = next((row for row in parts if row["id"] == identifier), parts[0])
        now = {**first, **entity.row, "connections": self._connections[0][identifier]}
        if person:
            alone = [row["only_for"] for row in self._built.of("read/record", entity.row["records"])]
            only_for = sorted({each for told in alone for each in told}) if all(alone) else []
            return {**now, "bodies": self._change.person_bodies[identifier], "only_for": only_for}
        most, too_large = self._change.sizes.get(identifier, (0, False))
        return {**now, "most_members": most, "too_large": too_large}


def _concerns(row: Row, wanted: set[str]) -> bool:
    entities = [row[column] for column in _ENTITY if isinstance(row.get(column), str) and str(row[column])[:2] in {"p-", "o-"}]
    return not entities or any(each in wanted for each in entities)
