"""Links as they are after judgements about identity that are newer than the build: people and organisations joined, or taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.risk.table import RiskTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEATS = ("seat_person", "seat_company", "seat_record", "seat_known", "seat_left", "seat_liquidator")
_EVENTS = ("event_company", "event_day", "event_kind", "event_record", "event_kept")
_HOLDINGS = ("holding_holder", "holding_owned", "holding_known", "holding_left")
_CODES = {"legal_form": "company_form", "identifier": "company_state", "kind": "company_excluded", "name": "company_stem",
          "address": "company_address"}  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """A link of a person to an organisation of today; see ``seat.sql``."""

    person: str
    company: str
    record: str
    liquidator: bool
    known: int
    left: int


@dataclass(frozen=True)
class Company:
    """An organisation of today.

    :param members: organisations of the revision that it is made of.
    :param like: of each attribute that the table keeps as a code, the member that has it.
    """

    members: tuple[str, ...]
    like: Mapping[str, str]


@dataclass(frozen=True)
class Regrouped:
    """Records of some people and organisations, put together anew.

    :param people: ids of those people.
    :param of_record: id of the person of each of their records.
    :param hangs_on: for each record but the first of each person the record by which it is recognised, the chance and its proof.
    :param companies: those organisations, by id.
    :param seats: who is linked to them.
    :param events: the organisation that each event of theirs happened to, by the event's id.
    :param holdings: controlling organisation, controlled one, day from which it is known, day on which it ended.
    """

    people: tuple[str, ...] = ()
    of_record: Mapping[str, str] = field(default_factory=dict)
    hangs_on: Mapping[str, tuple[str, float, str]] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    seats: tuple[Seat, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    holdings: tuple[tuple[str, str, int, int], ...] = ()


def regroup(table: RiskTable, judged: Regrouped) -> None:
    """Move links and events to the people and organisations of today, in an opened table; everybody else's stay as they are.

    People and organisations are numbered by id, those included who are nobody any more and have nothing left. Only the arrays in
    memory change. What a company was from the beginning, and until when somebody looked, is that of the parts it is made of.
    """
    if not judged.people and not judged.companies:
        return
    _number_people(table, judged)
    whose = _people_of_seats(table, judged)
    _number_companies(table, judged)
    _move_seats(table, judged, whose)
    _move_events(table, judged)
    _move_holdings(table, judged)


def _number_people(table: RiskTable, judged: Regrouped) -> None:
    at, new = _inserted(np.asarray(table.person_ids), judged.people)
    if len(new):
        person = np.asarray(table.seat_person)
        table.seat_person = (person + np.searchsorted(at, person, "right")).astype(np.int32)
        table.person_ids = np.insert(np.asarray(table.person_ids), at, new)


def _people_of_seats(table: RiskTable, judged: Regrouped) -> NDArray[np.int32]:
    """Hang the records of judged people on those by which they are recognised now, and return whose each seat is, -1 for as before."""
    place = _places(table, judged)
    names = {proof: at for at, proof in enumerate(sorted({proof for _, _, proof in judged.hangs_on.values()}))}
    first_proof = int(np.max(table.record_proof, initial=-1)) + 1
    new = sum(at >= len(table.record_ids) for at in place.values())
    parent, proof = (np.r_[np.asarray(each), np.full(new, -1)].astype(np.int32) for each in (table.record_parent, table.record_proof))
    probability = np.r_[np.asarray(table.record_probability), np.ones(new)]
    person_of = np.full(len(parent), -1, np.int32)
    for record, at in place.items():
        above = judged.hangs_on.get(record)
        parent[at], probability[at], proof[at] = (
            (-1, 1.0, -1) if above is None else (place[above[0]], above[1], first_proof + names[above[2]])
        )
        person_of[at] = _position(table.person_ids, judged.of_record[record])
    table.record_parent, table.record_probability, table.record_proof = parent, probability, proof
    return person_of[np.asarray(table.seat_record)]


def _places(table: RiskTable, judged: Regrouped) -> dict[str, int]:
    """Return the number of each judged record; those without a seat stand behind the table's, for others may hang on them."""
    ids = table.record_ids
    place: dict[str, int] = {}
    beyond = len(ids)
    for record in sorted(judged.of_record):
        at = int(np.searchsorted(ids, record.encode()))
        if at >= len(ids) or ids[at] != record.encode():
            at, beyond = beyond, beyond + 1
        place[record] = at
    return place


