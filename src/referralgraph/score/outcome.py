"""What an outcome says of a tie, and success rates with their intervals."""

from __future__ import annotations

import math

ASKED, GRANTED, REFUSED, MET, BUSINESS, STRANGERS = "asked", "granted", "refused", "met", "business", "strangers"
OUTCOMES = (ASKED, GRANTED, REFUSED, MET, BUSINESS, STRANGERS)
GOOD, BAD = frozenset({GRANTED, MET, BUSINESS}), frozenset({REFUSED, STRANGERS})
ENOUGH = 5
"""Decided requests from which a rate is told; of fewer the interval covers nearly everything."""

_EFFECT = {
    ASKED: (1.0, 0.0),
    GRANTED: (1.0, 0.3),
    MET: (1.0, 0.5),
    BUSINESS: (1.0, 0.6),
    REFUSED: (0.5, 0.0),
    STRANGERS: (0.0, 0.0),
}


def effect(outcome: str) -> tuple[float, float]:
    """Return what an outcome does to a tie: a factor, and the strength of a reason that it adds.

    The tie becomes 1 - (1 - factor x strength) x (1 - added). Who granted an introduction, and more so who brought about a meeting
    or business, showed that he knows the other: a further reason, by noisy-or as all others. A refusal halves what can be
    expected of asking again. "They don't know each other" takes the tie away. The sizes are assumed; the calibration
    chart of `outcome rates` is how they are to be measured.

    >>> effect("strangers")
    (0.0, 0.0)
    """
    return _EFFECT[outcome]


def changed(strength: float, factor: float, added: float) -> float:
    """Return the strength of a tie after an outcome; a tie that isn't there stays so.

    >>> round(changed(0.45, 1.0, 0.5), 3)
    0.725
    """
    return 0.0 if strength <= 0 else 1.0 - (1.0 - factor * strength) * (1.0 - added)


def wilson(successes: int, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the 95 % interval of a rate, by Wilson's score (1927, doi:10.1080/01621459.1927.10502953).

    :param successes: how many.
    :param trials: of how many, at least 1.
    :param z: quantile of the normal distribution.

    >>> low, high = wilson(5, 10)
    >>> round(low, 3), round(high, 3)
    (0.237, 0.763)
    """
    share = successes / trials
    middle = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    whole = 1 + z * z / trials
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
