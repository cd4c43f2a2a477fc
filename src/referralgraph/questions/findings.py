"""What an answer says, as lines that can be compared with those of the same question under another identity."""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

from referralgraph.answers.account import AccountAnswer
from referralgraph.answers.base import Answer
from referralgraph.answers.boards import BoardsAnswer
from referralgraph.answers.breadth import BreadthAnswer
from referralgraph.answers.dependence import DependenceAnswer
from referralgraph.answers.multipliers import MultipliersAnswer
from referralgraph.answers.network import NetworkAnswer
from referralgraph.answers.ownership import OwnershipAnswer
from referralgraph.answers.path import PathAnswer, PathsAnswer
from referralgraph.answers.portfolio import PortfolioAnswer
from referralgraph.answers.risk import RiskAnswer
from referralgraph.language import gettext as _


class Finding(NamedTuple):
    """One thing that an answer says: about what, and a figure or a word."""

    what: str
    value: int | float | str | None


Findings = dict[tuple[str, ...], Finding]


@singledispatch
def findings(answer: Answer) -> Findings:
    """Return what an answer says by ids; what isn't told here (names, sources, order) is no change of the answer."""
    raise TypeError(f"{type(answer).__name__} has no findings: say in questions/findings.py what it says")


@findings.register
def _path(answer: PathAnswer) -> Findings:
    return {("best",): Finding(_("the best introduction"), answer.paths[0].strength if answer.paths else None)}


@findings.register
def _paths(answer: PathsAnswer) -> Findings:
    return {(each.asked,): Finding(each.asked, each.path.strength if each.path else None) for each in answer.entries}


@findings.register
def _boards(answer: BoardsAnswer) -> Findings:
    names = {each.person.id: each.person.name for target in answer.targets for each in target.members}
    names |= {each.person.id: each.person.name for each in answer.members}
    found: Findings = {}
    for target in answer.targets:
        body = target.organisation
        for cell in target.cells:
            what = (
                _("{name} in both boards").format(name=names.get(cell.ours, cell.ours))
                if cell.kind == "same_person"
                else f"{names.get(cell.ours, cell.ours)} – {names.get(cell.theirs, cell.theirs)}"
            )
            what = f"{what} ({body.name if body else target.asked})"
            found[body.id if body else target.asked, cell.ours, cell.theirs] = Finding(what, cell.strength)
    found |= {
        (each.organisation.id,): Finding(_("people in common with {name}").format(name=each.organisation.name), each.members)
        for each in answer.interlocks
    }
    return found


@findings.register
def _multipliers(answer: MultipliersAnswer) -> Findings:
    found: Findings = {("expected",): Finding(_("companies reached, as expected"), answer.expected)}
    return found | {(each.person.id,): Finding(each.person.name, each.expected) for each in answer.multipliers}


@findings.register
def _dependence(answer: DependenceAnswer) -> Findings:
    found: Findings = {("reached",): Finding(_("targets within reach"), answer.reached)}
    for each in answer.people:
        found[each.person.id, "lost"] = Finding(_("lost without {name}").format(name=each.person.name), len(each.lost))
        found[each.person.id, "halved"] = Finding(_("halved without {name}").format(name=each.person.name), len(each.halved))
    return found


@findings.register
def _breadth(answer: BreadthAnswer) -> Findings:
    found: Findings = {}
    for each in answer.entries:
        told = (
            ("people", _("people of {name}"), each.people),
            ("tied", _("people tied to those of {name}"), each.tied_people),
            ("reached", _("companies that those of {name} reach"), each.companies_reached),
        )
        found |= {(each.organisation.id, key): Finding(what.format(name=each.organisation.name), value) for key, what, value in told}
    return found


@findings.register
def _account(answer: AccountAnswer) -> Findings:
    found: Findings = {("stakeholders",): Finding(_("stakeholders"), len(answer.stakeholders))}
    for each in answer.stakeholders:
        who = each.person.id if each.person else each.id
        told = (("role", each.role), ("relationship", each.relationship_score), ("influence", each.influence_score))
        found |= {(who, name): Finding(f"{each.name}, {_(name)}", value) for name, value in told}
    found |= {(each.id, "missing"): Finding(_("{name} is missing").format(name=each.name), 1) for each in answer.missing}
    found |= {
        (each.stakeholder, "lead"): Finding(
            _("the best introduction to {name}").format(name=each.name), each.path.strength if each.path else None)
        for each in answer.without_lead
    }  # fmt: skip
    return found


@findings.register
def _risk(answer: RiskAnswer) -> Findings:
    found: Findings = {}
    for each in answer.entries:
        value: float | str | None = each.times
        if each.verdict is None:
            value = sum(1 for held in each.held if held.event)
        told = _("{name}, times its peers") if each.verdict else _("companies of {name} with an event")
        what = told.format(name=each.entity.name)
        found[each.entity.id,] = Finding(what, value)
        found |= {
            (each.entity.id, link.person.id, link.event.id): Finding(f"{link.person.name} – {link.organisation.name}", link.log_odds)
            for link in each.links
        }
    return found


@findings.register
def _ownership(answer: OwnershipAnswer) -> Findings:
    return {
        (part, each.entity.id): Finding(each.entity.name, f"{each.low:.4g}–{each.high:.4g} %")
        for part, shares in (("owner", answer.owners), ("held", answer.held))
        for each in shares
    }


@findings.register
def _portfolio(answer: PortfolioAnswer) -> Findings:
    return {(each.entity.id,): Finding(each.entity.name, each.times) for each in answer.rows}


@findings.register
def _network(answer: NetworkAnswer) -> Findings:
    names = {each.id: each.name for each in answer.nodes}
    return {
        (*sorted((each.from_, each.to)), each.kind): Finding(f"{names[each.from_]} – {names[each.to]}", each.label or each.kind)
        for each in answer.edges
    }
