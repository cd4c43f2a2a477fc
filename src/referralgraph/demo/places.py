"""Courts and towns of the fictional country, the same in every country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from referralgraph.demo import words
from referralgraph.demo.dice import Dice, Floats, zipf

COURTS = 64
TOWNS_A_COURT = 30
# Companies are registered at the court of their area: nearly half in its own town, fewer in each further town.
TOWN_SHARES: Floats = zipf(TOWNS_A_COURT, shift=0.4, exponent=1.2)


@dataclass(frozen=True)
class Court:
    """A register court: `code` is the first part of its company numbers, `suffix` the last of its register numbers."""

    name: str
    code: str
    state: str
    suffix: str = ""


@cache
def towns() -> tuple[str, ...]:
    """Return all towns; those of court c are c * TOWNS_A_COURT and following, its own town first."""
    made = [start + end for start in words.TOWN_STARTS for end in words.TOWN_ENDS]
    order = np.argsort(Dice(0).uniform("town.order", np.arange(len(made))), kind="stable")
    return tuple(made[position] for position in order[: COURTS * TOWNS_A_COURT])


@cache
def courts() -> tuple[Court, ...]:
    """Return all register courts, the busiest first."""
    made = []
    for number in range(COURTS):
        state = number % len(words.STATES)
        name = towns()[number * TOWNS_A_COURT]
        # A few courts add letters to their numbers, and some codes end in a letter, as they do in the real register.
        suffix = name[:2].upper() if number % 16 == 5 else ""
        code = f"{'ABCEFHKL'[state]}{1101 + 13 * number}{'R' if number % 7 == 5 else ''}"
        made.append(Court(name, code, words.STATES[state], suffix))
    return tuple(made)


def postcode(town: int) -> str:
    """Return five digits that no real German town has (they start with 00)."""
    return f"00{town % 1000:03d}"
