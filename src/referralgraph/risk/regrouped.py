"""Links as they are after judgements about identity that are newer than the build: people joined, or taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from referralgraph.risk.table import RiskTable

_SEATS = ("seat_person", "seat_company", "seat_record", "seat_known", "seat_left", "seat_liquidator")


@dataclass(frozen=True)
class Regrouped:
    """Records of some people, put together anew.

    :param people: ids of those people, in the order in which the index numbers them.
    :param of_record: id of the person of each of their records.
    :param hangs_on: for each record but the first of each person the record by which it is recognised, the chance and its proof.
    """

    people: tuple[str, ...] = ()
    of_record: Mapping[str, str] = field(default_factory=dict)
    hangs_on: Mapping[str, tuple[str, float, str]] = field(default_factory=dict)


def regroup(table: RiskTable, judged: Regrouped) -> None:
    """Move the seats of judged records to the people of today, in an opened table; everybody else's stay as they are.

    Judged people are numbered after those of the build, whose own numbers are without a seat from then on. Only the arrays in
    memory change.
    """
    if not judged.people:
        return
    number = {person: table.people + at for at, person in enumerate(judged.people)}
    place = _places(table, judged)
    names = {proof: at for at, proof in enumerate(sorted({proof for _, _, proof in judged.hangs_on.values()}))}
    first_proof = int(np.max(table.record_proof, initial=-1)) + 1
    new = sum(at >= len(table.record_ids) for at in place.values())
    parent, proof = (np.r_[np.asarray(each), np.full(new, -1)].astype(np.int32) for each in (table.record_parent, table.record_proof))
    probability = np.r_[np.asarray(table.record_probability), np.ones(new)]
    for record, at in place.items():
        above = judged.hangs_on.get(record)
        parent[at], probability[at], proof[at] = (
            (-1, 1.0, -1) if above is None else (place[above[0]], above[1], first_proof + names[above[2]])
        )
    table.record_parent, table.record_probability, table.record_proof = parent, probability, proof
    person_of = np.full(len(parent), -1, np.int32)
    for record, at in place.items():
        person_of[at] = number[judged.of_record[record]]
    whose = person_of[np.asarray(table.seat_record)]
    moved = np.flatnonzero(whose >= 0)
    company, record_of = np.asarray(table.seat_company)[moved], np.asarray(table.seat_record)[moved]
    moved = moved[np.lexsort((np.asarray(table.seat_liquidator)[moved], record_of, company, whose[moved]))]
    order = np.r_[np.flatnonzero(whose < 0), moved]
    for name in _SEATS:
        setattr(table, name, np.asarray(getattr(table, name))[order])
    if len(moved):
        table.seat_person[-len(moved) :] = whose[moved]
    table.person_ids = np.r_[np.asarray(table.person_ids), np.array(judged.people, "S22")]


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
