"""The one policy that decides who may not be an introducer, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.answers.base import Because
from referralgraph.index.revision import RevisionIndex
from referralgraph.language import gettext as _

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Barred:
    """People whom one ground keeps from introducing.

    :param people: positions of the people, and for each the ground.
    :param ours_too: whether it holds for our own people as well.
    """

    people: Mapping[int, Callable[[], Because]]
    ours_too: bool = True


def avoided_people(people: Iterable[int]) -> Barred:
    """Return the ground of people whom the question itself excludes."""

    def because() -> Because:
        return Because(code="avoided", parameters={}, text=_("you asked to avoid this person"))

    return Barred(dict.fromkeys(people, because))


class IntroducerPolicy:
    """Who may stand between the ends of an introduction path.

    Everything that keeps people out is a :class:`Barred`: whom a question avoids, a veto, a conflict, too many asks. The rule
    about nominees is the one that needs a count instead of a list.

    :param index: the index of the revision.
    :param most_bodies: a person with more bodies is a nominee: sitting with him means nothing.
    :param barred: the grounds, the one to be told first before the others.
    :param trusted: positions of our own people; nobody of them is a nominee to us.
    """

    def __init__(self, index: RevisionIndex, most_bodies: int, barred: Iterable[Barred] = (), trusted: Iterable[int] = ()) -> None:
        self._index = index
        self._most_bodies = most_bodies
        self._barred = tuple(barred)
        self._trusted = frozenset(trusted)

    def barred(self) -> NDArray[np.bool_]:
        """Return one flag a person: may not be an introducer."""
        flags: NDArray[np.bool_] = np.asarray(self._index.person_bodies) > self._most_bodies
        flags[list(self._trusted)] = False
        for each in self._barred:
            flags[[person for person in each.people if each.ours_too or person not in self._trusted]] = True
        return flags

    def because(self, position: int) -> Because | None:
        """Return why somebody may not be an introducer, None if he may."""
        for each in self._barred:
            if position in each.people and (each.ours_too or position not in self._trusted):
                return each.people[position]()
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
