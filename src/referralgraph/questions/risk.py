"""Does this company sit in a bad neighbourhood? Because of exactly which links, how sure, and what would clear it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from referralgraph.answers.base import Because, EntityRef, PersonRef
from referralgraph.answers.risk import RiskAnswer, RiskEntry, RiskHeld, RiskLink, RiskModelRef, RiskPart, Verdict
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.risk_facts import RiskFacts, first_role
from referralgraph.questions.risk_silent import silent_links
from referralgraph.questions.risk_view import withdrawn_events
from referralgraph.risk.neighbourhood import CLEAN, OLD, Neighbourhood
from referralgraph.risk.panel import age_codes
from referralgraph.risk.votes import first_votes
from referralgraph.score.risk import AGE_WORDS, RiskModel, form_word, times, vote_parts

_EPOCH = date(1970, 1, 1)
_MOST_SILENT = 30  # links without evidence that are told one by one
_STATES = {
    "B": "Baden-Württemberg",
    "D": "Bayern",
    "F": "Berlin",
    "G": "Brandenburg",
    "H": "Bremen",
    "K": "Hamburg",
    "M": "Hessen",
    "N": "Mecklenburg-Vorpommern",
    "P": "Niedersachsen",
    "R": "Nordrhein-Westfalen",
    "T": "Rheinland-Pfalz",
    "U": "Sachsen",
    "V": "Saarland",
    "W": "Sachsen-Anhalt",
    "X": "Schleswig-Holstein",
    "Y": "Thüringen",
}


def assess_risk(context: Context, asked: Asked, entities: Sequence[str]) -> RiskAnswer:
    """Answer how the neighbourhoods of companies compare; a person is answered with his companies, and never scored.

    :param entities: ids, register numbers or names.
    :raises NotFound: if nobody answers to a name.
    :raises Ambiguous: if several do.
    """
    found = list(dict.fromkeys(context.entity(each, viewer=asked.viewer) for each in entities))
    withdrawn = withdrawn_events(context)
    day = context.risk.day if asked.as_of is None else (asked.as_of - _EPOCH).days
    around = context.risk.around(day, withdrawn)
    told = (_EPOCH + timedelta(days=day)).isoformat()
    assessment = _Assessment(context, around, RiskFacts(context, asked, told, withdrawn))
    return RiskAnswer(
        question=asked.question("risk", entities=[each.id for each in found]),
        revision=context.revision.id,
        coverage=context.coverage,
        model=model_ref(context),
        day=told,
        entries=tuple(
            assessment.person(each.id) if each.kind == "person" else assessment.company(each.id, each.kind) for each in found
        ),
    )


def model_ref(context: Context) -> RiskModelRef:
    """Return what the answers stand on."""
    model, rate = context.risk.model, context.risk.rate
    percent = number_text(100 * rate.rate, 1)
    if rate.measured:
        text = _(
            "{percent} % of companies in three years, measured on this data ({events} of {rows}, looking ahead from {first} to {last})"
        ).format(percent=percent, events=number_text(rate.events), rows=number_text(rate.rows), first=rate.first, last=rate.last)
    else:
        text = _("{percent} % of companies in three years, as the model says: this data has too few dated events").format(
            percent=percent
        )
    return RiskModelRef(
        name=model.name,
        fitted_on=model.fitted_on,
        report=dict(model.report),
        base_rate=rate.rate,
        base_measured=rate.measured,
        base_text=text,
        events=rate.dated,
        unlinked_events=rate.unlinked,
    )


class _Assessment:
    """The answer about one company or person after the other."""

    def __init__(self, context: Context, around: Neighbourhood, facts: RiskFacts) -> None:
        self._context, self._around, self._facts = context, around, facts
        self._model: RiskModel = context.risk.model
        self._rate = context.risk.rate.rate
        self._sure = context.settings.risk.sure_identity

    def company(self, identifier: str, kind: str) -> RiskEntry:
        """Return the answer about an organisation."""
        around, at = self._around, self._context.risk.position(self._around, identifier)
        votes = around.votes_for(np.array([at]))
        rows = votes.of(at)
        chances = votes.identity[rows]
        counts = votes.counts[rows]
        log_odds = np.zeros(len(rows))
        log_odds[counts] = vote_parts(self._model, chances[counts].tolist())
        own = self._own(at)
        rest = self._rest(at, float(votes.once[at]))
        total = float(log_odds.sum()) + sum(part.log_odds for part in rest)
        peers = sum(part.log_odds for part in own)
        ratio = times(self._rate, peers, total)
        people, groups = votes.person[rows].tolist(), votes.group[rows].tolist()

        def without(kept: Sequence[bool]) -> float:
            left = [at for at, keep in enumerate(kept) if keep]
            cast = first_votes([people[each] for each in left], [groups[each] for each in left])
            surely = [float(chances[each]) for each, vote in zip(left, cast, strict=True) if vote]
            none = float(np.prod([1 - each for each in surely]))
            more = sum(vote_parts(self._model, surely)) + sum(part.log_odds for part in self._rest(at, 1 - none))
            return times(self._rate, peers, more)

        links = tuple(
            self._link(
                identifier,
                people,
                groups,
                row,
                votes.neighbour[rows].tolist(),
                float(chances[row]),
                float(log_odds[row]),
                bool(counts[row]),
                without,
            )
            for row in range(len(rows))
        )
        silent, linked, clean = silent_links(around, self._facts, at, identifier)
        verdict: Verdict = (
            "evidence"
            if counts.any()
            else "stale"
            if any(each.because.code == "stale" for each in silent)
            else ("clean" if clean else "no_data")
        )
        number = len(around.people_of(at))
        text = self._sentence(verdict, links, ratio, number, linked)
        low, high = self._interval(peers, log_odds, rest)
        known = verdict != "no_data"
        events = self._facts.events(identifier)
        if events:
            text = _("{name} itself: {event}. That is a fact, not a forecast; its neighbourhood: {text}").format(
                name=self._facts.organisation(identifier).name, event=event_text(events[0].kind, events[0].date), text=text
            )
        return RiskEntry(
            entity=self._facts.organisation(identifier),
            kind=kind,
            verdict=verdict,
            text=text,
            times=ratio if known else None,
            times_low=low if known else None,
            times_high=high if known else None,
            times_if_sure=without([bool(each >= self._sure) for each in chances]) if known else None,
            own_times=times(self._rate, 0.0, peers),
            log_odds=total,
            links=links,
            other=rest,
            own=own,
            silent=tuple(silent[:_MOST_SILENT]),
            more_silent=max(0, len(silent) - _MOST_SILENT),
            own_events=events,
            people=number,
            linked_companies=linked,
        )

    def person(self, identifier: str) -> RiskEntry:
        """Return a person's companies; a natural person is never scored."""
        ref = self._facts.person(identifier)
        companies = dict.fromkeys(row["organisation"] for row in self._facts.held(identifier))
        held = []
        for each in companies:
            event = self._facts.first_event(each)
            held.append(RiskHeld(organisation=self._facts.organisation(each), roles=self._facts.roles(identifier, each), event=event))
        held.sort(key=lambda each: (each.event is None, each.organisation.name, each.organisation.id))
        held.sort(key=lambda each: each.event.date or "" if each.event else "", reverse=True)
        failed = sum(each.event is not None for each in held)
        text = _(
            "a person gets no score. {name} is known in {companies} companies, {failed} of them with an event; ask for one of the "
            "companies to see what that means for it"
        ).format(name=ref.name, companies=len(held), failed=failed)
        return RiskEntry(entity=EntityRef(id=ref.id, name=ref.name), kind="person", verdict=None, text=text, held=tuple(held))

    def _link(
        self,
        company: str,
        people: list[int],
        groups: list[int],
        row: int,
        failed: list[int],
        chance: float,
        log_odds: float,
        counts: bool,
        without: Callable[[Sequence[bool]], float],
    ) -> RiskLink:
        table = self._around.table
        who = str(table.person_ids[people[row]].decode())
        where = str(table.organisation_ids[failed[row]].decode())
        event = self._facts.first_event(where)
        if event is None:
            raise AssertionError(f"{where} failed without an event")
        roles, there = (self._facts.roles(who, each, liquidator=False) for each in (company, where))
        person, organisation = self._facts.person(who, chance), self._facts.organisation(where)
        group = tuple(
            dict.fromkeys(other for other, group in zip(failed, groups, strict=True) if group == groups[row] and other != failed[row])
        )
        clears: tuple[Because, ...] = ()
        if counts:
            elsewhere = {failed[at] for at, each in enumerate(people) if each == people[row]}
            left = without([each != people[row] for each in people])
            clears = (
                *self._apart(company, people[row], person, elsewhere, left),
                Because(
                    code="event",
                    parameters={"event": event.id, "times": without([each != failed[row] for each in failed])},
                    text=_("if the event of {company} is withdrawn: referralgraph risk withdraw {event}").format(
                        company=organisation.name, event=event.id
                    ),
                ),
            )
        return RiskLink(
            person=person,
            roles=roles,
            organisation=organisation,
            roles_there=there,
            event=event,
            log_odds=log_odds,
            unsure=chance < self._sure,
            text=link_text(person.name, person.city, chance, first_role(there), organisation.name, event.kind, event.date),
            group=tuple(self._facts.organisation(table.organisation_ids[each].decode()) for each in group),
            clears=clears,
            adds_nothing=None if counts else self._told_before(people, groups, row),
        )

    def _apart(self, company: str, at: int, person: PersonRef, elsewhere: Iterable[int], left: float) -> tuple[Because, ...]:
        """Return the judgement that a person's records here aren't his records there; nothing where one record tells of both."""
        around = self._around
        here = around.records_of(at, self._context.risk.position(around, company))
        there = sorted({record for each in elsewhere for record in around.records_of(at, each)})
        if set(here) & set(there):
            return ()
        if len(here) == len(there) == 1 and len(self._context.records_of(person.id)) == 2:
            command = f"referralgraph review --different {here[0]} {there[0]}"
        else:
            command = " ".join([f"referralgraph review --apart {person.id}", *(f"--record {each}" for each in here)])
        text = _("if a judgement says that the records of {name} here and there aren't one person: {command}")
        return (
            Because(
                code="identity",
                parameters={"person": person.id, "here": list(here), "there": there, "command": command, "times": left},
                text=text.format(name=person.name, command=command),
            ),
        )

    @staticmethod
    def _told_before(people: list[int], groups: list[int], row: int) -> Because:
        if groups[row] in groups[:row]:
            return Because(code="same_event", text=_("the same event as above, or one of its group: counted once"))
        return Because(code="same_person", text=_("the same person as above: one vote a person"))

    def _own(self, at: int) -> tuple[RiskPart, ...]:
        table = self._around.table
        known = int(table.company_known[at]) <= self._around.day
        age = AGE_WORDS[int(age_codes(table, np.array([at]), self._around.day)[0])] if known else ""
        form, state = table.forms[table.company_form[at]], table.states[table.company_state[at]]
        weights = self._model.own(age, form_word(form), state)
        values = {"age": age, "form": form, "state": _STATES.get(state, state)}
        texts = {"age": _("{value} years since it first appears"), "form": "{value}", "state": "{value}"}
        return tuple(
            RiskPart(code=code, value=value, log_odds=weights[code], text=texts[code].format(value=in_words(value)))
            for code, value in values.items()
            if value
        )

    def _rest(self, at: int, once: float) -> tuple[RiskPart, ...]:
        """Return what else the model says: the bucket of a company without a vote, as far as a vote is uncertain."""
        around = self._around
        for code, flags in (("old", around.any_link(OLD)), ("clean", around.any_link(CLEAN)), ("hub", around.any_hub())):
            if flags[at]:
                weight = (1 - once) * self._model.weight(code)
                text = {
                    "old": _("older failures only"),
                    "clean": _("linked companies without a failure"),
                    "hub": _("people with very many companies only"),
                }[code]
                return (RiskPart(code=code, value="", log_odds=weight, text=text),) if weight else ()
        return ()

    def _interval(self, peers: float, log_odds: NDArray[np.float64], rest: Sequence[RiskPart]) -> tuple[float | None, float | None]:
        weight, sides = self._model.weight("recent"), self._model.intervals.get("recent")
        if not sides or not weight or not log_odds.any():
            return None, None
        other = sum(part.log_odds for part in rest)
        low, high = (times(self._rate, peers, float(log_odds.sum()) * side / weight + other) for side in sides)
        return low, high

    def _sentence(self, verdict: str, links: Sequence[RiskLink], ratio: float, people: int, linked: int) -> str:
        if verdict == "evidence":
            because = "; ".join(link.text for link in links if not link.adds_nothing)
            return _("{times} times its peers, because {because}").format(times=number_text(ratio, 1), because=because)
        if verdict == "stale":
            return _(
                "no failure in the last three years among {linked} linked companies; older ones are stale and were measured to say "
                "nothing"
            ).format(linked=linked)
        if verdict == "clean":
            return _("no failure is known among {linked} linked companies").format(linked=linked)
        if not people:
            return _("no data: no source names a person of this company. That isn't a clean neighbourhood")
        return _("no data: no linked company is known. That isn't a clean neighbourhood")


def event_text(kind: str, day: str | None) -> str:
    """Return an event in words: "liquidation since 2017-03-02"."""
    return _("{event} since {day}").format(event=in_words(kind), day=day) if day else in_words(kind)


def link_text(name: str, city: str | None, identity: float, role: str, company: str, kind: str, day: str | None) -> str:
    """Return one link in words."""
    sure = _("identity {chance}").format(chance=number_text(identity, 2))
    place = f"{city}, {sure}" if city else sure
    return _("{name} ({place}) is or was also {role} of {company}, {event}").format(
        name=name, place=place, role=in_words(role), company=company, event=event_text(kind, day)
    )
