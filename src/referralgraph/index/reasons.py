"""Reasons of ties as arrays: which of them a question lets pass, and what strength remains."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = ("shared_mandate", "shared_shareholding", "contact", "colleague")
VISIBILITIES = ("public", "team", "private")
NO_DAY = -(2**31)
DAYS_A_YEAR = 365.25
_PRIVATE = VISIBILITIES.index("private")


@dataclass(frozen=True)
class Filter:
    """Which reasons a question lets pass; two equal filters give equal strengths, so it can be a cache key.

    :param as_of: day number; only what had begun by then counts, and ages are measured from it. None: all that is known.
    :param current_only: only reasons of which neither side is known to have ended.
    :param kinds: kinds of reasons that count; None for all.
    :param avoid_organisations: positions of bodies that don't count, sorted.
    :param owner: position of the viewer among the owners, -1 for nobody: his private contacts count for him alone.
    """

    as_of: int | None = None
    current_only: bool = False
    kinds: tuple[str, ...] | None = None
    avoid_organisations: tuple[int, ...] = ()
    owner: int = -1


@dataclass(frozen=True)
class ReasonTable:
    """One row a reason, grouped by tie; arrays may be memory-mapped and are never written.

    :param tie_start: where each tie's reasons begin, one more than ties.
    :param kind: position in ``KINDS``.
    :param organisation: position of the body, -1 for none.
    :param start: first day together, days since 1970-01-01, ``NO_DAY`` if unknown.
    :param start_known: false if the start is assumed from the usual tenure.
    :param end: last day on which both were there, or were last seen there.
    :param is_open: neither is known to have left.
    :param mean_members: mean number of people in the body while both were there.
    :param base: strength of the reason before its age counts, (0, 1].
    :param owner: position of the contact's owner, -1 for none.
    :param visibility: position in ``VISIBILITIES``.
    :param data_day: one number: the day to which the data is known.
    """

    tie_start: NDArray[np.int64]
    kind: NDArray[np.uint8]
    organisation: NDArray[np.int32]
    start: NDArray[np.int32]
    start_known: NDArray[np.bool_]
    end: NDArray[np.int32]
    is_open: NDArray[np.bool_]
    mean_members: NDArray[np.float32]
    base: NDArray[np.float64]
    owner: NDArray[np.int32]
    visibility: NDArray[np.uint8]
    data_day: NDArray[np.int32]

    @classmethod
    def open(cls, folder: Path) -> ReasonTable:
        """Map the arrays of a folder into memory."""
        return cls(*(np.load(folder / f"reason_{field.name}.npy", mmap_mode="r") for field in fields(cls)))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        for field in fields(self):
            np.save(folder / f"reason_{field.name}.npy", getattr(self, field.name))

    def strengths(self, chosen: Filter, half_life_years: float) -> NDArray[np.float64]:
        """Return the strength of each reason under a filter, 0 for one that doesn't pass.

        base x 2 ^ -(years since either left / half life). An open reason has no age, except under ``as_of``: then it
        was last seen at its end. What ended after ``as_of`` was open at that day. Contacts and colleagues don't age.
        """
        passes = (self.visibility != _PRIVATE) | ((self.owner == chosen.owner) & (chosen.owner >= 0))
        if chosen.current_only:
            passes &= self.is_open if chosen.as_of is None else (self.is_open | (self.end > chosen.as_of))
        if chosen.kinds is not None:
            passes &= np.isin(self.kind, [KINDS.index(kind) for kind in chosen.kinds])
        if chosen.avoid_organisations:
            passes &= ~np.isin(self.organisation, chosen.avoid_organisations)
        if chosen.as_of is None:
            age = np.where(self.is_open, 0, int(self.data_day[0]) - self.end.astype(np.int64))
        else:
            passes &= (self.start <= chosen.as_of) | (self.start == NO_DAY)
            age = chosen.as_of - self.end.astype(np.int64)
        age = np.where(self.organisation >= 0, np.maximum(age, 0), 0)
        strength: NDArray[np.float64] = np.where(passes, self.base * 2.0 ** (-age / (DAYS_A_YEAR * half_life_years)), 0.0)
        return strength


def combine(strength: NDArray[np.float64], tie_start: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the strength of each tie: noisy-or of its reasons, 1 - product(1 - strength).

    :param strength: of each reason, grouped by tie.
    :param tie_start: where each tie's reasons begin, one more than ties.
    """
    if len(tie_start) <= 1:
        return np.zeros(0, np.float64)
    starts = tie_start[:-1]
    missed = np.multiply.reduceat(1.0 - strength, starts)
    # a single reason keeps its strength to the last bit, and rounding never loses a faint one
    combined: NDArray[np.float64] = np.where(
        np.diff(tie_start) == 1, strength[starts], np.maximum(1.0 - missed, np.maximum.reduceat(strength, starts)))
    return combined
