"""The search against enumeration of every path, on thousands of small random graphs, compiled and interpreted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referralgraph.index import TieIndex
from referralgraph.index.compiled import INTERPRETED, VECTORS, Kernels, kernels
from referralgraph.index.search import run_search

# Few and round strengths make many equal products; the others make products that differ only by rounding.
STRENGTHS = st.one_of(
    st.sampled_from([0.5]),
    st.sampled_from([1.0, 0.5, 0.25]),
    st.sampled_from([0.1, 0.3, 0.7, 0.9, 0.25, 1.0]),
    st.floats(1e-6, 1.0),
)

EXACT = settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@dataclass(frozen=True)
class Case:
    """A small graph with parallel ties, and a question to it."""

    ties: tuple[tuple[int, int, float], ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    avoid: tuple[int, ...]
    k: int
    max_ties: int
    min_strength: float


@st.composite
def cases(draw: st.DrawFn) -> Case:
    people = draw(st.integers(2, 9))
    pairs = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(lambda pair: pair[0] != pair[1])
    drawn = draw(st.lists(pairs, min_size=1, max_size=24))
    kind = draw(st.sampled_from([STRENGTHS, st.just(0.5)]))
    ties = tuple((one, other, draw(kind)) for one, other in drawn)
    tied = sorted({person for one, other, _ in ties for person in (one, other)})
    some = st.lists(st.sampled_from(tied), min_size=1, max_size=3, unique=True).map(tuple)
    return Case(
        ties,
        draw(some),
        draw(some),
        draw(st.one_of(st.just(()), some)),
        draw(st.sampled_from([1, 2, 3, 10, 500])),
        draw(st.integers(1, 6)),
        draw(st.sampled_from([0.0, 0.0, 0.01, 0.0625, 0.125, 0.3])),
    )


def combined(ties: tuple[tuple[int, int, float], ...]) -> dict[tuple[int, int], float]:
    """Noisy-or over the rows of each pair, by pair in both directions."""
    rows: dict[tuple[int, int], list[float]] = {}
    for one, other, strength in ties:
        rows.setdefault((min(one, other), max(one, other)), []).append(strength)
    strengths = {}
    for (one, other), several in rows.items():
        strength = several[0] if len(several) == 1 else 1.0 - math.prod(1.0 - each for each in sorted(several))
        strengths[one, other] = strengths[other, one] = strength
    return strengths


def walks(ties: dict[tuple[int, int], float], case: Case, path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every simple path that starts like this, by trying everyone at every step."""
    closed = {*case.sources, *case.targets, *case.avoid}
    for person in sorted({one for one, _ in ties}):
        if person in path or (path[-1], person) not in ties:
            continue
        if person in case.targets:
            yield (*path, person)
        if person not in closed and len(path) < case.max_ties:
            yield from walks(ties, case, (*path, person))


def twelve_digits(strength: float) -> float:
    return float(f"{strength:.11e}")


def enumerated(case: Case) -> list[tuple[tuple[int, ...], float]]:
    """Return the k strongest of all paths."""
    ties = combined(case.ties)
    found = []
    for source in case.sources:
        for path in walks(ties, case, (source,)):
            strength = 1.0
            for pair in pairwise(path):
                strength *= ties[pair]
            if twelve_digits(strength) >= twelve_digits(case.min_strength):
                found.append((path, strength))
    found.sort(key=lambda each: (-twelve_digits(each[1]), each[0]))
    return found[: case.k]


def answered(case: Case, loops: Kernels) -> list[tuple[tuple[int, ...], float]]:
    index = index_of(case)
    found = run_search(
        index.rows,
        index.people,
        index.compact(case.sources),
        index.compact(case.targets),
        k=case.k,
        max_ties=case.max_ties,
        min_strength=case.min_strength,
        avoid=index.compact(case.avoid),
        loops=loops,
    )
    assert found.complete
    return [(path.people, path.strength) for path in found.paths]


def index_of(case: Case) -> TieIndex:
    left, right, strength = zip(*case.ties, strict=True)
    return TieIndex.from_arrays(left, right, strength)


def same(found: list[tuple[tuple[int, ...], float]], expected: list[tuple[tuple[int, ...], float]]) -> None:
    assert [people for people, _ in found] == [people for people, _ in expected]
    assert [strength for _, strength in found] == pytest.approx([strength for _, strength in expected], rel=1e-12)


@EXACT
@given(cases())
def test_machine_code_finds_what_enumeration_finds(case: Case) -> None:
    same(answered(case, kernels()), enumerated(case))


