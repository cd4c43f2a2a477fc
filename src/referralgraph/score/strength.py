"""How well people know each other: strength of a reason, a tie and an introduction path, and the score of a pair."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from referralgraph.errors import RecordInvalid
from referralgraph.score.settings import TieSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FAINTEST: Final = float(np.finfo(np.float64).tiny)
"""A reason that has faded below every other number is still a reason: strengths are never 0."""


DEFAULT: Final = TieSettings()


def shared_mandate_strength(
    mean_body_size: npt.ArrayLike,
    years_since_either_left: npt.ArrayLike,
    settings: TieSettings = DEFAULT,
    weight: npt.ArrayLike = 1.0,
) -> Floats:
    """Return how well two people know each other because both held a mandate in one body at the same time.

    The formula is ``weight * base / (n - 1) ** exponent * 2 ** (-years / half_life)``; by default
    ``0.9 / sqrt(n - 1) * 2 ** (-years / 4)``. Long service together is no bonus: it hurt on Norwegian boards.

    :param mean_body_size: n, mean number of people in the body while both were there; below 2 counts as 2.
    :param years_since_either_left: years from the earlier leaving to the date of the question; 0 while both are there.
    :param settings: base, exponent and half-life.
    :param weight: factor for the kind of body and role, above 0; a strength is never above 1.
    :return: strengths in (0, 1], in the common shape of the parameters.
    :raises RecordInvalid: if a number is missing (NaN) or a weight isn't above 0.

    >>> shared_mandate_strength([2, 5, 5], [0, 0, 4]).round(3).tolist()
    [0.9, 0.45, 0.225]
    """
    size = np.maximum(_numbers(mean_body_size, "mean_body_size"), 2.0)
    years = np.maximum(_numbers(years_since_either_left, "years_since_either_left"), 0.0)
    factor = _numbers(weight, "weight")
    if np.any(factor <= 0.0):
        raise RecordInvalid("weight must be above 0; leave a reason out that shall not count")
    fresh = settings.base_shared_mandate / (size - 1.0) ** settings.size_exponent
    return np.clip(factor * fresh * np.exp2(-years / settings.half_life_years), FAINTEST, 1.0)


def recent_interactions(
    contact: npt.ArrayLike, years_ago: npt.ArrayLike, contacts: int, settings: TieSettings = DEFAULT
) -> Floats:
    """Count each contact's meetings, calls or mails, where one counts half after the half-life.

    :param contact: position of the contact, 0 to contacts - 1, one an interaction.
    :param years_ago: age of the interaction in years; one in the future counts as of today.
    :param contacts: number of contacts.
    :param settings: ``interaction_half_life_years``.
    :return: one count a contact, 0 or more.
    """
    age = np.maximum(_numbers(years_ago, "years_ago"), 0.0)
    freshness = np.exp2(-age / settings.interaction_half_life_years)
    return np.bincount(np.asarray(contact, dtype=np.int64), weights=freshness, minlength=contacts).astype(np.float64)


def lifted_strength(
    start: npt.ArrayLike,
    meetings: npt.ArrayLike = 0.0,
    calls: npt.ArrayLike = 0.0,
    mails: npt.ArrayLike = 0.0,
    settings: TieSettings = DEFAULT,
) -> Floats:
    """Return how well somebody is known who was met, called and mailed.

    A noisy-or of what was known before and of every recent interaction,
    ``1 - (1 - start) * (1 - meeting) ** meetings * (1 - call) ** calls * (1 - mail) ** mails``, and never above the
    owner's word 3: a log doesn't know a friend from a supplier.

    :param start: strength without any, [0, 1]; 0 for somebody who stands in no address book.
    :param meetings: number of recent meetings, as `recent_interactions` counts; so are calls and mails.
    :param calls: number of recent calls.
    :param mails: number of recent mails.
    :param settings: strength of one of each, and of the words.
    :return: strengths in [0, 1], in the common shape of the parameters, never below the start.
    :raises RecordInvalid: if a count is missing or negative.

    >>> lifted_strength([0.0, 0.3], meetings=[1.0, 2.0]).round(3).tolist()
    [0.15, 0.494]
    """
    known = np.asarray(start, dtype=np.float64)
    doubt = 1.0 - known
    for counted, each, name in (
        (meetings, settings.meeting, "meetings"), (calls, settings.call, "calls"), (mails, settings.mail, "mails"),
    ):
        count = _numbers(counted, name)
        if np.any(count < 0.0):
            raise RecordInvalid(f"{name} can't be negative")
        doubt = doubt * (1.0 - each) ** count
    # 1 - (1 - x) isn't x to the last digit: without any interaction the start stays what it is
    return np.clip(1.0 - doubt, known, np.maximum(known, settings.closeness[3]))


def contact_strength(
    kind: npt.ArrayLike,
    closeness: npt.ArrayLike = np.nan,
    meetings: npt.ArrayLike = 0.0,
    calls: npt.ArrayLike = 0.0,
    mails: npt.ArrayLike = 0.0,
    settings: TieSettings = DEFAULT,
) -> Floats:
    """Return how well the owner of a contact knows the person: the owner's own word, or else a guess.

    The guess is the strength of the kind, lifted by what was said and written (`lifted_strength`).

    :param kind: ``colleague``, ``address_book``, ``crm`` or ``linkedin``.
    :param closeness: the owner's own word, 0 to 3; NaN where nothing was said.
    :param meetings: number of recent meetings, as `recent_interactions` counts; so are calls and mails.
    :param calls: number of recent calls.
    :param mails: number of recent mails.
    :param settings: strength of each kind, word and interaction.
    :return: strengths in (0, 1], in the common shape of the parameters.
    :raises RecordInvalid: if a kind is unknown, a word isn't 0, 1, 2 or 3, or a count is missing or negative.

    >>> contact_strength(["linkedin", "linkedin", "address_book"], [np.nan, 3, 0]).round(3).tolist()
    [0.3, 0.9, 0.05]
    """
    by_kind = {
        "colleague": settings.colleague,
        "address_book": settings.contact_address_book,
        "crm": settings.contact_crm,
        "linkedin": settings.contact_linkedin,
    }
    kinds, position = np.unique(np.asarray(kind, dtype=np.str_), return_inverse=True)
    unknown = [name for name in kinds.tolist() if name not in by_kind]
    if unknown:
        raise RecordInvalid(f"unknown kind of contact {unknown[0]!r}; known are {', '.join(by_kind)}")
    start = np.array([by_kind[name] for name in kinds.tolist()], dtype=np.float64)[position.reshape(np.shape(kind))]
    guess = lifted_strength(start, meetings, calls, mails, settings)
    word = np.asarray(closeness, dtype=np.float64)
    said = ~np.isnan(word)
    if not np.all(np.isin(word[said], (0.0, 1.0, 2.0, 3.0))):
        raise RecordInvalid("the owner's own word must be 0, 1, 2 or 3")
    spoken = np.array(settings.closeness, dtype=np.float64)[np.where(said, word, 0.0).astype(np.int64)]
    return np.clip(np.where(said, spoken, guess), FAINTEST, 1.0)


def noisy_or(strengths: npt.ArrayLike, starts: npt.ArrayLike) -> Floats:
    """Combine the reasons of each tie: ``1 - (1 - s1) * (1 - s2) * ...``, the chance that at least one of them holds.

    It takes reasons as independent; two mandates in bodies with the same members are less than that.

    :param strengths: strengths in [0, 1], the reasons of one tie side by side.
    :param starts: where each tie's reasons start, and the number of all reasons at the end.
    :return: one strength a tie, at least its strongest reason but for rounding; 0 for a tie without a reason.
    :raises RecordInvalid: if a strength isn't in [0, 1] or the starts don't cover the strengths in order.

    >>> noisy_or([0.5, 0.5, 0.3], [0, 2, 2, 3]).round(3).tolist()
    [0.75, 0.0, 0.3]
    """
    reasons = _shares(strengths, "strengths")
    with np.errstate(divide="ignore"):  # a certain reason has the logarithm -inf, and the tie is certain
        doubt = np.log1p(-reasons)
    return np.asarray(0.0 - np.expm1(_segment_sums(doubt, starts)), dtype=np.float64)


def path_strength(strengths: npt.ArrayLike, starts: npt.ArrayLike) -> Floats:
    """Return the strength of each introduction path, the product of its ties' strengths.

    :param strengths: strengths in (0, 1], the ties of one path side by side.
    :param starts: where each path's ties start, and the number of all ties at the end.
    :return: one strength a path, at most its weakest tie; 1 for a path without ties.
    :raises RecordInvalid: if a strength isn't in [0, 1] or the starts don't cover the strengths in order.
    """
    with np.errstate(divide="ignore"):
        logarithm = np.log(_shares(strengths, "strengths"))
    return np.asarray(np.exp(_segment_sums(logarithm, starts)), dtype=np.float64)


def route_strength(routes: npt.ArrayLike, strongest: npt.ArrayLike = 0.0) -> Floats:
    """Return how well two people are connected by several introduction paths that share no introducer.

    The noisy-or of the routes; on Norwegian boards it predicted new pairs better than the strongest path alone.

    :param routes: strengths of each pair's routes in [0, 1] along the last axis, 0 where there are fewer; take the
        strongest path, then the strongest of those without its introducers, and so on (`settings.routes` times).
    :param strongest: strength of the pair's strongest path of any length, if it was searched for.
    :return: one strength a pair in [0, 1].
    """
    doubt = np.prod(1.0 - _shares(routes, "routes"), axis=-1)
    return np.asarray(np.maximum(1.0 - doubt, _shares(strongest, "strongest")), dtype=np.float64)


def seat_activity(
    person: npt.ArrayLike, years_held: npt.ArrayLike, people: int, settings: TieSettings = DEFAULT
) -> Floats:
    """Count each person's current mandates, a fresh one up to twice: ``sum(1 + 2 ** (-years / half_life))``.

    :param person: position of the holder, 0 to people - 1, one a mandate held at the date of the question.
    :param years_held: years since the mandate began.
    :param people: number of people.
    :param settings: ``half_life_years``, the same as for ties.
    :return: one number a person, 0 without a mandate.
    """
    age = np.maximum(_numbers(years_held, "years_held"), 0.0)
    weights = 1.0 + np.exp2(-age / settings.half_life_years)
    return np.bincount(np.asarray(person, dtype=np.int64), weights=weights, minlength=people).astype(np.float64)


def pair_score(
    routes: npt.ArrayLike, left: npt.ArrayLike, right: npt.ArrayLike, settings: TieSettings = DEFAULT
) -> Floats:
    """Score how likely two people are to sit together next: ``(routes + background) * sqrt(left * right)``.

    Ranks people beside each other, for instance whom to expect on a board. It says *not* how well two people know each
    other, which is the strength of their tie, nor how good an introduction is: busy people are met more often, and the
    score says so. It is no probability and may be above 1.

    :param routes: how well they are connected, from `route_strength`; 0 if no route is known.
    :param left: activity of the one, from `seat_activity`.
    :param right: activity of the other.
    :param settings: ``background``, what a pair without a known route has.
    :return: scores of 0 or more, in the common shape of the parameters.
    """
    together = _numbers(left, "left") * _numbers(right, "right")
    return np.asarray((_numbers(routes, "routes") + settings.background) * np.sqrt(together), dtype=np.float64)


def group_score(scores: npt.ArrayLike, starts: npt.ArrayLike) -> Floats:
    """Score how near somebody is to a whole body: the sum of the pair scores with its members.

    :param scores: pair scores of 0 or more, those with the members of one body side by side.
    :param starts: where each body's members start, and the number of all scores at the end.
    :return: one score a body, 0 for a body without members.
    """
    return _segment_sums(_numbers(scores, "scores"), starts)


def _numbers(given: npt.ArrayLike, name: str) -> Floats:
    numbers = np.asarray(given, dtype=np.float64)
    if np.any(np.isnan(numbers)):
        raise RecordInvalid(f"{name} has a missing number")
    return numbers


def _shares(given: npt.ArrayLike, name: str) -> Floats:
    shares = _numbers(given, name)
    if np.any((shares < 0.0) | (shares > 1.0)):
        raise RecordInvalid(f"{name} must be between 0 and 1")
    return shares


def _segment_sums(values: Floats, starts: npt.ArrayLike) -> Floats:
    bounds: Ints = np.asarray(starts, dtype=np.int64)
    if bounds.size == 0 or bounds[0] != 0 or bounds[-1] != values.size or np.any(np.diff(bounds) < 0):
        raise RecordInvalid("starts must go up from 0 to the number of values")
    sums = np.zeros(bounds.size - 1, dtype=np.float64)
    # reduceat gives the value itself, not 0, for an empty segment: so it sees only the others.
    filled = np.diff(bounds) > 0
    if np.any(filled):
        sums[filled] = np.add.reduceat(values, bounds[:-1][filled])
    return sums
