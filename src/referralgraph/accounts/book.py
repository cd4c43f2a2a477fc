"""The book of accounts: what all standing judgements come to, whatever the order in which they were entered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from referralgraph.accounts.entries import (
    ACCOUNT,
    ASSESSMENT,
    CELL,
    COLLEAGUE,
    PLAN,
    SAME,
    STAKEHOLDER,
    VETO,
    Who,
    entity_of_records,
    stakeholder_id,
)
from referralgraph.accounts.scales import SCALES
from referralgraph.judgements import Judgement
from referralgraph.score.team_view import View

_Fields = dict[str, tuple[str, Any]]  # by name: the judgement that says it last, and what it says


@dataclass(frozen=True)
class Colleague:
    """One of our people in an account.

    :param rank: 1 (most junior) to 5 (top management); None if nobody said.
    :param functions: letters of the type scale that he can talk to.
    :param colours: first and second colour of communication.
    :param leads: how many stakeholders he can lead; None for the setting.
    :param away: not available as a lead.
    """

    name: str
    rank: int | None = None
    functions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    leads: int | None = None
    away: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of the relationship matrix: ``lead``, ``may`` or ``not``."""

    value: str
    by: str
    at: str
    judgement: str


@dataclass(frozen=True)
class Assessed:
    """One assessment as it was entered."""

    judgement: str
    by: str
    at: str
    fields: Mapping[str, Any]
    reason: str | None


@dataclass(frozen=True)
class Member:
    """A stakeholder: a person in one account.

    :param id: of the stakeholder.
    :param key: entity id of the person, or the id of one whom a user added, or of his first record if that is gone.
    :param entity: id of the person in this revision, None if it has no such person.
    :param name: as he was entered.
    :param views: by field, what each colleague who says anything says now, by name.
    :param influences: keys of the stakeholders on whom he has influence.
    :param apart: his records belong to several people now; somebody has to look.
    """

    id: str
    key: str
    entity: str | None
    name: str
    position: str | None = None
    outside: bool = False
    rank: int | None = None
    views: Mapping[str, tuple[View, ...]] = field(default_factory=dict)
    assessments: tuple[Assessed, ...] = ()
    influences: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class PlanItem:
    """One line of a plan with its newest values."""

    id: str
    plan: str
    at: str
    by: str
    values: Mapping[str, Any]
    stakeholder: str | None = None


@dataclass(frozen=True)
class Account:
    """One account as it stands."""

    id: str
    name: str
    topic: str | None
    responsible: str | None
    organisations: tuple[tuple[str | None, str], ...]
    team: tuple[Colleague, ...]
    members: tuple[Member, ...]
    cells: Mapping[tuple[str, str], Cell]
    plan: tuple[PlanItem, ...]

    def member(self, key: str) -> Member | None:
        """Return the stakeholder of a key."""
        return next((each for each in self.members if each.key == key), None)

    def leads(self, key: str) -> list[str]:
        """Return who leads a stakeholder by the matrix as it was entered."""
        return sorted(colleague for (row, colleague), cell in self.cells.items() if row == key and cell.value == "lead")

    def responsible_for(self, key: str) -> str | None:
        """Return the responsible colleague: the one lead of the stakeholder, else that of the account."""
        leads = self.leads(key)
        return leads[0] if len(leads) == 1 else self.responsible


@dataclass(frozen=True)
class Veto:
    """Somebody who isn't to be asked; without an account, for nobody."""

    judgement: str
    by: str
    at: str
    reason: str | None
    account: str | None
    key: str
    entity: str | None
    name: str


