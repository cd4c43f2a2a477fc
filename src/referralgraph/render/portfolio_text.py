"""A portfolio, and what a model of one's own is worth, in words and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from referralgraph.answers.portfolio import PortfolioAnswer, PortfolioRow
from referralgraph.answers.risk_fit import RiskFitAnswer
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.path_text import Line
from referralgraph.render.table import Row

HEADINGS = [
    "line",
    "asked",
    "name",
    "id",
    "verdict",
    "times",
    "if surely the same",
    "times before",
    "exposure",
    "own event",
    "because",
    "change",
    "connected group",
]
FIT_HEADINGS = ["figure", "value", "low", "high"]
_SHOWN = 40  # of each part, in a table for people; CSV and JSON have all
_VERDICTS = (translatable("evidence"), translatable("stale"), translatable("clean"), translatable("no data"))
_FIGURES = {
    "auc": translatable("AUC of the model"),
    "auc_own_attributes": translatable("AUC of own attributes alone"),
    "auc_vote": translatable("AUC of the neighbours' vote"),
    "auc_degree": translatable("AUC of the number of linked companies"),
    "auc_linked": translatable("AUC of the model, linked companies"),
    "auc_own_attributes_linked": translatable("AUC of own attributes, linked companies"),
    "auc_vote_linked": translatable("AUC of the neighbours' vote, linked companies"),
    "gain": translatable("gain over own attributes"),
    "recent_factor": translatable("rate beside a recent failure over the rate of all others"),
    "recent_factor_adjusted": translatable("the same with own attributes held equal"),
}


def portfolio_text(answer: PortfolioAnswer) -> Iterator[Line]:
    """Yield the lines of an answer."""
    counts = {verdict: sum(each.verdict == verdict for each in answer.rows) for verdict in ("evidence", "stale", "clean", "no_data")}
    told = ", ".join(f"{in_words(verdict)} {number_text(count)}" for verdict, count in counts.items())
    yield Line(
        _("{customers} customers: {told}; {unmatched} rows couldn't be matched").format(
            customers=number_text(len(answer.rows)), told=told, unmatched=number_text(len(answer.unmatched))
        )
    )
    if answer.exposure is not None:
        risky = sum(each.exposure or 0.0 for each in answer.rows if each.verdict == "evidence")
        yield Line(
            _("exposure {total}, beside a recent failure {risky}").format(total=number_text(answer.exposure), risky=number_text(risky))
        )
    yield Line("")
    shown = [each for each in answer.rows if each.links or each.own_event]
    for each in shown[:_SHOWN]:
        yield from _row(each)
    yield from _more(len(shown))
    yield from _changes(answer)
    yield from _connected(answer)
    if answer.unmatched:
        yield Line("")
        yield Line(_("Not matched:"))
        for row in answer.unmatched[:_SHOWN]:
            yield Line(_("line {line}: {asked}: {why}").format(line=row.line, asked=row.asked, why=row.because.text), 1, 3)
        yield from _more(len(answer.unmatched))
    yield Line("")
    yield Line(
        _("Peers: {base}. Nothing after {day} is seen. Method and limits: {method}").format(
            base=answer.model.base_text, day=answer.day, method=answer.model.method
        )
    )


def portfolio_rows(answer: PortfolioAnswer) -> list[Row]:
    """Return one row a customer, then one a row that couldn't be matched."""
    group = {ref.id: number for number, each in enumerate(answer.connected, start=1) for ref in each.clients}
    changes: dict[int, list[str]] = {}
    for change in answer.changes:
        changes.setdefault(change.line, []).append(change.text)
    rows: list[Row] = [
        [
            str(each.line),
            each.asked,
            each.entity.name,
            each.entity.id,
            each.verdict,
            *(None if value is None else repr(value) for value in (each.times, each.times_if_sure, each.times_before, each.exposure)),
            each.own_event,
            "; ".join(link.text for link in each.links),
            "; ".join(changes.get(each.line, ())),
            str(group[each.entity.id]) if each.entity.id in group else None,
        ]
        for each in answer.rows
    ]
    rows += [
        [str(each.line), each.asked, None, None, each.because.code, None, None, None, None, None, each.because.text, None, None]
        for each in answer.unmatched
    ]
    return rows


