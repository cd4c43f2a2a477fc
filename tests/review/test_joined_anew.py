"""Records are put together by a question as a build puts them together, whatever was decided before it and since, or taken back.

Some records in pairs of all kinds, with birth dates that contradict, are joined as a build joins them, under some judgements. What the
revision has of it is all that a question is given; it puts the records together under other judgements, and must come to what the
build comes to that has all pairs. Drawn at random many times.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pytest

from referralgraph.identity import decide
from referralgraph.judgements import Judgement, standing, undo_of
from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.concerned import Concerned
from referralgraph.records.database import connect
from referralgraph.resolve.entities import root_rank
from referralgraph.resolve.joined import FACT, PAIR, STRONGEST, contested, join_records, publish_joined

RECORDS = [f"r{each}" for each in "abcdefghij"]
Row = dict[str, Any]


class Built:
    """The rows of a revision."""

    def __init__(self, records: list[Row], people: list[Row]) -> None:
        self._rows = {"read/record": {each["id"]: each for each in records}, "read/person": {each["id"]: each for each in people}}

    def of(self, name: str, ids: Iterable[str]) -> list[Row]:
        return [self._rows[name][each] for each in ids if each in self._rows.get(name, ())]


def _drawn(dice: random.Random) -> tuple[pa.Table, pa.Table]:
    pairs, facts = [], []
    for at in range(dice.randrange(3, 14)):
        kind = dice.choice(STRONGEST["person"])
        one, other = sorted(dice.sample(RECORDS, 2))
        because, _, floor = kind.partition(" ") if kind.startswith("weighed") else (kind, "", "")
        told = ("evidence weighed", float(floor or 0.85)) if because == "weighed" else (kind, dice.choice((0.9, 0.95)))
        pairs.append((one, other, *told, f"proof {at}", kind))
    for record in RECORDS:
        if dice.random() < 0.4:
            facts.append((record, "birth", dice.choice(("1960-01-01", "1975-07-30"))))
    return (
        pa.Table.from_pylist([dict(zip(PAIR.names, each, strict=True)) for each in pairs], PAIR),
        pa.Table.from_pylist([dict(zip(FACT.names, each, strict=True)) for each in facts], FACT),
    )


def _judgement(dice: random.Random, number: int) -> Judgement:
    drawn = dice.sample([*RECORDS, "rgone"], dice.randrange(2, 5))
    cut = dice.randrange(1, len(drawn) + 1)
    sides = [side for side in (drawn[:cut], drawn[cut:]) if side]
    return Judgement(f"j{number}", "identity", "Mara", f"2026-01-{number + 1:02}", tuple(drawn), {"sides": sides})


def _built(pairs: pa.Table, facts: pa.Table, before: Iterable[Judgement]) -> Built:
    records, named = pa.array(RECORDS), {record for each in before for record in each.records}
    joined = join_records("person", records, pairs, facts, decide(before, RECORDS))
    connection = connect()
    publish_joined(connection, "person", contested(records, pairs, joined, named), facts)
    told = {row["record_id"]: row for row in connection.table("person_told").to_arrow_table().to_pylist()}
    people: dict[str, list[str]] = defaultdict(list)
    rows = []
    for row in joined.trees(records, np.zeros(len(RECORDS), np.int64)).to_pylist():
        record, entity = row["record_id"], f"p-{row['root'][1:]}"
        people[entity].append(record)
        of_record = told.get(record, {"pairs": None, "facts": None})
        rows.append({
            **row, "id": record, "entity": entity, "record_table": "person", "source": "list", "pairs": of_record["pairs"],
            "facts": of_record["facts"], "attributes": '{"name": "Iva", "city": null}', "only_for": []})  # fmt: skip
    return Built(rows, [{"id": each, "records": records} for each, records in people.items()])


@pytest.mark.parametrize("seed", range(150))
def test_records_are_joined_as_by_the_next_build(seed: int) -> None:
    dice = random.Random(seed)
    pairs, facts = _drawn(dice)
    rows = [_judgement(dice, each).as_row() for each in range(dice.randrange(4))]
    before = standing(rows, "identity")
    built = _built(pairs, facts, before)
    for number in range(dice.randrange(1, 4)):
        stands = standing(rows)
        undone = undo_of(rows, dice.choice(stands).id, by="Mara") if stands and dice.random() < 0.7 else _judgement(dice, 10 + number)
        rows.append(undone.as_row())
    now = standing(rows, "identity")
    concerned = Concerned(cast("BuiltRows", built), before, now)
    changed = concerned.changed("person")
    asked = {record: frozenset(concerned.records_of[row["entity"]]) for record, row in concerned.rows.items()}
    for group in changed:
        asked |= dict.fromkeys(group, frozenset(group))
    records = pa.array(RECORDS)
    then = join_records("person", records, pairs, facts, decide(now, RECORDS))
    labels = then.labels(records).tolist()
    expected = {record: frozenset(RECORDS[at] for at, each in enumerate(labels) if each == label)
                for record, label in zip(RECORDS, labels, strict=True)}  # fmt: skip
    for row in built.of("read/record", RECORDS):
        asked.setdefault(row["id"], frozenset(built.of("read/person", [row["entity"]])[0]["records"]))
    unsure = {record for records in concerned.unsure("person") for record in records}
    for each in set(RECORDS) - unsure:
        assert asked[each] == expected[each]
    if changed and not unsure:
        roots = {row["id"] for row in built.of("read/person", [f"p-{each[1:]}" for each in RECORDS])}
        rank = [root_rank({"record_table": "person", "source": "list", "record_id": each}, in_contacts=False,
                          was_root=f"p-{each[1:]}" in roots)[0] for each in RECORDS]  # fmt: skip
        expected_rows = {row["record_id"]: row for row in then.trees(records, np.array(rank)).to_pylist()}
        few = {each for each, row in concerned.rows.items() if row["pairs"] or len(concerned.records_of[row["entity"]]) < 3}
        for row in concerned.trees("person", changed, ()):
            assert row["root"] == expected_rows[row["record_id"]]["root"]
            if few.issuperset(asked[row["record_id"]]):
                assert row == expected_rows[row["record_id"]]
        same = {row["id"]: row for row in built.of("read/record", set(RECORDS) - {each for group in changed for each in group} & few)}
        assert all(row["link_to"] == expected_rows[each]["link_to"] for each, row in same.items() if few.issuperset(asked[each]))
