"""The firms of one person that have just failed, read without looking at anybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from referralgraph.risk.days import NEVER
from referralgraph.risk.table import RiskTable
from referralgraph.score.risk import EvidenceRules


@dataclass(frozen=True)
class FailedFirm:
    """A firm of a person with a recent event.

    :ivar company: number of the organisation.
    :ivar left: day on which the person left it, ``NEVER`` if he isn't known to have left.
    """

    company: int
    left: int


def failed_firms(table: RiskTable, person: int, day: int, rules: EvidenceRules) -> list[FailedFirm]:
    """Return the firms with an event in the window before a day, under the rules of a neighbourhood.

    :param person: number of the person; of a nominee or a professional nothing is returned.
    :param day: nothing after it is seen.
    """
    begin, end = np.searchsorted(table.seat_person, [person, person + 1])
    rows = [row for row in range(begin, end) if table.seat_known[row] <= day and table.seat_company[row] >= 0]
    if len({int(table.seat_company[row]) for row in rows}) > rules.most_companies:
        return []
    left: dict[int, int] = {}
    for row in rows:
        if not table.seat_liquidator[row]:
            gone = int(table.seat_left[row]) if table.seat_left[row] <= day else NEVER
            company = int(table.seat_company[row])
            left[company] = max(left.get(company, 0), gone)
    found = []
    for company, gone in sorted(left.items()):
        event = _first_event(table, company)
        if day - rules.window_days < event <= day and gone >= event - rules.window_days:
            found.append(FailedFirm(company, gone))
    return found


def _first_event(table: RiskTable, company: int) -> int:
    begin, end = np.searchsorted(table.event_company, [company, company + 1])
    return min((int(table.event_day[row]) for row in range(begin, end) if table.event_kept[row]), default=NEVER)
