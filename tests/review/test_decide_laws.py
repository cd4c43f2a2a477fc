"""What judgements say together, against a slow program that takes them one by one, the newest first."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.identity import decide, sides_of
from referralgraph.judgements import Judgement, standing, undo_of

RECORDS = st.sampled_from([f"r{each}" for each in "abcdef"])
SIDES = st.lists(RECORDS, min_size=2, max_size=4, unique=True).flatmap(
    lambda drawn: st.integers(1, len(drawn)).map(lambda cut: [side for side in (drawn[:cut], drawn[cut:]) if side])
)


def _judgements(told: list[list[list[str]]]) -> list[Judgement]:
    return [Judgement(f"j{at}", "identity", "Mara", f"2026-01-{at + 1:02}", values={"sides": sides}) for at, sides in enumerate(told)]


def _fits(chosen: list[Judgement]) -> bool:
    """Say by connected components whether some judgements can be true together."""
    graph = nx.Graph()
    for each in chosen:
        for side in sides_of(each):
            nx.add_path(graph, side)
            graph.add_nodes_from(side)
    group = {record: at for at, part in enumerate(nx.connected_components(graph)) for record in part}
    return all(
        group[one] != group[other]
        for each in chosen
        for left, right in combinations(sides_of(each), 2)
        for one in left
        for other in right
    )


def _counting(judgements: list[Judgement]) -> list[str]:
    kept: list[Judgement] = []
    for each in reversed(judgements):
        if _fits([*kept, each]):
            kept.append(each)
    return [each.id for each in kept]


@given(st.lists(SIDES, max_size=8))
def test_the_newest_counts_and_nothing_that_contradicts_it(told: list[list[list[str]]]) -> None:
    judgements = _judgements(told)
    decided = decide(judgements)
    assert [each.id for each in decided.counting] == _counting(judgements)
    assert not judgements or decided.counting[0] is judgements[-1]
    assert {each.id for each in decided.counting} | {each.id for each, _ in decided.overruled} == {each.id for each in judgements}
    order = {each.id: at for at, each in enumerate(judgements)}
    assert all(order[newer.id] > order[older.id] for older, newer in decided.overruled)


@given(st.lists(SIDES, min_size=1, max_size=6), st.data())
def test_what_is_taken_back_is_as_if_it_had_never_been_said(told: list[list[list[str]]], data: st.DataObject) -> None:
    judgements = _judgements(told)
    gone = data.draw(st.sampled_from(judgements))
    rows = [each.as_row() for each in judgements]
    undone = undo_of(rows, gone.id, by="Mara")
    rest = [each for each in judgements if each is not gone]
    after = decide(standing([*rows, undone.as_row()], "identity"))
    assert [each.id for each in after.counting] == [each.id for each in decide(rest).counting]
    again = undo_of([*rows, undone.as_row()], undone.id, by="Mara")
    restored = standing([*rows, undone.as_row(), again.as_row()], "identity")
    assert [each.id for each in restored] == [each.id for each in judgements]


@given(st.lists(SIDES, max_size=6), st.sets(RECORDS))
def test_records_that_are_gone_take_nothing_else_with_them(told: list[list[list[str]]], known: set[str]) -> None:
    judgements = _judgements(told)
    decided = decide(judgements, known)
    left = [[side for each in sides_of(one) if (side := [record for record in each if record in known])] for one in judgements]
    assert [each.id for each in decided.counting] == _counting(_judgements(left))
    assert {record for _, records in decided.gone for record in records}.isdisjoint(known)
    assert {record for pair in decided.together for record in pair} <= known
