"""Pages of a credit team: a neighbourhood with its risky links lit, an ownership tree, a portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.answers import NetworkAnswer, NetworkEdge, NetworkNode
from referralgraph.answers.network import LitPath, NodeRole
from referralgraph.answers.ownership import OwnershipAnswer
from referralgraph.answers.portfolio import PortfolioAnswer
from referralgraph.answers.risk import RiskAnswer, RiskEntry, RiskRole
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.charts import Bar, Span, bars, time_line
from referralgraph.render.network_picture import network_picture
from referralgraph.render.ownership_text import share_text
from referralgraph.render.possible import possible_texts
from referralgraph.render.report import write_report

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST_LANES = 12
_MOST_BARS = 20
_AMBER, _GREY = 1, 3


def write_risk_page(answer: RiskAnswer, file: Path, made: date | None = None) -> None:
    """Write the page of an answer about risk; risky links are thick, those without evidence thin.

    :param made: day shown as that on which the page was made.
    """
    names = ", ".join(entry.entity.name for entry in answer.entries)
    shown = [
        {"entry": entry, "picture": _picture(answer, entry), "parts": _parts(entry), "times": _events(entry, answer.day)}
        for entry in answer.entries
    ]
    write_report(
        file,
        "risk.html",
        title=_("Neighbourhood of {names}").format(names=names),
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        made=made,
        notes=possible_texts(answer),
        answer=answer,
        shown=shown,
        told=_roles,
    )


def write_ownership_page(answer: OwnershipAnswer, file: Path, made: date | None = None) -> None:
    """Write the page of an ownership: the tree with shares on its lines, the owners as bars with their intervals."""
    shares = answer.owners or answer.held
    owners = [
        Bar(
            each.entity.name,
            each.low,
            text=share_text(each.low, each.high),
            low=each.low if each.high > each.low else None,
            high=each.high if each.high > each.low else None,
            tone=0 if each.kind == "person" else _GREY,
        )
        for each in shares[:_MOST_BARS]
    ]
    if answer.unknown_high:
        owners.append(
            Bar(
                _("nobody is stated"),
                answer.unknown_low or 0.0,
                text=share_text(answer.unknown_low, answer.unknown_high),
                low=answer.unknown_low,
                high=answer.unknown_high,
                tone=_AMBER,
            )
        )
    chart = bars(owners, title=_("Effective shares, per cent"), top=100.0) if owners else None
    write_report(
        file,
        "ownership.html",
        title=_("Ownership of {name}").format(name=answer.entity.name),
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        made=made,
        notes=[*(each.text for each in answer.notes), *possible_texts(answer)],
        answer=answer,
        tree=_tree(answer),
        chart=chart,
        share_text=share_text,
    )


def write_portfolio_page(answer: PortfolioAnswer, file: Path, made: date | None = None) -> None:
    """Write the page of a portfolio: the riskiest customers, changes, connected clients, unmatched rows."""
    shown = [each for each in answer.rows if each.links or each.own_event][:100]
    risky = [
        Bar(each.entity.name, each.times, text=number_text(each.times, 1), tone=_AMBER) for each in shown[:_MOST_BARS] if each.times
    ]
    chart = bars(risky, title=_("Times their peers")) if risky else None
    counts = {verdict: sum(each.verdict == verdict for each in answer.rows) for verdict in ("evidence", "stale", "clean", "no_data")}
    write_report(
        file,
        "portfolio.html",
        title=_("Portfolio"),
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        made=made,
        notes=possible_texts(answer),
        answer=answer,
        rows=shown,
        counts=counts,
        chart=chart,
    )


def _picture(answer: RiskAnswer, entry: RiskEntry) -> Markup | None:
    """Return the company, the people who link it, and the companies that failed."""
    if entry.kind == "person" or not (entry.links or entry.silent):
        return None
    nodes: dict[str, NetworkNode] = {entry.entity.id: _node(entry.entity.id, entry.entity.name, "company", "asked")}
    edges: dict[str, NetworkEdge] = {}
    lit = []
    for link in entry.links:
        nodes.setdefault(
            link.person.id,
            _node(
                link.person.id,
                link.person.name,
                "person",
                "other",
                (_("identity {chance}").format(chance=number_text(link.person.identity, 2)),),
            ),
        )
        nodes.setdefault(
            link.organisation.id,
            _node(
                link.organisation.id,
                link.organisation.name,
                "company",
                "target",
                (),
                ended=True,
            ),
        )
        ends = [
            _edge(edges, link.person.id, where, _short(roles))
            for where, roles in ((entry.entity.id, link.roles), (link.organisation.id, link.roles_there))
        ]
        if link.adds_nothing is None:
            lit.append(
                LitPath(nodes=(entry.entity.id, link.person.id, link.organisation.id), edges=tuple(ends), strength=1.0, words="")
            )
    for silent in entry.silent:
        nodes.setdefault(silent.person.id, _node(silent.person.id, silent.person.name, "person", "other"))
        _edge(edges, silent.person.id, entry.entity.id, "")
        if silent.organisation:
            nodes.setdefault(silent.organisation.id, _node(silent.organisation.id, silent.organisation.name, "company", "other"))
            _edge(edges, silent.person.id, silent.organisation.id, in_words(silent.because.code))
    network = NetworkAnswer(
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        title=entry.entity.name,
        nodes=tuple(nodes.values()),
        edges=tuple(edges.values()),
        paths=tuple(lit),
    )
    return network_picture(network, title=_("Who links it to whom"), roots=[entry.entity.id])


def _parts(entry: RiskEntry) -> Markup | None:
    told = [
        Bar(link.person.name + " – " + link.organisation.name, link.log_odds, text=number_text(link.log_odds, 2), tone=_AMBER)
        for link in entry.links
        if link.log_odds
    ]
    told += [
        Bar(part.text, abs(part.log_odds), text=number_text(part.log_odds, 2), tone=_AMBER if part.log_odds > 0 else 2)
        for part in (*entry.other, *entry.own)
        if part.log_odds
    ]
    return bars(told[:_MOST_BARS], title=_("What adds up, in log-odds")) if told else None


def _events(entry: RiskEntry, day: str) -> Markup | None:
    """Return the time line: who held what when, and when it failed."""
    spans = []
    lanes: dict[str, tuple[Sequence[RiskRole], Any]] = {}
    for link in entry.links:
        lanes.setdefault(f"{link.organisation.name}", (link.roles_there, link.event))
    for silent in entry.silent:
        if silent.organisation and silent.event and silent.event.date:
            lanes.setdefault(silent.organisation.name, ((), silent.event))
    for event in entry.own_events:
        if event.date:
            lanes.setdefault(entry.entity.name, ((), event))
    last = date.fromisoformat(day)
    for lane, (roles, event) in list(lanes.items())[:_MOST_LANES]:
        for role in roles:
            begin, end = _day(role.since), _day(role.until)
            if begin is not None or end is not None:
                spans.append(Span(lane, begin or end or last, end or last, in_words(role.role), is_open=end is None, tone=0))
        spans.append(Span(lane, _day(event.date) or last, None, f"{in_words(event.kind)} {event.date}", tone=_AMBER))
    return time_line(spans, title=_("Events and seats over time"), last=last) if spans else None


def _tree(answer: OwnershipAnswer) -> Markup | None:
    if not answer.links:
        return None
    known = {each.entity.id: each for each in (*answer.owners, *answer.passing, *answer.held)}
    nodes: dict[str, NetworkNode] = {answer.entity.id: _node(answer.entity.id, answer.entity.name, answer.kind, "asked")}
    edges: dict[tuple[str, str], list[str]] = {}
    for link in answer.links:
        for ref, kind in ((link.owner, link.owner_kind), (link.owned, "company")):
            each = known.get(ref.id)
            flags = (share_text(each.low, each.high),) if each else ()
            nodes.setdefault(ref.id, _node(ref.id, ref.name, kind, "other", flags))
        told = share_text(link.low, link.high) if link.kind != "profit_transfer" else in_words(link.kind)
        if link.counts or link.kind == "profit_transfer":
            edges.setdefault((link.owner.id, link.owned.id), []).append(told)
    names = {pair: ", ".join(dict.fromkeys(told)) for pair, told in edges.items()}
    lines = tuple(
        NetworkEdge(
            id=f"{one}-{other}",
            from_=one,
            to=other,
            kind="shareholding",
            label=told if (other, one) not in names else _mutual(names, one, other, answer.entity.id),
        )
        for (one, other), told in names.items()
    )
    network = NetworkAnswer(
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        title=answer.entity.name,
        nodes=tuple(nodes.values()),
        edges=lines,
    )
    return network_picture(network, title=_("Who holds what of whom"), roots=[answer.entity.id])


def _mutual(names: Mapping[tuple[str, str], str], one: str, other: str, asked: str) -> str:
    """Return the label of two that hold shares of each other: first what is held of the one nearer to who was asked about."""
    steps, level = {asked: 0}, [asked]
    while level:
        level = [owner for owner, owned in names if owned in level and owner not in steps]
        steps |= dict.fromkeys(level, max(steps.values()) + 1)
    far, near = sorted((one, other), key=lambda each: (-steps.get(each, len(names)), each))
    return _("{share}, back {other}").format(share=names[far, near], other=names[near, far])


def _node(identifier: str, name: str, kind: str, role: NodeRole, flags: tuple[str, ...] = (), *, ended: bool = False) -> NetworkNode:
    shown = " · ".join((name, *flags))
    return NetworkNode(id=identifier, kind=kind, name=shown, role=role, connections=0, flags=flags, ended=ended)


def _edge(edges: dict[str, NetworkEdge], person: str, organisation: str, label: str) -> str:
    key = f"{person}-{organisation}"
    edges.setdefault(key, NetworkEdge(id=key, from_=person, to=organisation, kind="mandate", label=label))
    return key


def _short(roles: Sequence[RiskRole]) -> str:
    return in_words(roles[-1].role) if roles else ""


def _roles(roles: Sequence[RiskRole]) -> str:
    return "; ".join(dict.fromkeys(f"{in_words(each.role)} {each.since or '…'} – {each.until or '…'}" for each in roles))


def _day(text: str | None) -> date | None:
    """Return the first day of a date of any precision."""
    if not text:
        return None
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)
