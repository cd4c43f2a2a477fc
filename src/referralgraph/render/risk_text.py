"""Answers about risk in words, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from referralgraph.answers.risk import RiskAnswer, RiskEntry, RiskLink, RiskRole
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.path_text import Line
from referralgraph.render.table import Row

HEADINGS = [
    "entity",
    "id",
    "verdict",
    "times its peers",
    "low",
    "high",
    "if surely the same",
    "person",
    "identity",
    "company",
    "event",
    "date",
    "log-odds",
    "source",
    "text",
]


def risk_text(answer: RiskAnswer) -> Iterator[Line]:
    """Yield the lines of an answer."""
    for number, entry in enumerate(answer.entries):
        if number:
            yield Line("")
        yield from _entry(entry)
    yield Line("")
    if answer.model.unlinked_events:
        yield Line(
            _("{count} of {events} dated events are of organisations of which no source names a person: they reach nobody.").format(
                count=number_text(answer.model.unlinked_events), events=number_text(answer.model.events)
            )
        )
    yield Line(_("Model: {name}, fitted on {fitted}.").format(name=answer.model.name, fitted=answer.model.fitted_on))
    yield Line(
        _("Peers: {base}. Nothing after {day} is seen. Method and limits: {method}").format(
            base=answer.model.base_text, day=answer.day, method=answer.model.method
        )
    )


def _entry(entry: RiskEntry) -> Iterator[Line]:
    yield Line(f"{entry.entity.name}  ({in_words(entry.kind)}, {entry.entity.id})")
    yield Line(entry.text, 1, 1)
    if entry.times is not None and entry.links:
        told = [
            _("without links by people of unsure identity: {times} times").format(times=number_text(entry.times_if_sure or 1.0, 1))
        ]
        if entry.times_low is not None and entry.times_high is not None:
            told.append(
                _("the model's 95 % interval: {low} to {high}").format(
                    low=number_text(entry.times_low, 1), high=number_text(entry.times_high, 1)
                )
            )
        yield Line("; ".join(told), 1, 1)
    for link in entry.links:
        yield Line(f"{_signed(link.log_odds)}  {link.text}", 2, 9)
        yield Line("; ".join(part for part in (_roles(link), _sources(link)) if part), 9, 9)
        if link.group:
            yield Line(
                _("one event with {companies}: a group wound up together").format(
                    companies=", ".join(each.name for each in link.group)
                ),
                9,
                9,
            )
        if link.unsure:
            yield Line(_("identity is unsure: look at the records before you rely on it"), 9, 9)
        if link.adds_nothing:
            yield Line(_("adds nothing: {why}").format(why=link.adds_nothing.text), 9, 9)
        for clear in link.clears:
            yield Line(
                _("would leave {times} times: {what}").format(times=number_text(clear.parameters["times"], 1), what=clear.text), 9, 9
            )
    for part in entry.other:
        yield Line(f"{_signed(part.log_odds)}  {part.text}", 2, 9)
    if entry.own and entry.own_times is not None:
        yield Line(
            _("peers: {what}: {times} times the average company").format(
                what=", ".join(part.text for part in entry.own), times=number_text(entry.own_times, 1)
            ),
            1,
            1,
        )
    for silent in entry.silent:
        where = f", {silent.organisation.name}" if silent.organisation else ""
        when = f" ({in_words(silent.event.kind)} {silent.event.date or _('(no date)')})" if silent.event else ""
        yield Line(_("no evidence: {who}: {why}").format(who=f"{silent.person.name}{where}{when}", why=silent.because.text), 1, 1)
    if entry.more_silent:
        yield Line(_("and {count} further links without evidence").format(count=number_text(entry.more_silent)), 1, 1)
    for held in entry.held:
        when = (
            f"{in_words(held.event.kind)} {held.event.date} [{held.event.source.file}:{held.event.source.line}]"
            if held.event
            else _("no event known")
        )
        yield Line(f"{held.organisation.name} ({_told(held.roles)}): {when}", 2, 4)


def risk_rows(answer: RiskAnswer) -> list[Row]:
    """Return one row a link, and one for each entry without any."""
    rows: list[Row] = []
    for entry in answer.entries:
        head = [
            entry.entity.name,
            entry.entity.id,
            entry.verdict,
            *(None if each is None else repr(each) for each in (entry.times, entry.times_low, entry.times_high, entry.times_if_sure)),
        ]
        rows += [
            [
                *head,
                link.person.name,
                repr(link.person.identity),
                link.organisation.name,
                link.event.kind,
                link.event.date,
                repr(link.log_odds),
                _sources(link),
                link.text,
            ]
            for link in entry.links
        ]
        rows += [
            [
                *head,
                None,
                None,
                held.organisation.name,
                held.event.kind if held.event else None,
                held.event.date if held.event else None,
                None,
                f"{held.event.source.file}:{held.event.source.line}" if held.event else None,
                None,
            ]
            for held in entry.held
        ]
        if not entry.links and not entry.held:
            rows.append([*head, None, None, None, None, None, None, None, entry.text])
    return rows


def _roles(link: RiskLink) -> str:
    return _("here {roles}, there {there}").format(roles=_told(link.roles), there=_told(link.roles_there))


def _told(roles: tuple[RiskRole, ...]) -> str:
    return ", ".join(dict.fromkeys(f"{in_words(each.role)}{_period(each)}" for each in roles)) or "-"


def _period(role: RiskRole) -> str:
    if role.since and role.until:
        return " " + _("from {since} to {until}").format(since=role.since, until=role.until)
    if role.since:
        return f" {_('since')} {role.since}"
    return " " + _("until {until}").format(until=role.until) if role.until else ""


def _sources(link: RiskLink) -> str:
    rows = [*(each.source for each in (*link.roles, *link.roles_there)), link.event.source]
    return f"[{', '.join(dict.fromkeys(f'{row.file}:{row.line}' for row in rows))}]"


def _signed(value: float) -> str:
    return f"+{number_text(value, 2)}" if value >= 0 else f"-{number_text(-value, 2)}"
