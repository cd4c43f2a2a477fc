"""The records that changed judgements concern, put together as the build puts all of them together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Literal

from referralgraph.identity import DECIDED, Decided, decide, sides_of
from referralgraph.judgements import Judgement
from referralgraph.questions.built_rows import BuiltRows

if TYPE_CHECKING:
    import pyarrow as pa

    from referralgraph.resolve.joined import Joined

Row = dict[str, Any]
Kind = Literal["person", "organisation"]
PREFIX: dict[Kind, str] = {"person": "p-", "organisation": "o-"}


class Concerned:
    """Whatever may be another by judgements that are newer than the build, or that were taken back since.

    These are the records that they name, those of the same entities, those that could be one with them by what they have in common,
    and those that other judgements name beside any of these.

    :param built: what the store says of the revision.
    :param before: judgements that the revision was built with, in the order in which they were made.
    :param now: those that stand now.
    """

    def __init__(self, built: BuiltRows, before: Sequence[Judgement], now: Sequence[Judgement]) -> None:
        self._built = built
        self.rows: dict[str, Row] = {}
        self.records_of: dict[str, set[str]] = {}
        self._entities: dict[str, Row] = {}
        self._joined: dict[Kind, tuple[pa.Array, Joined]] = {}
        judgements = {each.id: each for each in (*before, *now)}
        naming: dict[str, list[str]] = defaultdict(list)
        for each in judgements.values():
            for record in _named(each):
                naming[record].append(each.id)
        changed = {each.id for each in before} ^ {each.id for each in now}
        asked: set[str] = set()
        told: set[str] = set()
        waiting = {record for each in changed for record in _named(judgements[each])}
        while waiting:
            asked |= waiting
            beside = {each for record in waiting for each in naming.get(record, ())} - told
            told |= beside
            found = {record for each in beside for record in _named(judgements[each])}
            rows = built.of("read/record", sorted(waiting))
            self.rows |= {row["id"]: row for row in rows}
            found |= {pair["other"] for row in rows for pair in _pairs(row)}
            for entity in self._read({row["entity"] for row in rows} - self._entities.keys()):
                found |= set(entity["records"])
            waiting = found - asked
        self.decided: Decided = decide([each for each in now if each.id in told], self.rows.keys())
        self.named = frozenset(record for each in self.decided.counting for record in _named(each))

    def _read(self, entities: Collection[str]) -> list[Row]:
        rows = [
            row
            for kind, prefix in PREFIX.items()
            for row in self._built.of(f"read/{kind}", sorted(each for each in entities if each.startswith(prefix)))
        ]
        self._entities |= {row["id"]: row for row in rows}
        self.records_of |= {row["id"]: set(row["records"]) for row in rows}
        return rows

    def told(self, record: str) -> Row:
        """Return a record with what it says of its entity: its own words, or of one that stands alone the entity's."""
        row = self.rows[record]
        own = json.loads(row["attributes"]) if row["attributes"] else self._entities[row["entity"]]
        return {**own, **row, "name": own["name"], "city": own["city"], "record_id": record, "private": bool(row["only_for"])}

    def changed(self, kind: Kind) -> list[list[str]]:
        """Return the records of each person, or organisation, that isn't as it was built, sorted; or that is it by other pairs."""
        records = sorted(record for record, row in self.rows.items() if row["entity"].startswith(PREFIX[kind]))
        if not records:
            return []
        import numpy as np  # a question without judgements doesn't wait for it

        ids, joined = self._together(kind, records)
        groups: dict[int, list[str]] = defaultdict(list)
        for record, label in zip(records, joined.labels(ids).tolist(), strict=True):
            groups[label].append(record)
        # who is made of the same records is called after the same one
        first = np.array([f"{PREFIX[kind]}{each[1:]}" not in self._entities for each in records], np.int64)
        moved = {row["record_id"] for row in joined.trees(ids, first).to_pylist()
                 if any(row[name] != self.rows[row["record_id"]][name] for name in ("link_to", "because", "proof"))}  # fmt: skip
        return [
            each for each in groups.values()
            if set(each) != self.records_of[self.rows[each[0]]["entity"]] or not moved.isdisjoint(each)
        ]  # fmt: skip

    def unsure(self, kind: Kind) -> list[list[str]]:
        """Return the records of clusters that fall apart now, and of which the revision hasn't all pairs: it may be at other seams.

        Of an entity in which nothing contradicted and of which nobody had judged anything, it has no more pairs than make it one.
        That is enough where it is said of each two of its records whether they are one.
        """
        if kind not in self._joined:
            return []
        ids, joined = self._joined[kind]
        found = []
        for records in joined.contradicting(ids):
            whole = any(self.rows[each]["pairs"] for each in records)
            known = {self.rows[each]["entity"] for each in records if not self.rows[each]["pairs"]}
            several = [each for each in known if len(self.records_of[each]) > 1]
            if several and (whole or not all(self._is_said(self.records_of[each]) for each in several)):
                found.append(records)
        return found

    def _is_said(self, records: Collection[str]) -> bool:
        """Return whether judgements say of each two of some records whether they are one."""
        group: dict[str, str] = {}
        for one, other in self.decided.together:
            first, second = group.get(one, one), group.get(other, other)
            group |= {record: first for record, head in (*group.items(), (one, one), (other, other)) if head in (first, second)}
        apart = {frozenset(group.get(each, each) for each in pair[:2]) for pair in self.decided.apart}
        heads = sorted({group.get(each, each) for each in records})
        return all(frozenset((one, other)) in apart for at, one in enumerate(heads) for other in heads[:at])

    def _together(self, kind: Kind, records: Sequence[str]) -> tuple[pa.Array, Joined]:
        import pyarrow as pa  # a question without judgements doesn't wait for these

        from referralgraph.resolve.joined import FACT, PAIR, join_records

        if kind not in self._joined:
            ids = pa.array(records, pa.string())
            pairs = pa.Table.from_pylist(self._told_pairs(records), PAIR)
            of_people = kind == "person"
            facts = pa.Table.from_pylist(self._told_facts(records), FACT) if of_people else self._facts_of_organisations(records)
            self._joined[kind] = ids, join_records(kind, ids, pairs, facts, self.decided)
        return self._joined[kind]

    def _told_pairs(self, records: Sequence[str]) -> list[Row]:
        from referralgraph.resolve.joined import kind_of

        found = set()
        for record in records:
            row = self.rows[record]
            told = _pairs(row)
            if not told and row["link_to"] and row["because"] != DECIDED:
                kind = kind_of(row["because"], row["probability"])
                told = [{**row, "other": row["link_to"], "kind": kind}]
            for pair in told:
                ends = sorted((record, pair["other"]))
                found.add((*ends, pair["because"], pair["probability"], pair["proof"], pair["kind"]))
        names = ("record_id", "other", "because", "probability", "proof", "kind")
        return [dict(zip(names, each, strict=True)) for each in sorted(found)]

    def _told_facts(self, records: Sequence[str]) -> list[Row]:
        return [
            {"record_id": record, "topic": topic, "value": value}
            for record in records
            for topic, value in json.loads(self.rows[record]["facts"] or "[]")
        ]

    def _facts_of_organisations(self, records: Sequence[str]) -> pa.Table:
        from referralgraph.resolve.entities import facts_of_organisations

        with self._built.database() as connection:
            return facts_of_organisations(connection, [self.told(each) for each in records])

    def trees(self, kind: Kind, groups: Sequence[Sequence[str]], in_contacts: Collection[str]) -> list[Row]:
        """Return by which pair each record of some groups hangs on its entity, and on which root.

        :param groups: of :meth:`changed`.
        :param in_contacts: records that stand in an address book or a diary.
        """
        import numpy as np

        from referralgraph.resolve.entities import root_rank

        ids, joined = self._joined[kind]
        wanted = {record for group in groups for record in group}
        rank = np.zeros(len(ids), np.int64)
        for at, record in enumerate(ids.to_pylist()):
            if record in wanted:
                was_root = f"{PREFIX[kind]}{record[1:]}" in self._entities
                rank[at] = root_rank(self.told(record), in_contacts=record in in_contacts, was_root=was_root)[0]
        return [row for row in joined.trees(ids, rank).to_pylist() if row["record_id"] in wanted]


def _named(judgement: Judgement) -> set[str]:
    return {record for side in sides_of(judgement) for record in side}


def _pairs(row: Row) -> list[Row]:
    told: list[Row] = json.loads(row["pairs"]) if row["pairs"] else []
    return told