class Book:
    """All accounts of a store.

    :param judgements: those that stand, in the order in which they were entered; other kinds are left aside.
    :param entity_of: the entity that each record belongs to now.
    :param as_of: views and matrix cells dated later don't count.
    """

    def __init__(self, judgements: Sequence[Judgement], entity_of: Mapping[str, str], as_of: date | None = None) -> None:
        erased = {record for each in judgements if each.kind == "erasure" for record in each.records}
        kept = [each for each in judgements if not erased.intersection(each.records) or each.kind == ACCOUNT]
        ordered = [each for _, each in sorted(enumerate(kept), key=lambda pair: (pair[1].at[:10], pair[0]))]
        self._entity_of = entity_of
        self._same = {str(each.values.get("own")): each.records for each in ordered if each.kind == SAME}
        self._ordered = ordered
        self._grouped: dict[tuple[str, Any], list[Judgement]] = {}
        for each in ordered:
            self._grouped.setdefault((each.kind, each.values.get("account")), []).append(each)
        self._as_of = as_of.isoformat() if as_of else None
        self.vetoes: tuple[Veto, ...] = tuple(self._veto(each) for each in ordered if each.kind == VETO)
        self.accounts: dict[str, Account] = {
            name: self._account(name, fields) for name, fields in sorted(self._newest(ACCOUNT, "account").items())
        }

    def key(self, who: Who) -> tuple[str, str | None, bool]:
        """Return the key of a person, his entity in this revision, and whether his records have come apart."""
        records = who.records or self._same.get(who.own or "", ())
        entity, apart = entity_of_records(records, self._entity_of)
        return entity or who.own or (records[0] if records else ""), entity, apart

    def _newest(self, kind: str, group: str) -> dict[str, _Fields]:
        """Return for each value of a field what was last said about every other field."""
        told: dict[str, _Fields] = {}
        for each in self._ordered:
            if each.kind == kind and (name := each.values.get(group)):
                told.setdefault(str(name), {}).update({field: (each.id, value) for field, value in each.values.items()})
        return told

    def _of(self, kind: str, account: str, *, dated: bool = False) -> Iterator[Judgement]:
        for each in self._grouped.get((kind, account), ()):
            if not (dated and self._as_of and each.at[:10] > self._as_of):
                yield each

    def _account(self, account: str, fields: _Fields) -> Account:
        def told(name: str) -> Any:
            return fields[name][1] if name in fields else None

        members = self._members(account)
        cells: dict[tuple[str, str], Cell] = {}
        for each in self._of(CELL, account, dated=True):
            place = (self.key(Who.of(each))[0], str(each.values["colleague"]))
            if each.values["cell"] is None:
                cells.pop(place, None)
            else:
                cells[place] = Cell(str(each.values["cell"]), each.by, each.at, each.id)
        keys = {member.key for member in members}
        organisations = tuple(
            (entity_of_records(each["records"], self._entity_of)[0], str(each["name"])) for each in told("organisations") or ()
        )
        return Account(
            account,
            str(told("name") or account),
            told("topic"),
            told("responsible"),
            organisations,
            self._team(account),
            members,
            {place: cell for place, cell in sorted(cells.items()) if place[0] in keys},
            self._plan(account),
        )

    def _team(self, account: str) -> tuple[Colleague, ...]:
        told: dict[str, dict[str, Any]] = {}
        for each in self._of(COLLEAGUE, account):
            told.setdefault(str(each.values["colleague"]), {}).update(each.values)
        found = [
            Colleague(
                name,
                values.get("rank"),
                tuple(values.get("functions") or ()),
                tuple(values.get("colours") or ()),
                values.get("leads"),
                bool(values.get("away")),
            )
            for name, values in told.items()
            if not values.get("gone")
        ]
        return tuple(sorted(found, key=lambda each: (-(each.rank or 0), each.name)))

    def _members(self, account: str) -> tuple[Member, ...]:
        found: dict[str, Member] = {}
        gone: set[str] = set()
        for each in self._of(STAKEHOLDER, account):
            member = self._known(found, account, Who.of(each))
            values = each.values
            found[member.key] = replace(
                member,
                position=values.get("position", member.position),
                outside=bool(values.get("outside", member.outside)),
                rank=values.get("rank", member.rank),
                name=str(values.get("name") or member.name),
            )
            (gone.add if values.get("gone") else gone.discard)(member.key)
        newest: dict[str, dict[tuple[str, str], View]] = {}
        influences: dict[tuple[str, str], list[str]] = {}
        for each in self._of(ASSESSMENT, account, dated=True):
            member = self._known(found, account, Who.of(each))
            said = dict(each.values.get("fields") or {})
            reason = each.values.get("reason")
            found[member.key] = replace(
                member,
                assessments=(*member.assessments, Assessed(each.id, each.by, each.at, said, reason)),
                position=member.position or each.values.get("position"),
            )
            for name, value in said.items():
                newest.setdefault(member.key, {})[name, each.by] = View(each.by, each.at, value, reason)
            if "influences" in each.values:
                influences[member.key, each.by] = [
                    self.key(Who(tuple(other.get("records", ())), other.get("own"), str(other.get("name", ""))))[0]
                    for other in each.values["influences"]
                ]
        return tuple(
            replace(
                member,
                views=_views(newest.get(key, {})),
                influences=tuple(
                    sorted(
                        {
                            other
                            for (one, _), others in influences.items()
                            if one == key
                            for other in others
                            if other in found and other not in gone and other != key
                        }
                    )
                ),
            )
            for key, member in sorted(found.items())
            if key not in gone
        )

    def _known(self, found: dict[str, Member], account: str, who: Who) -> Member:
        key, entity, apart = self.key(who)
        known = found.get(key)
        if known is None:
            return found.setdefault(key, Member(stakeholder_id(account, key), key, entity, who.name, apart=apart))
        return replace(known, apart=known.apart or apart)

    def _plan(self, account: str) -> tuple[PlanItem, ...]:
        items: dict[str, PlanItem] = {}
        for each in self._of(PLAN, account):
            item = str(each.values["item"])
            old = items.get(item)
            values = {**(old.values if old else {}), **dict(each.values.get("fields") or {})}
            stakeholder = self.key(Who.of(each))[0] if each.records or each.values.get("own") else old.stakeholder if old else None
            if each.values.get("name"):
                values["stakeholder"] = each.values["name"]
            items[item] = PlanItem(
                item, str(each.values.get("plan") or (old.plan if old else "activity")), each.at, each.by, values, stakeholder
            )
        return tuple(sorted(items.values(), key=lambda each: (str(each.values.get("date") or "9999"), each.plan, each.id)))

    def _veto(self, judgement: Judgement) -> Veto:
        who = Who.of(judgement)
        key, entity, _ = self.key(who)
        return Veto(
            judgement.id,
            judgement.by,
            judgement.at,
            judgement.values.get("reason"),
            judgement.values.get("account"),
            key,
            entity,
            who.name,
        )


def records_in(judgements: Iterable[Judgement]) -> set[str]:
    """Return every record that judgements about accounts name: those whose entity a book has to know."""
    found: set[str] = set()
    for each in judgements:
        found.update(each.records)
        for other in each.values.get("influences") or ():
            found.update(other.get("records", ()))
        for organisation in each.values.get("organisations") or ():
            found.update(organisation.get("records", ()))
    return found


def _views(newest: Mapping[tuple[str, str], View]) -> dict[str, tuple[View, ...]]:
    """Return the views of one stakeholder by field; what a colleague has withdrawn isn't there."""
    told: dict[str, list[View]] = {}
    for (name, _by), view in sorted(newest.items()):
        if view.value is not None:
            told.setdefault(name, []).append(view)
    return {scale.name: tuple(told[scale.name]) for scale in SCALES if scale.name in told}
