"""The one policy that decides who may not be an introducer, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.answers.base import Because
from referralgraph.index.revision import RevisionIndex
from referralgraph.language import gettext as _

if TYPE_CHECKING:
    from numpy.typing import NDArray


class IntroducerPolicy:
    """Who may stand between the ends of an introduction path.

    :param index: the index of the revision.
    :param most_bodies: a person with more bodies is a nominee: sitting with him means nothing.
    :param avoided: positions of people whom the question itself excludes.
    :param trusted: positions of our own people; nobody of them is a nominee to us.
    """

    def __init__(self, index: RevisionIndex, most_bodies: int, avoided: Iterable[int] = (), trusted: Iterable[int] = ()) -> None:
        self._index = index
        self._most_bodies = most_bodies
        self._avoided = frozenset(avoided)
        self._trusted = frozenset(trusted)

    def barred(self) -> NDArray[np.bool_]:
        """Return one flag a person: may not be an introducer."""
        flags: NDArray[np.bool_] = np.asarray(self._index.person_bodies) > self._most_bodies
        flags[list(self._trusted)] = False
        flags[list(self._avoided)] = True
        return flags

    def because(self, position: int) -> Because | None:
        """Return why somebody may not be an introducer, None if he may."""
        if position in self._avoided:
            return Because(code="avoided", parameters={}, text=_("you asked to avoid this person"))
        bodies = int(self._index.person_bodies[position])
        if bodies > self._most_bodies and position not in self._trusted:
            return Because(
                code="hub",
                parameters={"bodies": bodies, "limit": self._most_bodies},
                text=_(
                    "holds mandates in {bodies} organisations; above {limit} a shared seat no longer means that two people "
                    "know each other"
                ).format(bodies=bodies, limit=self._most_bodies),
            )
        return None
