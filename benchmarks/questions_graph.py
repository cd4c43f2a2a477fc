"""A revision of any size for the questions, made straight as arrays: its index, and a store that answers from them.

A country of ten million people takes hours to load, recognise and publish. What a question does after that is search the index and
read some hundred nodes, so the index is written here from the bodies of `paths_graph`, and the store gives the rows that a real one
would give, without one's time to find them: about 0.4 ms a node in the embedded store on a million people, as `--store` measures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from paths_graph import LARGEST_BODY, REFERENCE, Floats, Ids, _body_sizes, _seats

from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import schema_id
from referralgraph.graph.store import EMBEDDED
from referralgraph.index.bodies import BodySizes
from referralgraph.index.interactions import Interactions
from referralgraph.index.reasons import (
    COLLEAGUE,
    CONTACT,
    FOREVER,
    NEVER,
    NO_DAY,
    SHARED_MANDATE,
    Filter,
    Reasons,
    ReasonTable,
    combine,
)
from referralgraph.records.identifiers import record_id
from referralgraph.score.settings import TieSettings
from referralgraph.settings import Settings

Row = dict[str, Any]
TEAM, KNOWN = 10, 300
_EPOCH = date(1970, 1, 1)
_TODAY = (date(2026, 6, 30) - _EPOCH).days


class ArrayStore:
    """Answers a question's readings from arrays; see `referralgraph.graph.store.Store`.

    :param people: how many there are, at least 10,000.
    :param folder: gets the index.
    """

    uri, dialect = EMBEDDED, "arrays"

    def __init__(self, people: int, folder: Path, seed: int = 7) -> None:
        random = np.random.default_rng(seed)
        self.people, self.folder = people, folder
        self.seat = _seats(people, REFERENCE, random).astype(np.int32)
        sizes = _body_sizes(len(self.seat), REFERENCE.falling, random)
        self.start = np.concatenate(([0], np.cumsum(sizes)))
        self.seat = self.seat[: self.start[-1]]
        self.since = random.integers(_TODAY - 9_000, _TODAY - 400, len(sizes)).astype(np.int32)
        self.left = np.where(random.random(len(sizes)) < 0.5, NEVER, random.integers(self.since + 300, _TODAY)).astype(np.int32)
        body_of_seat = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        order = np.argsort(self.seat, kind="stable")
        self.by_person = body_of_seat[order]
        self.of_person = np.searchsorted(self.seat[order], np.arange(people + 1))
        self.known = random.choice(people - TEAM, (TEAM, KNOWN)) + TEAM
        names = [f"Colleague {each}" for each in range(TEAM)]
        self.team = {record_id("team", "person", [name]): _person(each) for each, name in enumerate(names)}
        self.names = names
        self.ties = self._write_index(sizes)

    def current(self) -> Revision:
        """Return what the revision holds."""
        settings = Settings.model_validate({"team": {"me": self.names[0], "members": self.names[1:]}})
        coverage = {
            "people": self.people,
            "organisations": len(self.since),
            "ties": self.ties,
            "sources": [],
            "data_date": "2026-06-30",
            "organisations_with_people": len(self.since),
            "bodies_without_ties": 0,
            "waiting": 0,
        }
        return Revision("arrays", "2026-06-30", "", (), settings.for_revision(), coverage, schema=schema_id())

    def index_folder(self) -> Path:
        """Return the folder of the index."""
        return self.folder

    def judgements(self) -> list[Row]:
        """Return that nobody has judged."""
        return []

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Return the rows that a store would; nobody holds shares, no company holds a mandate."""
        answers: dict[str, Callable[[Mapping[str, Any]], list[Row]]] = {
            "read/person": lambda row: [self._person_row(int(row["id"][2:], 16))],
            "read/organisation": lambda row: [self._organisation_row(int(row["id"][2:], 16))],
            "read/mandates_in_organisation": lambda row: self._seats_in(int(row["id"][2:], 16)),
            "read/seats_in_organisation": lambda row: self._seats_in(int(row["id"][2:], 16)),
            "read/mandates_of_person": lambda row: self._seats_of(int(row["id"][2:], 16)),
            "read/record": self._record,
            "read/contacts_between": self._contact,
        }
        answer = answers.get(name, lambda _row: [])
        return [each for row in rows for each in answer(row)]

    def _person_row(self, person: int) -> Row:
        return {
            "id": _person(person),
            "name": f"Person {person}",
            "city": f"Town {person % 2000}",
            "other_names": [],
            "team": person < TEAM,
            "birth_date": None,
            "bodies": 1,
            "connections": 1,
            "records": [f"r{person:020x}"],
            "only_for": [],
            "influence_score": 1.0,
            "betweenness": None,
            "influence_method": None,
        }

    def _organisation_row(self, body: int) -> Row:
        return {
            "id": _body(body),
            "name": f"Company {body}",
            "kind": "company",
            "city": f"Town {body % 2000}",
            "industry_code": None,
            "status": None,
            "connections": 1,
            "records": [f"r{body:020x}"],
        }

    def _mandate(self, person: int, body: int) -> Row:
        left = int(self.left[body])
        until = None if left == NEVER else (_EPOCH + timedelta(days=left)).isoformat()
        return {
            "person": _person(person),
            "organisation": _body(body),
            "organisation_name": f"Company {body}",
            "organisation_kind": "company",
            "organisation_city": f"Town {body % 2000}",
            "organisation_status": None,
            "connections": 1,
            "record_id": f"r{person:012x}{body:08x}",
            "holder_record": f"r{person:020x}",
            "role": "managing_director",
            "role_as_written": "director",
            "since": (_EPOCH + timedelta(days=int(self.since[body]))).isoformat(),
            "until": until,
            "last_seen": "2026-06-30",
            "current": until is None,
            "name_as_written": f"Person {person}",
            "only_for": [],
            "person_name": f"Person {person}",
            "person_city": None,
            "source": "made",
            "source_key": "",
            "file": "made",
            "line": body,
            "retrieved_at": "2026-06-30",
        }

    def _seats_in(self, body: int) -> list[Row]:
        return [self._mandate(person, body) for person in np.unique(self.seat[self.start[body] : self.start[body + 1]]).tolist()]

    def _seats_of(self, person: int) -> list[Row]:
        bodies = np.unique(self.by_person[self.of_person[person] : self.of_person[person + 1]])
        return [self._mandate(person, body) for body in bodies.tolist()]

    def _record(self, row: Mapping[str, Any]) -> list[Row]:
        entity = self.team.get(row["id"]) or _person(int(row["id"][1:], 16))
        return [{"id": row["id"], "entity": entity, "record_table": "person", "link_to": None}]

    def _contact(self, row: Mapping[str, Any]) -> list[Row]:
        owner = int(row["owner"][2:], 16)
        return [
            {
                "person": row["owner"],
                "other": row["id"],
                "record_id": "r",
                "person_record": "r" + row["id"][2:],
                "owner": self.names[owner],
                "visibility": "team",
                "kind": "address_book",
                "since": None,
                "closeness": None,
                "name_as_written": "",
                "source": "made",
                "file": "made",
                "line": 1,
            }
        ]

    def _write_index(self, sizes: Ids) -> int:
        settings = TieSettings()
        left, right, body = self._pairs(sizes)
        friends = np.repeat(np.arange(TEAM), KNOWN), self.known.ravel()
        one, two = np.triu_indices(TEAM, 1)
        origin = np.repeat(np.array([SHARED_MANDATE, CONTACT, COLLEAGUE], np.uint8), [len(left), len(friends[0]), len(one)])
        owner = np.full(len(origin), -1, np.int32)
        owner[origin == CONTACT] = friends[0]
        left, right = np.r_[left, friends[0], one].astype(np.int32), np.r_[right, friends[1], two].astype(np.int32)
        body = np.r_[body, np.full(len(origin) - len(body), -1)].astype(np.int32)
        order = np.lexsort((owner, body, origin, right, left))
        left, right, body, owner, origin = left[order], right[order], body[order], owner[order], origin[order]
        first = np.flatnonzero(np.r_[True, (left[1:] != left[:-1]) | (right[1:] != right[:-1])])
        shared = body >= 0
        start = np.where(shared, self.since[body], NO_DAY).astype(np.int32)
        gone = np.where(shared, self.left[body], NEVER).astype(np.int32)
        last = np.where(gone == NEVER, _TODAY, gone).astype(np.int32)
        days = np.where(shared, sizes[body] * (last - start + 1), 0).astype(np.int32)
        given = np.select([origin == CONTACT, origin == COLLEAGUE], [1, 2], 0).astype(np.uint16)
        none = np.zeros(0, np.int32)
        bodies = BodySizes(
            np.arange(len(sizes), dtype=np.int32),
            np.full(len(sizes), NEVER, np.int32),
            np.arange(len(sizes) + 1, dtype=np.int64),
            self.since,
            sizes.astype(np.int32),
            np.zeros(len(sizes), np.int64),
        )
        interactions = Interactions(none, none, none, none.astype(np.uint8), none.astype(np.bool_), np.array([_TODAY], np.int32))
        table = ReasonTable(
            np.r_[first, len(left)].astype(np.int64),
            np.arange(len(left) + 1, dtype=np.int64),
            body,
            owner,
            origin,
            last,
            gone == NEVER,
            np.zeros(len(left)),
            start,
            shared,
            last,
            gone,
            np.where(shared, start, NEVER).astype(np.int32),
            np.zeros(len(left), np.int32),
            days,
            given,
            np.zeros(len(left), np.bool_),
            np.array([0.0, settings.contact_address_book, settings.colleague]),
            np.array([9], np.int32),
            np.array([_TODAY], np.int32),
        )
        known = Reasons(table, bodies, interactions, settings).derive(FOREVER)
        table = ReasonTable(**{**table.__dict__, "kind": known.kind, "end": known.end, "is_open": known.is_open, "base": known.base})
        for part in (bodies, interactions, table):
            part.save(self.folder)
        strength = combine(Reasons(table, bodies, interactions, settings).strengths(Filter()), table.tie_start)
        self._write_rows(left[first], right[first], strength)
        (self.folder / "owners.txt").write_text("\n".join(self.names), encoding="utf-8")
        (self.folder / "formula.json").write_text(json.dumps(asdict(settings)), encoding="utf-8")
        np.save(self.folder / "person_id.npy", np.char.add("p-", _hexadecimal(self.people)).astype("S22"))
        np.save(self.folder / "organisation_id.npy", np.char.add("o-", _hexadecimal(len(sizes))).astype("S22"))
        np.save(self.folder / "person_bodies.npy", np.diff(self.of_person).astype(np.int32))
        return len(first)

    def _pairs(self, sizes: Ids) -> tuple[Ids, Ids, Ids]:
        lefts, rights, bodies = [], [], []
        for size in range(2, LARGEST_BODY + 1):
            chosen = np.flatnonzero(sizes == size)
            members = self.seat[self.start[chosen][:, None] + np.arange(size)]
            one, other = np.triu_indices(size, 1)
            lefts.append(members[:, one].ravel())
            rights.append(members[:, other].ravel())
            bodies.append(np.repeat(chosen.astype(np.int32), len(one)))
        left, right, body = np.concatenate(lefts), np.concatenate(rights), np.concatenate(bodies)
        distinct = left != right
        return np.minimum(left, right)[distinct], np.maximum(left, right)[distinct], body[distinct]

    def _write_rows(self, left: Ids, right: Ids, strength: Floats) -> None:
        person = np.r_[left, right]
        order = np.lexsort((np.r_[right, left], -np.r_[strength, strength], person))
        np.save(self.folder / "indptr.npy", np.r_[0, np.cumsum(np.bincount(person, minlength=self.people))].astype(np.int64))
        np.save(self.folder / "neighbour.npy", np.r_[right, left][order].astype(np.int32))
        np.save(self.folder / "tie.npy", np.r_[np.arange(len(left)), np.arange(len(left))][order].astype(np.int32))
        np.save(self.folder / "strength.npy", np.r_[strength, strength][order])


def _person(position: int) -> str:
    return f"p-{position:020x}"


def _body(position: int) -> str:
    return f"o-{position:020x}"


def _hexadecimal(count: int) -> np.ndarray[Any, Any]:
    return np.array([f"{each:020x}" for each in range(count)])
