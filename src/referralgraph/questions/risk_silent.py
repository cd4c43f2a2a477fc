"""Links that are no evidence, each with the reason: professionals, people with too many companies, what is old or undated."""

from __future__ import annotations

import numpy as np

from referralgraph.answers.base import Because
from referralgraph.answers.risk import RiskSilence
from referralgraph.language import gettext as _
from referralgraph.language import in_words
from referralgraph.questions.risk_facts import RiskFacts
from referralgraph.risk.neighbourhood import CLEAN, OLD, RECENT, Neighbourhood


def silent_links(around: Neighbourhood, facts: RiskFacts, at: int, organisation: str) -> tuple[list[RiskSilence], int, int]:
    """Return what says nothing and why, the number of linked companies, and how many of them are without an event.

    :param at: number of the organisation.
    :param organisation: its id.
    """
    table = around.table
    told: list[RiskSilence] = []
    linked: dict[int, int] = {}
    order, start = table.seats_by_company
    rows = order[start[at] : start[at + 1]]
    rows = rows[np.asarray(table.seat_known)[rows] <= around.day]
    stays = {int(person) for person, stays in zip(*_pairs_of(around, at), strict=True) if stays}
    evident = set(around.people_of(at).tolist())
    for person in sorted(set(np.asarray(table.seat_person)[rows].tolist())):
        ref = facts.person(table.person_ids[person].decode())
        if around.hub[person]:
            told.append(
                RiskSilence(
                    person=ref,
                    because=Because(
                        code="hub",
                        parameters={"companies": int(around.bodies[person]), "limit": around.rules.most_companies},
                        text=_(
                            "has {companies} companies; above {limit} somebody is a nominee or a professional, and says nothing "
                            "about any of them"
                        ).format(companies=int(around.bodies[person]), limit=around.rules.most_companies),
                    ),
                )
            )
        elif person not in evident:
            told.append(
                RiskSilence(person=ref, because=Because(code="liquidator", text=_("is its liquidator: a profession, not a link")))
            )
        elif person not in stays:
            told.append(RiskSilence(person=ref, because=Because(code="left", text=_("left it more than three years before"))))
        else:
            _of_person(around, facts, at, person, told, linked)
    return told, len(linked), sum(status == CLEAN for status in linked.values())


def _pairs_of(around: Neighbourhood, at: int) -> tuple[list[int], list[bool]]:
    rows = around.rows_of(at)
    return around.pairs.person[rows].tolist(), around.stays[rows].tolist()


def _of_person(around: Neighbourhood, facts: RiskFacts, at: int, person: int, told: list[RiskSilence], linked: dict[int, int]) -> None:
    table = around.table
    first, last = table.seats_of_person[person], table.seats_of_person[person + 1]
    companies = np.asarray(table.seat_company)[first:last]
    known = (np.asarray(table.seat_known)[first:last] <= around.day) & (companies >= 0) & (companies != at)
    begin, end = np.searchsorted(around.pairs.person, [person, person + 1])
    status = dict(zip(around.pairs.company[begin:end].tolist(), around.status[begin:end].tolist(), strict=True))
    for company in sorted(set(companies[known].tolist())):
        identifier = table.organisation_ids[company].decode()
        ref = facts.person(table.person_ids[person].decode())
        if company not in status:
            told.append(
                RiskSilence(
                    person=ref,
                    organisation=facts.organisation(identifier),
                    event=facts.first_event(identifier),
                    because=Because(code="liquidator", text=_("was its liquidator: a profession, not a link")),
                )
            )
            continue
        linked[company] = max(linked.get(company, CLEAN), status[company])
        events = facts.events(identifier)
        if status[company] == OLD:
            told.append(
                RiskSilence(
                    person=ref,
                    organisation=facts.organisation(identifier),
                    event=facts.first_event(identifier),
                    because=Because(code="stale", text=_("more than three years before, or he had left it so long before: stale")),
                )
            )
        elif status[company] != RECENT and events:
            told.append(
                RiskSilence(
                    person=ref,
                    organisation=facts.organisation(identifier),
                    event=events[0],
                    because=Because(
                        code="undated",
                        text=_("its name says {event}, without a date: a hint, no evidence").format(event=in_words(events[0].kind)),
                    ),
                )
            )
