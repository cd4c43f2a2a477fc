"""Every filter against an oracle in plain Python, and against ties derived anew from what passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from referralgraph.errors import DeadlineExceeded
from referralgraph.index.reasons import Filter
from referralgraph.index.told import day_number

if TYPE_CHECKING:
    from conftest import Planted
from tests.ties.oracle import (
    BODIES,
    CONSTANTS,
    DAYS,
    OWNERS,
    Asked,
    Build,
    World,
    answer,
    as_they_stood,
    asked,
    assert_same,
    days,
    oracle,
    plant,
    worlds,
)  # fmt: skip


def examples(count: int) -> settings:
    """So many made-up worlds, the same in every run."""
    return settings(
        max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


@examples(15)
@given(world=worlds, questions=st.lists(asked, min_size=6, max_size=12))
def test_ties_and_every_filter_equal_the_oracle(
    new_world: type[Planted], ties_of: Build, world: World, questions: list[Asked]
) -> None:
    """Reasons, their strengths, the noisy-or, symmetry and bounds, without a filter and under any mixture of them."""
    ties = ties_of(plant(new_world, world), CONSTANTS)
    for question in [Asked(), *(Asked(viewer=owner) for owner in OWNERS), *questions]:
        assert_same(answer(world, ties, question), oracle(world, question))


@examples(7)
@given(world=worlds, question=st.builds(Asked, days, viewer=st.sampled_from([None, *OWNERS])))
def test_a_day_and_a_viewer_equal_ties_derived_anew_from_the_records_that_pass(
    new_world: type[Planted], ties_of: Build, world: World, question: Asked
) -> None:
    """The index over all records, asked as of a day, says what the index over the records of that day says."""
    world = replace(world, removed=frozenset())
    passed = as_they_stood(world, question)
    full, anew = ties_of(plant(new_world, world), CONSTANTS), ties_of(plant(new_world, passed), CONSTANTS)
    assert_same(answer(passed, full, question), answer(passed, anew, question))


@examples(6)
@given(world=worlds, avoid=st.sampled_from(BODIES))
def test_avoiding_a_body_equals_ties_derived_anew_without_its_records(
    new_world: type[Planted], ties_of: Build, world: World, avoid: str
) -> None:
    """As if the body had never been registered."""
    rest = replace(world, rows=tuple(row for row in world.rows if row.body != avoid), removed=world.removed - {avoid})
    full, anew = ties_of(plant(new_world, world), CONSTANTS), ties_of(plant(new_world, rest), CONSTANTS)
    # the data's day is that of all records, so ages are measured from one day in both
    question = Asked(as_of=DAYS, avoid=(avoid,))
    assert_same(answer(rest, full, question), answer(rest, anew, Asked(as_of=DAYS)))


@examples(6)
@given(world=worlds, question=asked)
def test_order_and_repetition_of_records_do_not_matter(
    new_world: type[Planted], ties_of: Build, world: World, question: Asked
) -> None:
    """Rows backwards and twice give the same ties."""
    twice = replace(
        world,
        rows=world.rows[::-1] + world.rows,
        entries=world.entries[::-1] + world.entries,
        talks=world.talks[::-1] + world.talks,
    )
    once, again = ties_of(plant(new_world, world), CONSTANTS), ties_of(plant(new_world, twice), CONSTANTS)
    assert answer(world, once, question) == answer(world, again, question)


@examples(6)
@given(world=worlds, question=asked)
def test_the_rows_of_the_search_are_the_ties_one_by_one(
    new_world: type[Planted], ties_of: Build, world: World, question: Asked
) -> None:
    """What the search walks over is, for every pair, the strength that the tie itself gives; also for a viewer alone."""
    ties = ties_of(plant(new_world, world), CONSTANTS)
    for chosen in (each.of(ties) for each in (question, *(Asked(viewer=owner) for owner in OWNERS))):
        rows = ties.index.as_tie_index(chosen).rows
        for position in range(len(ties.index.person_ids)):
            span = slice(int(rows.indptr[position]), int(rows.indptr[position + 1]))
            walked = dict(zip(rows.neighbour[span].tolist(), rows.strength[span].tolist(), strict=True))
            assert {other: strength for other, strength in walked.items() if strength > 0} == dict(
                ties.index.neighbours(position, chosen)
            )
            for other, strength in walked.items():
                assert ties.index.tie(position, other, chosen)[0] == strength
                place = rows.neighbour[span].tolist().index(other)
                assert rows.ceiling[span][place] == max(rows.strength[span][place:])


def test_the_last_filters_are_kept_and_give_the_same_again(new_world: type[Planted], ties_of: Build) -> None:
    """Twenty days asked twice, more than are kept: the second answers are those of the first."""
    made = new_world()
    for who, since in (("a", "2010-01-01"), ("b", "2012-01-01"), ("c", "2016-01-01")):
        made.mandate(who, "firm", since)
    ties = ties_of(made)
    year = day_number(date(2010, 1, 1))
    first = [ties.all("abc", Filter(as_of=year + 300 * step)) for step in range(20)]
    assert first == [ties.all("abc", Filter(as_of=year + 300 * step)) for step in range(20)]
    assert len({len(each) for each in first}) == 3


def test_a_filter_that_is_not_worked_out_in_time_is_told_and_not_kept(new_world: type[Planted], ties_of: Build) -> None:
    """No time for the ties of a day: an error; with time, the ties of that day, and then they are there at once."""
    made = new_world()
    for who in "ab":
        made.mandate(who, "firm", "2010-01-01")
    ties = ties_of(made)
    chosen = ties.index.filter(as_of=date(2012, 1, 1))
    one, other = (ties.index.position("p-" + f"{who:0>20}") for who in "ab")

    def asked(seconds: float) -> list[float]:
        found = ties.index.search(
            [one], [other], chosen, k=1, max_ties=1, min_strength=0.0, barred=np.zeros(0, np.bool_), deadline=seconds)
        return [path.strength for path in found.paths]

    with pytest.raises(DeadlineExceeded, match="--timeout"):
        asked(-1.0)
    assert asked(60.0) == [pytest.approx(0.9)]
