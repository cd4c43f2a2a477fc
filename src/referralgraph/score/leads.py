"""Who of us should lead which stakeholder: the value of every pair, the best whole matrix, and what is wrong with one.

The relationship matrix of the TERP method (Sieck): exactly one lead a row. Which assignment is best is the linear assignment
problem with a capacity for each colleague; :func:`scipy.optimize.linear_sum_assignment` solves it exactly (Crouse 2016,
doi:10.1109/TAES.2016.140952).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from referralgraph.score.segments import colour_fit
from referralgraph.score.settings import AccountSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POINTS = 1000  # values are whole numbers, so that sums are exact and equal optima are told apart by rule
_OVER_LIMIT = 10**8  # each lead above a colleague's limit costs more than any choice can win
_AGAINST_RULE = 10**11  # and each lead against a rule more than any number of leads above a limit
_COLOUR_SHARE = {"same": 1.0, "neighbouring": 0.5, "opposite": -1.0}


@dataclass(frozen=True, slots=True)
class Ours:
    """One of our people, as far as the choice of a lead goes.

    :param limit: how many stakeholders he may lead.
    :param away: can't lead anybody.
    """

    name: str
    rank: int | None = None
    functions: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    limit: int = 5
    away: bool = False


@dataclass(frozen=True, slots=True)
class Theirs:
    """One stakeholder, as far as the choice of his lead goes.

    :param decides: he is a decision-maker: not for the most junior of us.
    :param ties: strength of the tie by the name of our colleague, (0, 1].
    :param relationships: what each colleague says of his own relationship, -2 to 2.
    :param forbidden: colleagues who should not deal with him, as people entered it.
    """

    key: str
    rank: int | None = None
    type: str | None = None
    colours: tuple[str, ...] = ()
    decides: bool = False
    ties: dict[str, float] = field(default_factory=dict)
    relationships: dict[str, int] = field(default_factory=dict)
    forbidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for or against a pair: its code, its points, and the values in it."""

    code: str
    points: int
    parameters: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell: what speaks for it and against it.

    :param value: sum of the points.
    :param rules: the rules that a lead here would break.
    """

    value: int
    grounds: tuple[Ground, ...]
    rules: tuple[str, ...]


def pair(ours: Ours, theirs: Theirs, junior: frozenset[str], settings: AccountSettings) -> Pair:
    """Return what speaks for and against our colleague as the lead of a stakeholder.

    weight_tie x strength + weight_rank x (1 - |ranks apart| / 2, at least -1) + weight_function if he is of the function +
    weight_relationship x own relationship / 2 + weight_colour x (1 same, 0.5 neighbouring, -1 opposite); what is unknown gives
    nothing. In thousandths.

    :param junior: names of the most junior of us, who don't lead a decision-maker.
    """
    grounds = []
    strength = theirs.ties.get(ours.name, 0.0)
    if strength > 0:
        grounds.append(Ground("tie", round(POINTS * settings.weight_tie * strength), {"strength": strength}))
    if ours.rank is not None and theirs.rank is not None:
        apart = abs(ours.rank - theirs.rank)
        grounds.append(
            Ground("rank", round(POINTS * settings.weight_rank * max(-1.0, 1 - apart / 2)), {"ours": ours.rank, "theirs": theirs.rank})
        )
    if theirs.type is not None and theirs.type in ours.functions:
        grounds.append(Ground("function", round(POINTS * settings.weight_function), {"function": theirs.type}))
    if ours.name in theirs.relationships:
        own = theirs.relationships[ours.name]
        grounds.append(Ground("relationship", round(POINTS * settings.weight_relationship * own / 2), {"relationship": own}))
    if fit := colour_fit(ours.colours, theirs.colours):
        grounds.append(Ground("colours", round(POINTS * settings.weight_colour * _COLOUR_SHARE[fit]), {"fit": fit}))
    rules = []
    if ours.away:
        rules.append("away")
    if ours.name in theirs.forbidden:
        rules.append("should_not")
    if theirs.decides and ours.name in junior:
        rules.append("junior")
    return Pair(sum(ground.points for ground in grounds), tuple(grounds), tuple(rules))


def most_junior(team: Sequence[Ours]) -> frozenset[str]:
    """Return the names of the most junior of us; nobody while all known ranks are equal."""
    ranks = [each.rank for each in team if each.rank is not None]
    if len(set(ranks)) < 2:
        return frozenset()
    return frozenset(each.name for each in team if each.rank == min(ranks))


def cost(pairs: Sequence[Sequence[Pair]], limits: Sequence[int], leads: Sequence[int]) -> int:
    """Return what an assignment costs: what the proposal has least of.

    :param pairs: one row a stakeholder, one column a colleague.
    :param limits: of each colleague.
    :param leads: column of the lead of each row.
    """
    over = sum(max(0, list(leads).count(column) - limit) for column, limit in enumerate(limits))
    broken = sum(len(pairs[row][column].rules) for row, column in enumerate(leads))
    return _AGAINST_RULE * broken + _OVER_LIMIT * over - sum(pairs[row][column].value for row, column in enumerate(leads))


def propose(pairs: Sequence[Sequence[Pair]], limits: Sequence[int]) -> list[int]:
    """Return the column of the lead of each row, so that :func:`cost` is least.

    Rules come before limits, limits before points: where they can't all hold, as few as possible are broken, and
    :func:`problems` says which. Of equal optima it is the first in the order of rows and columns.

    :param pairs: one row a stakeholder, one column a colleague.
    :param limits: how many rows each colleague may lead.
    :returns: one column a row; empty without rows or columns.
    """
    if not pairs or not pairs[0]:
        return []
    import numpy as np

    columns = [place for place, limit in enumerate(limits) for _ in range(len(pairs))]
    # One slot for each row that a colleague might lead, those above his limit dear; sums of whole numbers below 2**53 are exact.
    costs = np.array(
        [
            [
                _AGAINST_RULE * len(row[place].rules) - row[place].value + (_OVER_LIMIT if number % len(pairs) >= limits[place] else 0)
                for number, place in enumerate(columns)
            ]
            for row in pairs
        ],
        dtype=np.float64,
    )
    least = _solve(costs, {})
    fixed: dict[int, int] = {}
    for row in range(len(pairs)):
        for place in range(len(limits)):
            slots = [slot for slot, column in enumerate(columns) if column == place and slot not in fixed.values()]
            if slots and _solve(costs, {**fixed, row: slots[0]}) == least:
                fixed[row] = slots[0]
                break
    return [columns[fixed[row]] for row in range(len(pairs))]


def _solve(costs: NDArray[np.float64], fixed: dict[int, int]) -> float:
    """Return the least total when some rows have their slots already."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = [row for row in range(costs.shape[0]) if row not in fixed]
    slots = sorted(set(range(costs.shape[1])) - set(fixed.values()))
    total = float(sum(costs[row, slot] for row, slot in fixed.items()))
    if rows:
        left = costs[np.ix_(rows, slots)]
        total += float(left[linear_sum_assignment(left)].sum())
    return total
