"""One reason of a tie as the index tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from referralgraph.index.interactions import WORDS
from referralgraph.index.reasons import CONTACT, FOREVER, KINDS, NO_DAY, Filter, Reasons

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class IndexReason:
    """One reason of a tie as the index holds it.

    :ivar kind: word of ``KINDS``.
    :ivar organisation: id of the body, None for contacts and colleagues.
    :ivar since: first day together, None if unknown.
    :ivar end: last day on which both were there or last seen there, None if there is none.
    :ivar is_open: neither is known to have left.
    :ivar mean_members: mean number of people in the body while both were there, None outside bodies.
    :ivar owner: whose contact it is.
    :ivar private: only its owner may see it.
    :ivar strength: under the filter asked for, (0, 1].
    :ivar interactions: of a contact, on how many days there was each of ``WORDS``, and the last of these days.
    """

    kind: str
    organisation: str | None
    since: date | None
    end: date | None
    is_open: bool
    mean_members: float | None
    owner: str | None
    private: bool
    strength: float
    interactions: tuple[tuple[str, int, date], ...] = ()


def told_reason(
    reasons: Reasons,
    row: int,
    strength: float,
    chosen: Filter,
    *,
    owners: Sequence[str],
    organisation: Callable[[int], str],
) -> IndexReason:
    """Return one reason as a question's filter lets it be seen.

    :param row: number of the reason; it passes the filter.
    :param strength: of it under the filter.
    :param owners: names of those whose contacts there are, by position.
    :param organisation: the id of an organisation of a position.
    """
    table = reasons.table
    day_asked = FOREVER if chosen.as_of is None else chosen.as_of
    owner = int(table.owner[row])
    stretches = [
        each
        for each in range(int(table.stretch_start[row]), int(table.stretch_start[row + 1]))
        if table.start[each] <= day_asked and (not table.private[each] or owner == chosen.owner)
    ]
    # a contact may count by a meeting alone, before it was written into the address book
    start = min(stretches, key=lambda each: int(table.start[each]), default=None)
    best = max(stretches, key=lambda each: (int(table.given[each]), not table.private[each]), default=None)
    known = start is not None and bool(table.start_known[start]) and table.start[start] != NO_DAY
    end = max((min(int(table.last[each]), day_asked) for each in stretches), default=NO_DAY)
    body = int(table.body[row])
    kind, mean_members = int(table.kind[row]), None
    interactions = _interactions(reasons, row, chosen) if kind == CONTACT else ()
    if body >= 0:
        kind = 0 if any(table.mandate[each] <= day_asked for each in stretches) else 1
        mean_members = reasons.mean_members(body, stretches, day_asked)
    return IndexReason(
        kind=KINDS[kind],
        organisation=None if body < 0 else organisation(int(reasons.bodies.organisation[body])),
        since=day(int(table.start[start])) if start is not None and known else None,
        end=None if end == NO_DAY else day(end),
        is_open=kind == CONTACT or any(table.left[each] >= day_asked for each in stretches),
        mean_members=mean_members,
        owner=owners[owner] if owner >= 0 else None,
        private=kind == CONTACT
        and (any(private for *_, private in interactions) or (best is not None and bool(table.private[best]))),
        strength=strength,
        interactions=tuple((word, count, day(last)) for word, count, last, _ in interactions),
    )


def _interactions(reasons: Reasons, row: int, chosen: Filter) -> list[tuple[str, int, int, bool]]:
    """Return for each word on how many days it was, the last of them, and whether any is private."""
    met = reasons.interactions
    rows = met.rows(row, row + 1, chosen.owner, chosen.as_of)
    found = []
    for kind, word in enumerate(WORDS):
        if len(of_kind := rows[met.kind[rows] == kind]):
            found.append((word, len(of_kind), int(met.day[of_kind].max()), bool(met.private[of_kind].any())))
    return found


def day(number: int) -> date:
    """Return the day of a day number (days since 1970-01-01)."""
    return _EPOCH + timedelta(days=number)


def day_number(moment: date) -> int:
    """Return the day number (days since 1970-01-01) of a day."""
    return (moment - _EPOCH).days