def _number_companies(table: RiskTable, judged: Regrouped) -> None:
    """Give organisations that there weren't a number, and all judged ones what their parts were."""
    ids = np.asarray(table.organisation_ids)
    parts = {each: {member: _position(ids, member) for member in company.members} for each, company in judged.companies.items()}
    built = {name: np.asarray(getattr(table, name)) for name in (*_CODES.values(), "company_known", "company_seen")}
    at, new = _inserted(ids, judged.companies)
    if len(new):
        table.organisation_ids = np.insert(ids, at, new)
        for name in ("seat_company", "event_company", "holding_holder", "holding_owned"):
            before = np.asarray(getattr(table, name))
            setattr(table, name, np.where(before < 0, before, before + np.searchsorted(at, before, "right")).astype(np.int32))
    for name, values in built.items():
        setattr(table, name, np.insert(values, at, 0) if len(new) else values.copy())
    for member in {each for company in judged.companies.values() for each in company.members} - judged.companies.keys():
        table.company_excluded[_position(table.organisation_ids, member)] = True
    for each, company in judged.companies.items():
        number, members = _position(table.organisation_ids, each), list(parts[each].values())
        for attribute, name in _CODES.items():
            getattr(table, name)[number] = built[name][parts[each][company.like[attribute]]]
        table.company_known[number] = int(built["company_known"][members].min())
        table.company_seen[number] = int(built["company_seen"][members].max())


def _gone(table: RiskTable, judged: Regrouped) -> NDArray[np.bool_]:
    """Return one flag an organisation: its links and events are told anew."""
    flags = np.zeros(table.companies, np.bool_)
    flags[[_position(table.organisation_ids, member) for company in judged.companies.values() for member in company.members]] = True
    return flags


def _move_seats(table: RiskTable, judged: Regrouped, whose: NDArray[np.int32]) -> None:
    columns = {name: np.asarray(getattr(table, name)) for name in _SEATS}
    columns["seat_person"] = np.where(whose >= 0, whose, columns["seat_person"]).astype(np.int32)
    if judged.companies:
        place = {each: _position(table.record_ids, each) for each in {seat.record for seat in judged.seats}}
        kept = ~_gone(table, judged)[columns["seat_company"]] | (columns["seat_company"] < 0)
        told = {
            "seat_person": [_position(table.person_ids, each.person) for each in judged.seats],
            "seat_company": [_position(table.organisation_ids, each.company) for each in judged.seats],
            "seat_record": [place[each.record] for each in judged.seats],
            "seat_known": [each.known for each in judged.seats],
            "seat_left": [each.left for each in judged.seats],
            "seat_liquidator": [each.liquidator for each in judged.seats],
        }
        moved = np.r_[whose[kept] >= 0, np.ones(len(judged.seats), np.bool_)]
        columns = {name: np.r_[values[kept], np.array(told[name], values.dtype)] for name, values in columns.items()}
    else:
        moved = whose >= 0
    people = np.zeros(table.people, np.bool_)
    people[columns["seat_person"][moved]] = True
    moved |= people[columns["seat_person"]]  # all rows of one person stand together
    rest, again = np.flatnonzero(~moved), np.flatnonzero(moved)
    keys = ("seat_liquidator", "seat_record", "seat_company", "seat_person")
    again = again[np.lexsort(tuple(columns[name][again] for name in keys))]
    at = np.searchsorted(columns["seat_person"][rest], columns["seat_person"][again])
    for name, values in columns.items():
        setattr(table, name, np.insert(values[rest], at, values[again]))


def _move_events(table: RiskTable, judged: Regrouped) -> None:
    if not judged.companies:
        return
    columns = {name: np.asarray(getattr(table, name)).copy() for name in _EVENTS}
    company = columns["event_company"]
    for row in np.flatnonzero(_gone(table, judged)[company] & (company >= 0)).tolist():
        event = columns["event_record"][row].decode()
        company[row] = _position(table.organisation_ids, judged.events[event])
    order = np.lexsort((columns["event_record"], columns["event_day"], company))
    for name, values in columns.items():
        setattr(table, name, values[order])


def _move_holdings(table: RiskTable, judged: Regrouped) -> None:
    if not judged.companies:
        return
    gone = _gone(table, judged)
    columns = {name: np.asarray(getattr(table, name)) for name in _HOLDINGS}
    kept = ~gone[columns["holding_holder"]] & ~gone[columns["holding_owned"]]
    told = [
        (_position(table.organisation_ids, holder), _position(table.organisation_ids, owned), known, left)
        for holder, owned, known, left in judged.holdings
        if holder != owned
    ]
    anew = np.array(told, np.int64).reshape(-1, len(_HOLDINGS))
    columns = {name: np.r_[values[kept], anew[:, at].astype(values.dtype)] for at, (name, values) in enumerate(columns.items())}
    order = np.lexsort(tuple(columns[name] for name in reversed(_HOLDINGS)))
    for name, values in columns.items():
        setattr(table, name, values[order])


def _inserted(ids: NDArray[np.bytes_], wanted: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
    """Return where ids that aren't among the sorted ones belong, and these ids."""
    keys = np.array(sorted(each.encode() for each in wanted), "S22")
    keys = keys[~np.isin(keys, ids)] if len(keys) else np.zeros(0, "S22")
    return np.searchsorted(ids, keys), keys


def _position(ids: NDArray[np.bytes_], wanted: str) -> int:
    return int(np.searchsorted(ids, wanted.encode()))

