"""Judgements: appended by any colleague, seen by the others at once, never lost and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

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


def test_many_write_at_once_and_none_is_lost(empty, opened):
    """Ten threads, five each: all fifty are there once, each thread's in its own order."""
    stores = [opened(empty) for _ in range(2)]

    def write(number: int) -> None:
        for place in range(5):
            stores[number % 2].append_judgements([{"by": number, "place": place}])

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(10)))
    told = stores[0].judgements()
    assert len(told) == 50
    for number in range(10):
        assert [each["place"] for each in told if each["by"] == number] == list(range(5))


def test_a_build_keeps_them_and_they_are_part_of_the_revision(empty, opened, builder):
    store = opened(empty, builder)
    settings = read_settings(builder.settings_file)
    before = build(builder, store, settings)
    store.append_judgements([{"kind": "veto", "person": "p-1"}])
    after = build(builder, store, settings)
    assert after.id != before.id
    assert opened(empty).judgements() == [{"kind": "veto", "person": "p-1"}]
