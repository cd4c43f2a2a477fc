"""Numbers in words, the same everywhere."""

from __future__ import annotations

from referralgraph.language import gettext as _

_STRENGTHS = ((0.4, "strong"), (0.15, "good"), (0.05, "fair"), (0.0, "faint"))


def strength_words(strength: float) -> str:
    """Return a path's strength in words: strong from 0.4, good from 0.15, fair from 0.05, else faint.

    The limits are those of plain cases: an address-book entry beside a colleague, one shared board of two behind an
    address-book entry, and a second such board.

    >>> strength_words(0.21)
    'good'
    """
    return _(next(word for limit, word in _STRENGTHS if strength >= limit))
