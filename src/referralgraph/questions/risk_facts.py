"""What an answer about risk tells of people, roles and events, each read from the store once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from referralgraph.answers.base import EntityRef, PersonRef, SourceRow
from referralgraph.answers.risk import RiskEvent, RiskRole
from referralgraph.questions.context import Asked, Context
from referralgraph.records.partial_date import first_day, last_day

Row = dict[str, Any]


class RiskFacts:
    """Reads what stands behind links and events.

    :param context: the revision.
    :param asked: viewer and date of the question.
    :param day: nothing after it is told, ISO.
    :param withdrawn: ids of events that a judgement has withdrawn.
    """

    def __init__(self, context: Context, asked: Asked, day: str, withdrawn: frozenset[str]) -> None:
        self._context, self._asked, self._day, self._withdrawn = context, asked, day, withdrawn
        self._held: dict[str, list[Row]] = {}
        self._events: dict[str, tuple[RiskEvent, ...]] = {}
        self._people: dict[str, Row] = {}
        self._organisations: dict[str, Row] = {}

    def person(self, identifier: str, identity: float = 1.0) -> PersonRef:
        """Return a person, with the chance that the records in question are all his."""
        if identifier not in self._people:
            self._people.update(self._context.people([identifier]))
        row = self._people[identifier]
        return PersonRef(id=identifier, name=row["name"], city=row["city"], identity=identity)

    def organisation(self, identifier: str) -> EntityRef:
        """Return an organisation."""
        if identifier not in self._organisations:
            self._organisations.update(self._context.organisations([identifier]))
        return EntityRef(id=identifier, name=self._organisations[identifier]["name"])

    def city(self, organisation: str) -> str | None:
        """Return where an organisation has its seat."""
        self.organisation(organisation)
        city: str | None = self._organisations[organisation]["city"]
        return city

    def roles(self, person: str, organisation: str, *, liquidator: bool | None = None) -> tuple[RiskRole, ...]:
        """Return what a person was in an organisation, as far as it had begun by the day.

        :param liquidator: only liquidator's seats, or none of them; None for all.
        """
        return tuple(
            RiskRole(
                role=row["role"],
                since=row["since"],
                until=row["until"] if row["until"] and _by(row["until"], self._day) else None,
                source=_source(row),
            )
            for row in self.held(person)
            if row["organisation"] == organisation and (liquidator is None or (row["role"] == "liquidator") == liquidator)
        )

    def held(self, person: str) -> list[Row]:
        """Return mandates and shareholdings of a person that had begun by the day, as far as the viewer may see them."""
        if person not in self._held:
            read, here = self._context.store.read, [{"id": person}]
            shares = [{**row, "role": "shareholder"} for row in read("read/shareholdings_of_person", here)]
            visible = self._context.visible(self._asked)
            rows = [*read("read/mandates_of_person", here), *shares]
            self._held[person] = [row for row in rows if visible(row) and row["role"] != "employee" and self._known(row)]
        return self._held[person]

    def events(self, organisation: str) -> tuple[RiskEvent, ...]:
        """Return what had happened to an organisation by the day; undated events are only told where no day is asked for."""
        if organisation not in self._events:
            rows = self._context.store.read("read/events_of_organisation", [{"id": organisation}])
            self._events[organisation] = tuple(
                RiskEvent(id=row["record_id"], kind=row["kind"], date=row["date"], text=row["text"], source=_source(row))
                for row in sorted(rows, key=lambda row: (row["date"] is None, row["date"] or "", row["record_id"]))
                if row["record_id"] not in self._withdrawn
                and (_by(row["date"], self._day) if row["date"] else self._asked.as_of is None)
            )
        return self._events[organisation]

    def first_event(self, organisation: str) -> RiskEvent | None:
        """Return the first dated event of an organisation."""
        return next((event for event in self.events(organisation) if event.date), None)

    def _known(self, row: Row) -> bool:
        if row["since"]:
            return first_day(row["since"]).isoformat() <= self._day
        told = row["until"] or row["last_seen"]
        return self._asked.as_of is None or (bool(told) and _by(told, self._day))


def _by(date: str, day: str) -> bool:
    """Return whether a date of any precision had surely come by a day."""
    return last_day(date).isoformat() <= day


def first_role(roles: Sequence[RiskRole]) -> str:
    """Return the role to be named: one that hasn't ended before one that has, then the one begun last."""
    ranked = sorted(roles, key=lambda each: (each.until is None, each.since or "", each.role), reverse=True)
    return ranked[0].role if ranked else "other"


def _source(row: Row) -> SourceRow:
    return SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row.get("name_as_written"))
