"""Outcomes: what came of asking, laid over the ties of the revision at once, on every store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from referralgraph.answers.base import Because
from referralgraph.answers.path import PathReason
from referralgraph.judgements import Judgement
from referralgraph.language import gettext as _
from referralgraph.language import translatable
from referralgraph.questions.policy import Barred
from referralgraph.score.outcome import ASKED, effect

if TYPE_CHECKING:
    from referralgraph.questions.context import Asked, Context

KIND = "outcome"
WORDS = {
    "asked": translatable("asked"),
    "granted": translatable("granted"),
    "refused": translatable("refused"),
    "met": translatable("met"),
    "business": translatable("business"),
    "strangers": translatable("they don't know each other"),
}


@dataclass(frozen=True)
class Outcome:
    """One judgement with the people it is about now.

    :param judgement: as it was entered.
    :param introducer: id of who was asked, None if his records are gone.
    :param target: id of whom he was asked about.
    """

    judgement: Judgement
    introducer: str | None
    target: str | None

    @property
    def word(self) -> str:
        """What came of it."""
        return str(self.judgement.values.get("outcome", ASKED))

    @property
    def day(self) -> str:
        """The day on which it came to that, YYYY-MM-DD."""
        return self.judgement.at[:10]

    @property
    def pair(self) -> tuple[str, str]:
        """Both people, in the order of their ids."""
        one, other = sorted((self.introducer or "", self.target or ""))
        return one, other


class Outcomes:
    """The outcomes that count for a question: those that stand, entered by the day asked for.

    :param context: the revision.
    :param asked: the question; its day decides which outcomes there are and which quarter it is.
    """

    def __init__(self, context: Context, asked: Asked) -> None:
        self._context = context
        judgements = [
            each for each in context.judgements(KIND) if asked.as_of is None or each.at[:10] <= asked.as_of.isoformat()
        ]
        records = {record for each in judgements for side in _sides(each) for record in side}
        entity = context.entities_of(sorted(records))
        self.all = sorted(
            (Outcome(each, *(_entity(side, entity) for side in _sides(each))) for each in judgements),
            key=lambda each: each.judgement.at,
        )
        known = context.revision.coverage.get("data_date")
        days = [each.day for each in self.all] + ([str(known)] if known else [])
        self.today = asked.as_of or (date.fromisoformat(max(days)) if days else None)

    @property
    def told(self) -> list[Outcome]:
        """Outcomes of which both people are in the revision, oldest first."""
        return [each for each in self.all if each.introducer and each.target and each.introducer != each.target]

    def deciding(self) -> dict[tuple[str, str], Outcome]:
        """Return the outcome that decides about each tie: the newest one that isn't a mere request."""
        return {each.pair: each for each in self.told if each.word != ASKED}

    def changes(self) -> tuple[tuple[int, int, float, float], ...]:
        """Return what outcomes do to ties: two positions, a factor, and the strength of a reason that is added."""
        position = self._context.index.position
        found = []
        for (one, other), each in self.deciding().items():
            low, high = sorted((position(one), position(other)))
            found.append((low, high, *effect(each.word)))
        return tuple(sorted(found))

    def reason(self, one: str, other: str, strength: float) -> PathReason | None:
        """Return what an outcome says of a tie, None if there is none.

        :param strength: of the tie after it.
        """
        each = self.deciding().get((min(one, other), max(one, other)))
        if each is None:
            return None
        note = each.judgement.values.get("note")
        text = _("{by}, {day}: {outcome}").format(by=each.judgement.by, day=each.day, outcome=_(WORDS.get(each.word, each.word)))
        return PathReason(kind="outcome", since=each.day, strength=strength, owner=each.judgement.by, visibility="team",
                          text=f"{text} ({note})" if note else text)

    def asked_this_quarter(self) -> Counter[str]:
        """Return how often each introducer was asked in the quarter of the day asked for."""
        if self.today is None:
            return Counter()
        begins, ends = quarter(self.today)
        return Counter(
            each.introducer for each in self.all
            if each.word == ASKED and each.introducer and begins.isoformat() <= each.day <= ends.isoformat()
        )  # fmt: skip

    def open(self) -> Counter[str]:
        """Return of how many requests each introducer hasn't given an answer."""
        newest = {(each.introducer, each.target): each for each in self.told}
        return Counter(each.introducer for each in newest.values() if each.word == ASKED and each.introducer)

    def resting(self, most_asks: int) -> dict[str, Because]:
        """Return who isn't asked again this quarter, and why."""
        if self.today is None:
            return {}
        until = (quarter(self.today)[1] + timedelta(days=1)).isoformat()
        return {
            person: Because(
                code="load", parameters={"asked": asked, "limit": most_asks, "until": until},
                text=_("asked {n} times this quarter; rests until {until}").format(n=asked, until=until))
            for person, asked in sorted(self.asked_this_quarter().items()) if asked >= most_asks
        }  # fmt: skip

    def busy(self, most_open: int | None) -> dict[str, Because]:
        """Return who has so many requests open, and why he isn't asked."""
        text = _("has {n} of our requests open")
        return {
            person: Because(code="open_requests", parameters={"open": count, "limit": most_open}, text=text.format(n=count))
            for person, count in sorted(self.open().items()) if most_open is not None and count >= most_open
        }  # fmt: skip

    def barred(self, grounds: dict[str, Because]) -> Barred:
        """Return grounds as the policy takes them; our own people are asked as often as they like."""
        position = self._context.index.position
        return Barred({position(person): partial(_given, because) for person, because in grounds.items()}, ours_too=False)


def quarter(day: date) -> tuple[date, date]:
    """Return first and last day of the calendar quarter of a day.

    >>> quarter(date(2026, 11, 24))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    month = 3 * ((day.month - 1) // 3) + 1
    following = date(day.year + (month == 10), 1 if month == 10 else month + 3, 1)
    return date(day.year, month, 1), following - timedelta(days=1)


def _given(because: Because) -> Because:
    return because


def _sides(judgement: Judgement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    values = judgement.values
    return tuple(map(str, values.get("introducer", ()))), tuple(map(str, values.get("target", ())))


def _entity(records: Iterable[str], entity: dict[str, str]) -> str | None:
    """Return whom records belong to now: most of them, should they have come apart, else the first."""
    counted = Counter(entity[record] for record in records if record in entity)
    return min(counted, key=lambda each: (-counted[each], each)) if counted else None
