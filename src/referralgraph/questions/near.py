"""What would help where there is no introduction path: a chain beyond the limits, and whom to get to know."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from referralgraph.answers.path import MissingAcquaintance
from referralgraph.index.reasons import Filter
from referralgraph.questions.context import Context
from referralgraph.questions.policy import IntroducerPolicy

_SHOWN = 3


def missing_acquaintances(
    context: Context, chosen: Filter, policy: IntroducerPolicy, starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[int, int, float]]:
    """Return whom one of us should get to know: people who know a target best and may be introducers.

    :param starts: positions of those who ask; knowing them already, they are no answer.
    :param ends: positions of the targets.
    :returns: position of the person, of the target he knows best, and the strength of their tie; strongest first,
        equal ones by position.
    """
    barred = policy.barred()
    best: dict[int, tuple[float, int]] = {}
    for end in ends:
        for person, strength in context.index.neighbours(end, chosen):
            if not barred[person] and person not in starts and person not in ends and strength > best.get(person, (0.0, 0))[0]:
                best[person] = (strength, end)
    strongest = heapq.nsmallest(_SHOWN, best, key=lambda person: (-best[person][0], person))
    return [(person, best[person][1], best[person][0]) for person in strongest]


def as_answers(context: Context, found: Sequence[tuple[int, int, float]]) -> tuple[MissingAcquaintance, ...]:
    """Return missing acquaintances as the answer shows them; `gives` counts the new contact as an address-book entry."""
    index, contact = context.index, context.settings.ties.contact_address_book
    rows = context.people([index.person(each) for person, end, _ in found for each in (person, end)])
    answers = []
    for person, end, strength in found:
        one, other = rows[index.person(person)], rows[index.person(end)]
        answers.append(
            MissingAcquaintance.model_validate(
                {
                    "person": {"id": one["id"], "name": one["name"], "city": one["city"]},
                    "target": {"id": other["id"], "name": other["name"], "city": other["city"]},
                    "knows_target": strength,
                    "gives": contact * strength,
                }
            )
        )
    return tuple(answers)
