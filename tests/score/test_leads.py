"""The proposed relationship matrix against every matrix that there is: five stakeholders, four of us, 1,024 assignments."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from referralgraph.score.leads import Ours, Theirs, cost, most_junior, pair, propose
from referralgraph.score.settings import AccountSettings

SETTINGS = AccountSettings()
NAMES = ("Anna", "Ben", "Carla", "Dirk")
COLOURS = ("red", "yellow", "green", "blue")


def a_case(seed):
    """Return a team, stakeholders and limits; from seed to seed they are too few, just enough or plenty."""
    dice = random.Random(seed)
    team = [
        Ours(name, dice.choice([None, 1, 2, 3, 4, 5]), tuple(dice.sample("DTCP", dice.randint(0, 2))),
             tuple(dice.sample(COLOURS, dice.randint(0, 2))), dice.randint(0, 3), dice.random() < 0.15)
        for name in NAMES]
    stakeholders = [
        Theirs(f"s{number}", dice.choice([None, 1, 2, 3, 4, 5]), dice.choice([None, "D", "T", "C", "P"]),
               tuple(dice.sample(COLOURS, dice.randint(0, 2))), dice.random() < 0.3,
               {name: round(dice.random(), 3) for name in NAMES if dice.random() < 0.4},
               {name: dice.randint(-2, 2) for name in NAMES if dice.random() < 0.5},
               frozenset(name for name in NAMES if dice.random() < 0.1))
        for number in range(5)]
    return team, stakeholders


def pairs_of(team, stakeholders):
    junior = most_junior(team)
    return [[pair(ours, theirs, junior, SETTINGS) for ours in team] for theirs in stakeholders]


@pytest.mark.parametrize("seed", range(60))
def test_it_equals_the_exhaustive_optimum(seed):
    """The least cost of all assignments, and of equal ones the first in the order of rows and columns."""
    team, stakeholders = a_case(seed)
    pairs, limits = pairs_of(team, stakeholders), [each.limit for each in team]
    best = min(product(range(len(team)), repeat=len(stakeholders)), key=lambda leads: (cost(pairs, limits, leads), leads))
    assert propose(pairs, limits) == list(best)


def test_the_cost_by_hand():
    """A chief executive who decides, and two of us.

    Anna: tie 0.5 gives 3 x 0.5 = 1.5, rank 4 to 5 gives 2 x (1 - 1/2) = 1, function 1, relationship 1 gives 2 x 1/2 = 1, opposite
    colours -0.5: 4.0 together. Ben, rank 1 to 5: 2 x -1 = -2, same colour 0.5: -1.5; and he is the most junior of us.
    """
    anna = Ours("Anna", 4, ("D",), ("red",), limit=0)
    ben = Ours("Ben", 1, (), ("green",))
    ceo = Theirs("ceo", 5, "D", ("green",), True, {"Anna": 0.5}, {"Anna": 1})
    pairs = pairs_of([anna, ben], [ceo])
    assert [each.value for each in pairs[0]] == [4000, -1500]
    assert [each.rules for each in pairs[0]] == [(), ("junior",)]
    assert cost(pairs, [0, 5], [0]) == 10**8 - 4000
    assert cost(pairs, [0, 5], [1]) == 10**11 + 1500
    assert propose(pairs, [0, 5]) == [0]  # a limit gives way before a rule


def a_clear_case():
    """Anna knows the first well and Ben the second; both can lead both."""
    team = [Ours("Anna", 3), Ours("Ben", 3)]
    return team, [Theirs("one", ties={"Anna": 0.9}), Theirs("two", ties={"Ben": 0.6, "Anna": 0.5})]


def proposed(team, stakeholders):
    leads = propose(pairs_of(team, stakeholders), [each.limit for each in team])
    return [team[column].name for column in leads]


def test_it_changes_with_a_tie_an_assessment_and_somebodys_availability():
    team, stakeholders = a_clear_case()
    assert proposed(team, stakeholders) == ["Anna", "Ben"]
    one, two = stakeholders
    assert proposed(team, [one, replace(two, ties={"Anna": 0.5})]) == ["Anna", "Anna"]
    assert proposed(team, [one, replace(two, relationships={"Ben": -2, "Anna": 2})]) == ["Anna", "Anna"]
    assert proposed([replace(team[0], away=True), team[1]], stakeholders) == ["Ben", "Ben"]
    assert proposed([replace(team[0], limit=0), team[1]], stakeholders) == ["Ben", "Ben"]
    assert proposed(team, [replace(one, forbidden=frozenset({"Anna"})), two]) == ["Ben", "Ben"]


def test_everybody_has_one_lead_even_where_the_limits_are_too_small():
    team = [Ours("Anna", limit=1), Ours("Ben", limit=1)]
    assert len(proposed(team, [Theirs(str(number)) for number in range(5)])) == 5


def test_there_is_no_most_junior_among_equals_and_unknowns():
    assert most_junior([Ours("Anna", 2), Ours("Ben", 2), Ours("Carla")]) == frozenset()
    assert most_junior([Ours("Anna", 2), Ours("Ben", 1), Ours("Carla", 1)]) == {"Ben", "Carla"}


def test_without_rows_or_columns_there_is_nothing_to_propose():
    assert propose([], [1]) == []
    assert propose([[]], []) == []
