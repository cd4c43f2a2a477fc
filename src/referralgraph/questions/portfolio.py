"""Which customers sit in a bad neighbourhood, what has changed since a day, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.answers.base import EntityRef, PersonRef
from referralgraph.answers.portfolio import PortfolioAnswer, PortfolioChange, PortfolioLink, PortfolioRow
from referralgraph.answers.risk import Verdict
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.questions.connected import connected_clients
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.customers import Customer, read_customers
from referralgraph.questions.risk import event_text, model_ref
from referralgraph.questions.risk_view import withdrawn_events
from referralgraph.records.vocabulary import EVENT_KINDS
from referralgraph.risk.neighbourhood import CLEAN, OLD, Neighbourhood
from referralgraph.risk.panel import age_codes
from referralgraph.risk.votes import Votes, first_votes
from referralgraph.score.risk import AGE_WORDS, RiskModel, form_word, logit, vote_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1)
_CHANGED = 0.05  # a ratio that moves by less hasn't changed


def rank_portfolio(context: Context, asked: Asked, file: Path, since: date | None = None) -> PortfolioAnswer:
    """Answer which customers of a list sit in a bad neighbourhood.

    :param file: a table with a heading (id, register number, name, city, exposure), or one company a line.
    :param since: also tell what has changed since that day.
    :raises SourceError: if the file can't be read.
    """
    customers = read_customers(context, asked, file)
    withdrawn = withdrawn_events(context)
    day = context.risk.day if asked.as_of is None else (asked.as_of - _EPOCH).days
    around = context.risk.around(day, withdrawn)
    at = np.array([context.risk.position(around, each.found.id) for each in customers.customers], np.int64)
    now = _Scores(context, around, at)
    before = None if since is None else _Scores(context, context.risk.around((since - _EPOCH).days, withdrawn), at)
    names = _Names(context, around, now.votes)
    rows = [now.row(place, each, names, before) for place, each in enumerate(customers.customers)]
    order = sorted(
        range(len(rows)),
        key=lambda place: (
            rows[place].times is None,
            -round(float(now.total[place]), 9),
            # of equal evidence, those whose peers fail oftener come first: the ratio alone would put the sturdiest there
            -round(float(now.own[place]), 9),
            rows[place].verdict != "clean",
            -(rows[place].exposure or 0.0),
            rows[place].line,
        ),
    )
    exposures = [each.exposure for each in customers.customers if each.exposure is not None]
    return PortfolioAnswer(
        question=asked.question("portfolio", file=file.name, since=since.isoformat() if since else None),
        revision=context.revision.id,
        coverage=context.coverage,
        model=model_ref(context),
        day=(_EPOCH + timedelta(days=day)).isoformat(),
        since=since.isoformat() if since else None,
        rows=tuple(rows[place] for place in order),
        unmatched=customers.unmatched,
        changes=() if before is None else _changes(rows, now, before, names),
        connected=connected_clients(context, around, customers.customers, at),
        exposure=sum(exposures) if customers.has_exposure else None,
    )


class _Scores:
    """Ratios of many companies at once, by the formula of a single one."""

    def __init__(self, context: Context, around: Neighbourhood, at: NDArray[np.int64]) -> None:
        self.around, self.at = around, at
        model: RiskModel = context.risk.model
        self.votes: Votes = around.votes_for(at)
        table = around.table
        self.rows_of = [self.votes.of(int(each)) for each in at]
        once, once_sure = self.votes.once[at], np.zeros(len(at))
        recent, several = model.weight("recent"), model.weight("several")
        evidence = recent * (once - self.votes.twice[at]) + several * self.votes.twice[at]
        sure = evidence.copy()
        for place, rows in enumerate(self.rows_of):
            if len(rows):
                chances = self._surely(rows, context.settings.risk.sure_identity)
                sure[place] = sum(vote_parts(model, chances))
                once_sure[place] = 1 - float(np.prod([1 - each for each in chances]))
            else:
                once_sure[place] = once[place]
        flags = [
            (each[at], model.weight(name))
            for each, name in ((around.any_link(OLD), "old"), (around.any_link(CLEAN), "clean"), (around.any_hub(), "hub"))
        ]
        bucket = np.select([each for each, _ in flags], [np.full(len(at), weight) for _, weight in flags], 0.0)
        self.total = evidence + (1 - once) * bucket
        self.linked = around.linked_companies()[at] > 0
        self.old, self.clean = flags[0][0], flags[1][0]
        self.own = self._own(model, at)
        peers = logit(context.risk.rate.rate) + self.own
        self.times = _rate(peers + self.total) / _rate(peers)
        self.times_if_sure = _rate(peers + sure + (1 - once_sure) * bucket) / _rate(peers)
        self.event = np.where(table.first_event <= around.day, table.first_event, -1)[at]

    def _surely(self, rows: NDArray[np.int64], threshold: float) -> list[float]:
        votes = self.votes
        kept = rows[votes.identity[rows] >= threshold]
        cast = first_votes(votes.person[kept].tolist(), votes.group[kept].tolist())
        return [float(chance) for chance, counts in zip(votes.identity[kept], cast, strict=True) if counts]

    def _own(self, model: RiskModel, at: NDArray[np.int64]) -> NDArray[np.float64]:
        table = self.around.table
        age = np.array([model.age.get(word, 0.0) for word in AGE_WORDS])
        form = np.array([model.form.get(form_word(word), 0.0) for word in table.forms] or [0.0])
        state = np.array([model.state.get(word, 0.0) for word in table.states] or [0.0])
        known = np.asarray(table.company_known)[at] <= self.around.day
        aged = np.where(known, age[np.clip(age_codes(table, at, self.around.day), 0, len(age) - 1)], 0.0)
        found: NDArray[np.float64] = aged + form[table.company_form[at]] + state[table.company_state[at]]
        return found

    def verdict(self, place: int) -> Verdict:
        """Return what is known of a neighbourhood."""
        if len(self.rows_of[place]):
            return "evidence"
        return "stale" if self.old[place] else "clean" if self.clean[place] else "no_data"

    def row(self, place: int, customer: Customer, names: _Names, before: _Scores | None) -> PortfolioRow:
        """Return one customer."""
        verdict = self.verdict(place)
        known = verdict != "no_data"
        return PortfolioRow(
            line=customer.line,
            asked=customer.asked,
            entity=EntityRef(id=customer.found.id, name=customer.found.name),
            exposure=customer.exposure,
            verdict=verdict,
            times=float(self.times[place]) if known else None,
            times_if_sure=float(self.times_if_sure[place]) if known else None,
            times_before=None if before is None or before.verdict(place) == "no_data" else float(before.times[place]),
            links=names.links(self.rows_of[place]),
            own_event=None if self.event[place] < 0 else names.event(int(self.at[place]))[0],
        )


class _Names:
    """Names of people and companies that failed, read in one go."""

    def __init__(self, context: Context, around: Neighbourhood, votes: Votes) -> None:
        self._around, self._votes, self._model = around, votes, context.risk.model
        table = around.table
        linked = {int(each): str(table.person_ids[each].decode()) for each in np.unique(votes.person)}
        failed = {int(each): str(table.organisation_ids[each].decode()) for each in np.unique(votes.neighbour[votes.counts])}
        people, organisations = context.people(list(linked.values())), context.organisations(list(failed.values()))
        self._person = {at: people[each] for at, each in linked.items()}
        self._organisation = {at: EntityRef(id=each, name=organisations[each]["name"]) for at, each in failed.items()}

    def person(self, at: int) -> str:
        """Return the name of a person who links a customer to a failure."""
        return str(self._person[at]["name"])

    def event(self, company: int) -> tuple[str, str]:
        """Return the first event of a company in words, and its day."""
        table = self._around.table
        first, last = np.searchsorted(table.event_company, [company, company + 1])
        day = int(table.first_event[company])
        rows = [row for row in range(first, last) if table.event_kept[row] and table.event_day[row] == day]
        told = (_EPOCH + timedelta(days=day)).isoformat()
        return event_text(EVENT_KINDS[int(table.event_kind[rows[0]])], told), told

    def links(self, rows: NDArray[np.int64]) -> tuple[PortfolioLink, ...]:
        """Return the votes among rows."""
        votes = self._votes
        counted = [int(row) for row in rows if votes.counts[row]]
        parts = vote_parts(self._model, [float(votes.identity[row]) for row in counted])
        found = []
        for row, part in zip(counted, parts, strict=True):
            person, organisation = self._person[int(votes.person[row])], self._organisation[int(votes.neighbour[row])]
            event, day = self.event(int(votes.neighbour[row]))
            chance = float(votes.identity[row])
            place = ", ".join(each for each in (person["city"], _("identity {chance}").format(chance=number_text(chance, 2))) if each)
            found.append(
                PortfolioLink(
                    person=PersonRef(id=person["id"], name=person["name"], city=person["city"], identity=chance),
                    organisation=organisation,
                    event=event,
                    date=day,
                    log_odds=part,
                    text=_("{name} ({place}) links it to {company}, {event}").format(
                        name=person["name"], place=place, company=organisation.name, event=event
                    ),
                )
            )
        return tuple(found)


def _changes(rows: Sequence[PortfolioRow], now: _Scores, before: _Scores, names: _Names) -> tuple[PortfolioChange, ...]:
    """Return what has changed since the day before: events of customers, new failures beside them, ratios that moved."""
    found: list[PortfolioChange] = []
    start, votes, table = before.around.day, now.votes, now.around.table
    for place, row in enumerate(rows):

        def told(code: str, text: str, events: int = 0, day: str | None = None, row: PortfolioRow = row) -> None:
            found.append(
                PortfolioChange(
                    line=row.line,
                    entity=row.entity,
                    code=code,
                    events=events,
                    date=day,
                    text=text,
                    times_before=row.times_before,
                    times=row.times,
                )
            )

        if now.event[place] > start:
            event, day = names.event(int(now.at[place]))
            told("own_event", _("itself: {event}").format(event=event), 1, day)
        failed: dict[int, set[int]] = {}
        for each in now.rows_of[place]:
            if now.around.event[votes.neighbour[each]] > start:
                failed.setdefault(int(votes.person[each]), set()).add(int(votes.neighbour[each]))
        for person, companies in sorted(failed.items(), key=lambda each: (-len(each[1]), each[0])):
            latest = max(int(table.first_event[each]) for each in companies)
            text = _person_text(names.person(person), len(companies), start)
            told("new_events", text, len(companies), (_EPOCH + timedelta(days=latest)).isoformat())
        was, is_now = row.times_before or 1.0, row.times or 1.0
        if not failed and abs(is_now - was) > _CHANGED:
            text = _("{before} times then, {now} times now").format(before=number_text(was, 1), now=number_text(is_now, 1))
            told("rose" if is_now > was else "fell", text)
    rank = {"own_event": 0, "new_events": 1, "rose": 2, "fell": 3}
    return tuple(sorted(found, key=lambda each: (rank[each.code], -each.events, -(each.times or 0.0), each.line)))


def _person_text(known: str, failed: int, start: int) -> str:
    since = (_EPOCH + timedelta(days=start)).isoformat()
    if failed == 1:
        return _("a firm linked by {name} has had an event since {since}").format(name=known, since=since)
    return _("{count} firms linked by {name} have had an event since {since}").format(count=failed, name=known, since=since)


def _rate(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    rate: NDArray[np.float64] = 1 / (1 + np.exp(-log_odds))
    return rate
