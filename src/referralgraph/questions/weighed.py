"""What speaks for and against a pair of records, as it was published, and what people decided about it."""

from __future__ import annotations

import json

from referralgraph.answers.identity import Evidence, WeighedPair
from referralgraph.identity import Decided, sides_of
from referralgraph.language import gettext as _
from referralgraph.questions.identity_words import OUTCOMES


def weighed(table: str, evidence: str | None) -> WeighedPair | None:
    """Return what a published text of evidence says, None if there is none.

    :param table: ``person`` or ``organisation``.
    """
    if not evidence:
        return None
    told = json.loads(evidence)
    return WeighedPair(
        prior=told["prior"],
        weight=told["weight"],
        relative=told["relative"],
        parts=tuple(
            Evidence(comparison=name, outcome=code, text=_(OUTCOMES.get((table, name, code), code)), bits=float(bits))
            for name, code, bits in told["parts"]
        ),
    )


def is_decided(decided: Decided, one: str, other: str) -> bool:
    """Return whether somebody has decided a pair of records, also by way of others."""
    return says(decided, one, other) is not None


def says(decided: Decided, one: str, other: str) -> bool | None:
    """Return whether somebody decided that two records are one, None if nobody did."""
    for each in decided.counting:
        sides = [at for record in (one, other) for at, side in enumerate(sides_of(each)) if record in side]
        if len(sides) == 2:
            return sides[0] == sides[1]
    return None
