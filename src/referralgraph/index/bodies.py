"""How the number of people in each body changed, so that its mean size is known for any time up to any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.index.rows import mapped

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class BodySizes:
    """Bodies that give ties, each with a row for every day on which its membership changed.

    :param organisation: position of each body among the organisations, ascending.
    :param too_large_from: first day on which it had more people than give ties; the last day number for never.
    :param change_start: where each body's changes begin, one more than bodies.
    :param day: day number of a change, ascending within a body.
    :param members: people in the body from that day on.
    :param days_until: person-days of the body before that day.
    """

    organisation: NDArray[np.int32]
    too_large_from: NDArray[np.int32]
    change_start: NDArray[np.int64]
    day: NDArray[np.int32]
    members: NDArray[np.int32]
    days_until: NDArray[np.int64]

    @classmethod
    def open(cls, folder: Path) -> BodySizes:
        """Map the arrays of a folder into memory."""
        return cls(*(mapped(folder / f"body_{field.name}.npy") for field in fields(cls)))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        for field in fields(self):
            np.save(folder / f"body_{field.name}.npy", getattr(self, field.name))

    def numbers(self, organisations: Sequence[int]) -> NDArray[np.int64]:
        """Return the numbers of those organisations, given by position, that are bodies with ties."""
        numbers: NDArray[np.int64] = np.flatnonzero(np.isin(self.organisation, organisations))
        return numbers

    def person_days(self, day: int) -> NDArray[np.int64]:
        """Return the person-days of each body before a day: the sum over its people of the days they had been there."""
        if not len(self.organisation):
            return np.zeros(0, np.int64)
        # the changes that have come by then, counted once along all bodies
        come = np.r_[0, np.cumsum(self.day <= day, dtype=np.int64)]
        passed = come[self.change_start[1:]] - come[self.change_start[:-1]]
        row = self.change_start[:-1] + np.maximum(passed, 1) - 1
        sums: NDArray[np.int64] = np.where(
            passed > 0, self.days_until[row] + self.members[row] * (day - self.day[row].astype(np.int64)), 0
        )
        return sums

    def person_days_of(self, body: int, day: int) -> int:
        """Return the person-days of one body before a day."""
        start, end = int(self.change_start[body]), int(self.change_start[body + 1])
        row = start + int(np.searchsorted(self.day[start:end], day, side="right")) - 1
        return int(self.days_until[row]) + int(self.members[row]) * (day - int(self.day[row])) if row >= start else 0
