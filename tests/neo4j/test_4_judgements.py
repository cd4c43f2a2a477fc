"""Judgements: appended by any colleague, seen by the others at once, never lost and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from referralgraph.build import build
from referralgraph.settings import read_settings


def test_a_colleague_sees_them_at_once_and_in_order(empty, opened):
    anna, ben = opened(empty), opened(empty)
    anna.append_judgements([{"kind": "veto", "person": "p-1"}, {"kind": "veto", "person": "p-2", "note": "Müller's \"}) //"}])
    ben.append_judgements([{"kind": "consent", "person": "p-1"}])
    anna.append_judgements([])
    expected = [{"kind": "veto", "person": "p-1"}, {"kind": "veto", "person": "p-2", "note": "Müller's \"}) //"},
                {"kind": "consent", "person": "p-1"}]
    assert ben.judgements() == expected
    assert anna.judgements() == expected


@pytest.mark.parametrize("turn", range(3))
def test_many_write_at_once_on_a_server_without_keys_and_none_is_lost(turn, empty, opened, ask):
    """Four computers, ten threads, five each, and not even a key is there: all fifty are kept once, each thread's in its order.

    All of them make the keys at the same moment, which Neo4j answers with deadlocks.
    """
    for made in ask("SHOW CONSTRAINTS YIELD name"):
        ask(f"DROP CONSTRAINT {made['name']}")
    for made in ask("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
        ask(f"DROP INDEX {made['name']}")
    stores = [opened(empty) for _ in range(4)]

    def write(number: int) -> None:
        for place in range(5):
            stores[number % 4].append_judgements([{"by": number, "place": place}])

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(10)))
    told = stores[0].judgements()
    assert len(told) == 50
    for number in range(10):
        assert [each["place"] for each in told if each["by"] == number] == list(range(5))
    assert len(ask("SHOW CONSTRAINTS YIELD name WHERE name ENDS WITH '_key' RETURN name")) == 6
    assert ask("MATCH (c:JudgementCounter) RETURN count(*) AS n") == [{"n": 1}]


def test_a_build_keeps_them_and_they_are_part_of_the_revision(empty, opened, builder):
    store = opened(empty, builder)
    settings = read_settings(builder.settings_file)
    before = build(builder, store, settings)
    store.append_judgements([{"kind": "veto", "person": "p-1"}])
    after = build(builder, store, settings)
    assert after.id != before.id
    assert opened(empty).judgements() == [{"kind": "veto", "person": "p-1"}]