def fit_text(answer: RiskFitAnswer) -> Iterator[Line]:
    """Yield the lines of what a model is worth."""
    yield Line(answer.text)
    yield Line(
        _(
            "{outcomes} outcomes; tested on {rows} rows with {events} events, {recent} of them beside a recent failure, within {days} "
            "days after {first} to {last}; trained on days from {train} to {until}"
        ).format(
            outcomes=number_text(answer.outcomes),
            rows=number_text(answer.rows),
            events=number_text(answer.events),
            recent=number_text(answer.recent_events),
            days=answer.horizon_days,
            first=answer.test_days[0],
            last=answer.test_days[-1],
            train=answer.train_days[0],
            until=answer.train_days[-1],
        ),
        1,
        1,
    )
    for figure in answer.figures:
        yield Line(f"{_(_FIGURES[figure.name])}: {_interval((figure.value, figure.low, figure.high))}", 1, 3)
    if answer.lift is not None:
        yield Line(_("lift of the tenth foretold highest: {lift}").format(lift=number_text(answer.lift, 2)), 1, 3)
    error = number_text(answer.calibration_error, 4)
    yield Line(_("calibration, after one shift to the rate of the test: mean error {error}").format(error=error), 1, 3)
    for tenth in answer.tenths:
        yield Line(
            _("{rows} rows: foretold {foretold}, observed {observed}").format(
                rows=number_text(tenth.rows), foretold=number_text(tenth.foretold, 4), observed=number_text(tenth.observed, 4)
            ),
            3,
            3,
        )
    for row in answer.unmatched[:_SHOWN]:
        yield Line(_("line {line}: {asked}: {why}").format(line=row.line, asked=row.asked, why=row.because.text), 1, 3)
    yield from _more(len(answer.unmatched))
    if answer.written:
        yield Line(_('written to {file}; set model = "{file}" in [risk] of settings.toml and build').format(file=answer.written))


def fit_rows(answer: RiskFitAnswer) -> list[Row]:
    """Return one row a figure."""
    return [
        [each.name, *(None if value is None else repr(value) for value in (each.value, each.low, each.high))]
        for each in answer.figures
    ]


def _row(each: PortfolioRow) -> Iterator[Line]:
    times = "" if each.times is None else _("{times} times").format(times=number_text(each.times, 1))
    sure = "" if each.times_if_sure is None else _("({times} if surely the same)").format(times=number_text(each.times_if_sure, 1))
    exposure = "" if each.exposure is None else _("exposure {amount}").format(amount=number_text(each.exposure))
    yield Line(f"{each.entity.name}  " + "  ".join(part for part in (times, sure, exposure) if part), 1, 3)
    if each.own_event:
        yield Line(_("itself: {event}").format(event=each.own_event), 3, 3)
    for link in each.links:
        yield Line(link.text, 3, 3)


def _changes(answer: PortfolioAnswer) -> Iterator[Line]:
    if answer.since is None:
        return
    yield Line("")
    yield Line(
        _("Since {since}:").format(since=answer.since)
        if answer.changes
        else _("Nothing has changed since {since}.").format(since=answer.since)
    )
    for change in answer.changes[:_SHOWN]:
        yield Line(f"{change.entity.name}: {change.text}", 1, 3)
    yield from _more(len(answer.changes))


def _connected(answer: PortfolioAnswer) -> Iterator[Line]:
    if not answer.connected:
        return
    yield Line("")
    yield Line(_("Connected clients (a shared owner, manager or parent; a hint for the examination, not its result):"))
    for group in answer.connected[:_SHOWN]:
        names = _names([each.name for each in group.clients])
        told = [_("{count} clients").format(count=number_text(len(group.clients)))]
        if group.exposure is not None:
            told.append(_("exposure {amount}").format(amount=number_text(group.exposure)))
        if group.failed:
            told.append(_("{count} with an event of their own").format(count=group.failed))
        by = _names([each.name for each in group.by])
        yield Line(f"{', '.join(told)}: {names} ({_('by {who}').format(who=by)})", 1, 3)
    yield from _more(len(answer.connected))


def _names(names: Sequence[str], most: int = 6) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (_(" and {count} more").format(count=number_text(rest)) if rest > 0 else "")


def _more(count: int) -> Iterator[Line]:
    if count > _SHOWN:
        yield Line(_("and {count} more: --format csv or json has all").format(count=number_text(count - _SHOWN)), 1)


def _interval(figure: tuple[float | None, float | None, float | None]) -> str:
    told = [number_text(each, 4) if each is not None else "-" for each in figure]
    return f"{told[0]} [{told[1]}, {told[2]}]"
