"""Meetings, calls and mails of our people as arrays: how much they lift a contact, as of a day and for a viewer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.index.rows import mapped
from referralgraph.score.settings import TieSettings
from referralgraph.score.strength import lifted_strength

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORDS = ("meeting", "call", "mail")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Interactions:
    """One row a day on which one of our people met, called or mailed somebody, grouped by the reason that it belongs to.

    :param reason: number of the reason, ascending.
    :param owner: position of who of our people it was among the owners.
    :param day: day number.
    :param kind: position in ``WORDS``.
    :param private: only its owner may see it.
    :param data_day: one number: the day from which they age unless a question names one.
    """

    reason: NDArray[np.int32]
    owner: NDArray[np.int32]
    day: NDArray[np.int32]
    kind: NDArray[np.uint8]
    private: NDArray[np.bool_]
    data_day: NDArray[np.int32]

    @classmethod
    def open(cls, folder: Path) -> Interactions:
        """Map the arrays of a folder into memory."""
        return cls(*(mapped(folder / f"interaction_{field.name}.npy") for field in fields(cls)))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        for field in fields(self):
            np.save(folder / f"interaction_{field.name}.npy", getattr(self, field.name))

    def rows(self, first: int, last: int, owner: int, day: int | None) -> NDArray[np.int64]:
        """Return the rows of reasons from first to before last that a viewer may see and that had taken place by a day.

        :param owner: position of the viewer among the owners, -1 for nobody.
        :param day: day number; None for all that are known.
        """
        begin, end = np.searchsorted(self.reason, (first, last)).tolist()
        seen = ~self.private[begin:end] | (self.owner[begin:end] == owner)
        if day is not None:
            seen &= self.day[begin:end] <= day
        found: NDArray[np.int64] = begin + np.flatnonzero(seen)
        return found

    def lifted(
        self, start: NDArray[np.float64], first: int, owner: int, day: int | None, settings: TieSettings
    ) -> NDArray[np.float64]:
        """Return what strengths of consecutive reasons become by the interactions that count.

        :param start: strength of each reason without them.
        :param first: number of the first of these reasons.
        :param owner: position of the viewer among the owners, -1 for nobody.
        :param day: day number from which they age, and after which none counts; None for all that are known.
        :param settings: constants of the formula.
        """
        rows = self.rows(first, first + len(start), owner, day)
        if not len(rows):
            return start
        today = int(self.data_day[0]) if day is None else day
        fresh = np.exp2(-np.maximum(today - self.day[rows], 0) / DAYS_A_YEAR / settings.interaction_half_life_years)
        place = (self.reason[rows].astype(np.int64) - first) * len(WORDS) + self.kind[rows]
        counts = np.bincount(place, weights=fresh, minlength=len(start) * len(WORDS)).reshape(-1, len(WORDS))
        met = np.flatnonzero(counts.any(axis=1))
        lifted = start.copy()
        lifted[met] = lifted_strength(start[met], counts[met, 0], counts[met, 1], counts[met, 2], settings)
        return lifted
