"""Effective ownership: what of a company reaches each owner through chains and cycles, and who controls it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WHOLE = 1.0
_TINY = 1e-9
_ROUNDS = 1000
_VANISHING = 0.5


@dataclass(frozen=True)
class Share:
    """A direct share, as parts of one.

    :param owner: id of who holds it.
    :param owned: id of the company.
    :param low: at least so much, 0 to 1.
    :param high: at most so much, 0 to 1; equal to `low` if exact.
    """

    owner: str
    owned: str
    low: float
    high: float


@dataclass(frozen=True)
class Effective:
    """What reaches one owner: at least ``low``, at most ``high``, parts of one."""

    low: float
    high: float


@dataclass(frozen=True)
class Ownership:
    """Who owns one company.

    :ivar owners: every ultimate owner: people, and companies whose owners nobody states.
    :ivar passing: companies in between, with what of it reaches them, circles counted once.
    :ivar unknown: what no stated owner holds.
    :ivar contradictory: companies whose shares add up to more than one, with the sum; they are scaled to one.
    :ivar closed: companies that own each other wholly, so that nothing reaches anybody outside.
    """

    owners: Mapping[str, Effective]
    passing: Mapping[str, Effective]
    unknown: Effective
    contradictory: Mapping[str, float] = field(default_factory=dict)
    closed: tuple[str, ...] = ()


def tightened(shares: Iterable[Share]) -> tuple[list[Share], dict[str, float]]:
    """Return shares of which no owner has more than the others' least leaves, and the companies whose shares contradict.

    Own shares count like any other's: what a company holds of itself flows back and around.
    """
    of: dict[str, list[Share]] = {}
    for share in shares:
        of.setdefault(share.owned, []).append(share)
    found, contradictory = [], {}
    for owned, each in sorted(of.items()):
        total = sum(share.low for share in each)
        scale = 1.0
        if total > _WHOLE + _TINY:
            contradictory[owned], scale = total, _WHOLE / total
            total = _WHOLE
        for share in sorted(each, key=lambda share: share.owner):
            low = share.low * scale
            found.append(Share(share.owner, owned, low, max(low, min(share.high, _WHOLE - (total - low)))))
    return found, contradictory


def owners_of(company: str, shares: Sequence[Share]) -> Ownership:
    """Return what of a company reaches every ultimate owner.

    y = e + A y: what reaches an owner is his direct share of all that flows through the companies below him. Solved for the lower
    ends of all shares, and for the upper ends; where those have no solution (bands in a cycle may add up to more than one), an owner's
    most is what the least of all others leaves.

    :param company: id of the company.
    :param shares: direct shares of it and of everybody above it.
    """
    kept, contradictory = tightened(shares)
    nodes = _above(company, kept)
    place = {node: at for at, node in enumerate(nodes)}
    kept = [share for share in kept if share.owned in place]
    closed = _closed(company, kept)
    kept = [share for share in kept if share.owned not in closed]
    owned = {share.owned for share in kept}
    least = _flow(place, company, [(share.owner, share.owned, share.low) for share in kept])
    most = _bounded(place, company, [(share.owner, share.owned, share.high) for share in kept])
    ultimate = [node for node in nodes if node not in owned and node not in closed and node != company]
    stuck = sum(float(least[place[node]]) for node in closed)  # reaches nobody outside
    known = sum(float(least[place[node]]) for node in ultimate)
    owners = {}
    for node in ultimate:
        low = min(_WHOLE, float(least[place[node]]))
        high = float(most[place[node]]) if most is not None else _WHOLE
        owners[node] = Effective(low, max(low, min(high, _WHOLE - max(0.0, known + stuck - low))))
    unknown_most = max(0.0, _WHOLE - known)
    unknown_least = max(0.0, _WHOLE - sum(each.high for each in owners.values()))
    passing = {}
    for node in nodes:
        if node in owned and node != company:
            # of what flows through it, a part has been there before: its own share is what reaches it for the first time
            again = _flow(place, node, [(share.owner, share.owned, share.low) for share in kept])[place[node]]
            low = min(_WHOLE, float(least[place[node]] / again))
            high = _WHOLE
            if most is not None:
                again = _flow(place, node, [(share.owner, share.owned, share.high) for share in kept])[place[node]]
                high = min(_WHOLE, float(most[place[node]] / again))
            passing[node] = Effective(low, max(low, high))
    return Ownership(owners, passing, Effective(min(unknown_least, unknown_most), unknown_most), contradictory, tuple(sorted(closed)))


def holdings_of(owner: str, shares: Sequence[Share]) -> dict[str, Effective]:
    """Return what an owner effectively holds of every company below him.

    :param shares: direct shares of every company below him, those of other owners too.
    """
    kept, _ = tightened(shares)
    below = _below(owner, kept)
    nodes = sorted({owner, *below})
    place = {node: at for at, node in enumerate(nodes)}
    inside = [share for share in kept if share.owner in place and share.owned in place and share.owned != owner]
    turned = [(share.owned, share.owner) for share in inside]
    least = _bounded(place, owner, [(owned, by, share.low) for (owned, by), share in zip(turned, inside, strict=True)])
    most = _bounded(place, owner, [(owned, by, share.high) for (owned, by), share in zip(turned, inside, strict=True)])
    found = {}
    for node in sorted(below):
        low = min(_WHOLE, float(least[place[node]])) if least is not None else 0.0
        high = float(most[place[node]]) if most is not None else _WHOLE
        found[node] = Effective(low, max(low, min(_WHOLE, high)))
    return found


def controlled_by(
    owner: str, votes: Sequence[Share], contracts: Iterable[tuple[str, str]] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the companies that an owner controls surely, and those that he may control.

    He controls a company if he and the companies he controls hold together more than half of its votes, or one of them has a
    profit-transfer agreement with it. The smallest such set, from him outwards [1]. Votes of a company in itself rest.

    [1] Ceri, Gottlob, Tanca 1990, Logic Programming and Databases, doi:10.1007/978-3-642-83952-8: company control.

    :param contracts: who has whose profit transferred: parent, company.
    """
    bound: dict[str, set[str]] = {}
    for parent, company in contracts:
        bound.setdefault(parent, set()).add(company)
    kept, _ = tightened(votes)
    resting = {share.owned: share.low for share in kept if share.owner == share.owned}
    sets = []
    for surely in (True, False):
        held: dict[str, float] = {}
        by: dict[str, list[Share]] = {}
        for share in kept:
            if share.owner != share.owned:
                by.setdefault(share.owner, []).append(share)
        controlled: set[str] = set()
        waiting = [owner]
        while waiting:
            who = waiting.pop()
            for share in by.get(who, ()):
                part = (share.low if surely else share.high) / max(_TINY, 1 - resting.get(share.owned, 0.0))
                held[share.owned] = held.get(share.owned, 0.0) + part
            reached = {owned for owned, part in held.items() if part > 0.5 + _TINY} | bound.get(who, set())
            new = sorted(reached - controlled - {owner})
            controlled |= set(new)
            waiting += new
        sets.append(frozenset(controlled))
    return sets[0], sets[1]


