"""Ties among some people that were derived anew since the build, beside those of the revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from referralgraph.index.reasons import Filter, Reasons

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Anew:
    """Reasons of ties that count instead of those of the revision.

    :param reasons: of the ties derived anew.
    :param people: ids of the people of ``left`` and ``right``, sorted.
    :param left: position of the one of each tie, and ``right`` of the other.
    :param organisations: ids of the bodies of the reasons, sorted.
    """

    reasons: Reasons
    people: tuple[str, ...]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    organisations: tuple[str, ...]

    def filter(self, chosen: Filter, avoided: Sequence[str]) -> Filter:
        """Return a filter of the revision as it is for these reasons.

        :param avoided: ids of the organisations that the filter avoids.
        """
        places = {each: at for at, each in enumerate(self.organisations)}
        return replace(chosen, avoid_organisations=tuple(sorted(places[each] for each in avoided if each in places)), changes=())


@dataclass(frozen=True)
class Change:
    """What judgements changed about the ties of a revision.

    :param people: those who were judged, each with the people of the revision that he is made of.
    :param organisations: likewise.
    :param bodies: organisations of the revision whose ties are derived anew.
    :param contacts: ids of judged people whose contacts are.
    :param person_bodies: in how many bodies people are or were, where that changed, by id.
    :param sizes: of each body derived anew, by its id of today, the most members at one time, and whether that is too many for ties.
    :param anew: what was derived.
    """

    people: dict[str, tuple[str, ...]]
    organisations: dict[str, tuple[str, ...]]
    bodies: frozenset[str]
    contacts: frozenset[str]
    person_bodies: dict[str, int]
    sizes: dict[str, tuple[int, bool]]
    anew: Anew | None