@settings(EXACT, max_examples=300)
@given(cases())
def test_plain_python_finds_the_very_same(case: Case) -> None:
    assert answered(case, INTERPRETED) == answered(case, kernels())


@EXACT
@given(cases())
def test_whole_arrays_find_the_very_same(case: Case) -> None:
    """Strengths to the last bit: both multiply from source to target."""
    assert answered(case, VECTORS) == answered(case, kernels())


@settings(EXACT, max_examples=300)
@given(cases())
def test_networkx_finds_the_same_strengths(case: Case) -> None:
    graph = nx.Graph()
    for (one, other), strength in combined(case.ties).items():
        graph.add_edge(one, other, cost=-math.log(strength))
    strengths = []
    for source in case.sources:
        for target in case.targets:
            # Only the two ends of the path at hand may be sources, targets or avoided people.
            closed = {*case.sources, *case.targets, *case.avoid} - {source, target}
            open_graph = graph.subgraph(set(graph) - closed)
            if source != target:
                for path in nx.all_simple_paths(open_graph, source, target, cutoff=case.max_ties):
                    strengths.append(math.exp(-nx.path_weight(open_graph, path, "cost")))
    expected = sorted((each for each in strengths if each >= case.min_strength * (1 - 1e-9)), reverse=True)[: case.k]
    assert [strength for _, strength in answered(case, kernels())] == pytest.approx(expected, rel=1e-9)


@settings(EXACT, max_examples=300)
@given(cases(), st.lists(st.lists(st.integers(0, 8), min_size=1, max_size=3), max_size=4))
def test_many_groups_are_answered_like_one_by_one(case: Case, groups: list[list[int]]) -> None:
    index = index_of(case)
    known = set(index.people.tolist())
    wanted = [[person for person in group if person in known] for group in groups] + [list(case.targets)]
    together = index.best_paths(case.sources, wanted, case.k, case.max_ties, case.min_strength, avoid=case.avoid)
    assert [result.paths for result in together] == [
        index.paths(case.sources, group, case.k, case.max_ties, case.min_strength, avoid=case.avoid) for group in wanted
    ]


@settings(EXACT, max_examples=400)
@given(cases(), st.randoms(use_true_random=False))
def test_filtered_strengths_answer_like_the_ties_that_remain(case: Case, random: object) -> None:
    """Each tie is dropped, kept, weakened or strengthened; the answer is that of an index built from what remains."""
    index = index_of(case)
    changed: dict[tuple[int, int], float] = {}
    for (one, other), strength in combined(case.ties).items():
        if one < other:
            share = random.choice([0.0, 0.5, 1.0, 1.7])  # type: ignore[attr-defined]
            changed[one, other] = min(1.0, strength * share)
    person = index.people[np.repeat(np.arange(len(index)), np.diff(index.rows.indptr))].tolist()
    neighbour = index.people[index.rows.neighbour].tolist()
    filtered = index.with_strengths([changed[min(pair), max(pair)] for pair in zip(person, neighbour, strict=True)])
    left = tuple((one, other, strength) for (one, other), strength in changed.items() if strength > 0.0)
    rebuilt = enumerated(Case(left, case.sources, case.targets, case.avoid, case.k, case.max_ties, case.min_strength))
    question = (case.sources, case.targets, case.k, case.max_ties, case.min_strength)
    same([(path.people, path.strength) for path in filtered.paths(*question, avoid=case.avoid)], rebuilt)


@settings(EXACT, max_examples=300)
@given(cases())
def test_barred_people_are_avoided_people(case: Case) -> None:
    index = index_of(case)
    barred = np.zeros(len(index), dtype=np.bool_)
    barred[index.compact(case.avoid)] = True
    found = run_search(
        index.rows,
        index.people,
        index.compact(case.sources),
        index.compact(case.targets),
        k=case.k,
        max_ties=case.max_ties,
        min_strength=case.min_strength,
        avoid=index.compact([]),
        barred=barred,
    )
    assert found.paths == index.paths(
        case.sources, case.targets, case.k, case.max_ties, case.min_strength, avoid=case.avoid
    )


@settings(EXACT, max_examples=200)
@given(cases(), st.integers(0, 23))
def test_a_stronger_tie_never_weakens_the_best_path(case: Case, which: int) -> None:
    one, other, strength = case.ties[which % len(case.ties)]
    stronger = Case((*case.ties, (one, other, strength)), case.sources, case.targets, case.avoid, 1, case.max_ties, 0.0)
    before = enumerated(Case(case.ties, case.sources, case.targets, case.avoid, 1, case.max_ties, 0.0))
    after = answered(stronger, kernels())
    assert [strength for _, strength in after] >= [strength * (1 - 1e-12) for _, strength in before]