def _flow(place: Mapping[str, int], source: str, edges: Sequence[tuple[str, str, float]]) -> NDArray[np.float64]:
    """Return y = e + A y; every circle of it leaks."""
    start = np.zeros(len(place))
    start[place[source]] = 1.0
    found = splu((eye_array(len(place), format="csc") - _matrix(place, edges)).tocsc()).solve(start)
    flow: NDArray[np.float64] = np.clip(found, 0.0, None)
    return flow


def _bounded(place: Mapping[str, int], source: str, edges: Sequence[tuple[str, str, float]]) -> NDArray[np.float64] | None:
    """Return y = e + A y, None where a circle grows without end: then it is a number, but no share."""
    matrix = _matrix(place, edges)
    flow = np.ones(len(place))
    for _ in range(_ROUNDS):
        flow = matrix @ flow
        if flow.max(initial=0.0) < _VANISHING:
            return _flow(place, source, edges)
        if flow.max(initial=0.0) > 1 / _VANISHING:
            break
    return None


def _matrix(place: Mapping[str, int], edges: Sequence[tuple[str, str, float]]) -> csc_array:
    rows, columns = [place[to] for to, _, _ in edges], [place[at] for _, at, _ in edges]
    return csc_array(([share for _, _, share in edges], (rows, columns)), shape=(len(place), len(place)))


def _above(company: str, shares: Sequence[Share]) -> list[str]:
    owners: dict[str, list[str]] = {}
    for share in shares:
        owners.setdefault(share.owned, []).append(share.owner)
    return _reached(company, owners)


def _below(owner: str, shares: Sequence[Share]) -> set[str]:
    owned: dict[str, list[str]] = {}
    for share in shares:
        owned.setdefault(share.owner, []).append(share.owned)
    return set(_reached(owner, owned)) - {owner}


def _reached(start: str, following: Mapping[str, Sequence[str]]) -> list[str]:
    found, waiting = {start}, [start]
    while waiting:
        for each in following.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return sorted(found)


def _closed(company: str, shares: Sequence[Share]) -> set[str]:
    """Return companies from which nothing can leave: wholly owned, for sure, by each other alone."""
    owners: dict[str, list[Share]] = {}
    for share in shares:
        owners.setdefault(share.owned, []).append(share)
    inside = {owned for owned, each in owners.items() if sum(share.low for share in each) >= _WHOLE - _TINY}
    while True:
        leaking = {owned for owned in inside if any(share.low > 0 and share.owner not in inside for share in owners[owned])}
        if not leaking:
            return inside
        inside -= leaking
