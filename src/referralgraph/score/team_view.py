"""What a team thinks of one stakeholder, out of what each colleague says.

Every function is pure and doesn't depend on the order in which views were entered.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Policy = Literal["average", "best", "responsible"]
POLICIES: tuple[Policy, ...] = ("average", "best", "responsible")
_DIGITS = 6  # an average of whole numbers is equal on every machine to so many digits
APART = 2  # colleagues who are so far apart disagree


@dataclass(frozen=True, slots=True)
class View:
    """What one colleague says now about one field.

    :param by: who says it.
    :param at: since when, ISO 8601.
    :param value: on the field's scale.
    :param reason: why.
    """

    by: str
    at: str
    value: Any
    reason: str | None = None


def average(views: Sequence[View]) -> float | None:
    """Return the mean of numbers, rounded to six digits; None if nobody says anything."""
    if not views:
        return None
    return round(math.fsum(sorted(float(view.value) for view in views)) / len(views), _DIGITS)


def by_policy(views: Sequence[View], policy: Policy, responsible: str | None) -> float | None:
    """Return the relationship of the team to a stakeholder, -2 to 2.

    - ``average``: the mean of what the colleagues say;
    - ``best``: the highest of it, because one good relationship opens the door for all;
    - ``responsible``: what the responsible colleague says. If nobody is responsible, or he says nothing, there is none:
      another's view isn't put in its place.

    :param views: one for each colleague who says anything.
    :param responsible: name of who is responsible.
    """
    if policy == "average":
        return average(views)
    if policy == "best":
        return max((float(view.value) for view in views), default=None)
    return next((float(view.value) for view in views if view.by == responsible), None)


def commonest(views: Sequence[View], responsible: str | None) -> Any:
    """Return the word that most colleagues say; among equals that of the responsible one, the newest, the first by alphabet."""
    if not views:
        return None
    votes = Counter(view.value for view in views)
    most = max(votes.values())
    return min(
        (view for view in views if votes[view.value] == most),
        key=lambda view: (view.by != responsible, _newest_first(view.at), str(view.value)),
    ).value


def disagree(values: Sequence[float]) -> bool:
    """Return whether colleagues are two or more apart, or some are for and some against."""
    return bool(values) and (max(values) - min(values) >= APART or (min(values) < 0 < max(values)))


def _newest_first(at: str) -> tuple[int, ...]:
    return tuple(-ord(sign) for sign in at)
