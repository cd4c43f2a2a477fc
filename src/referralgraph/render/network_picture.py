"""A network as a still picture in a report: rows from those who ask, above, to those who are meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from referralgraph.answers import NetworkAnswer, NetworkNode
from referralgraph.render.drawing import draw, text_width, wrapped
from referralgraph.render.network_style import EDGE, INK, ORGANISATION, ORGANISATION_OTHER, PERSON_FILL, PERSON_PLAIN

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_NODES = 60
_WIDTH, _ROW = 720.0, 98.0
_LINE = 13.0  # of words
_FIRST = ("me", "team", "asked")
_LABELLED = 24  # with more lines, roles beside them would cover each other


def network_picture(
    answer: NetworkAnswer, *, title: str, description: str = "", roots: Sequence[str] = (), most: int = MOST_NODES
) -> Markup:
    """Return a network as SVG without any script, for a report; the interactive page is `write_network_page`.

    Each row holds who is one line further from the roots. Lines of introduction paths are thick, ended ones dashed.

    :param answer: what is shown; folded nodes are left out.
    :param title: says what is shown.
    :param description: what it shows, in a sentence.
    :param roots: ids of the nodes above; by default our own people, or who was asked for.
    :param most: nodes at most; those furthest from the roots are left out first.
    """
    nodes = {node.id: node for node in answer.nodes if not node.hidden}
    lines = [each for each in answer.edges if each.from_ in nodes and each.to in nodes and each.from_ != each.to]
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for each in lines:
        beside[each.from_].append(each.to)
        beside[each.to].append(each.from_)
    rows = _rows(nodes, beside, [each for each in roots if each in nodes], most)
    places: dict[str, tuple[float, float]] = {}
    slots: dict[str, float] = {}
    y = 26.0
    for row in rows:
        for part in _parts(row):
            slot = _WIDTH / len(part)
            for place, node in enumerate(part):
                places[node], slots[node] = ((place + 0.5) * slot, y), min(slot - 8, 190)
            y += _ROW
    lit = {edge for path in answer.paths for edge in path.edges}
    shown = [each for each in lines if each.from_ in places and each.to in places]
    labelled = len(shown) <= _LABELLED
    pairs: defaultdict[frozenset[str], int] = defaultdict(int)
    drawn_lines: list[dict[str, Any]] = []
    for each in sorted(shown, key=lambda edge: (edge.id in lit, edge.id)):
        (x1, y1), (x2, y2) = places[each.from_], places[each.to]
        nth = pairs[frozenset((each.from_, each.to))]
        pairs[frozenset((each.from_, each.to))] += 1
        over = y1 == y2 and abs(x1 - x2) > slots[each.from_] + 12  # somebody may stand between: the line passes above him
        bend = 18.0 * nth * (-1) ** nth + (-64.0 if over else 0.0)
        drawn_lines.append({
            "d": f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2 + (bend if y1 != y2 else 0):.1f} "
                 f"{(y1 + y2) / 2 + (bend if y1 == y2 else 0):.1f} {x2:.1f} {y2:.1f}",
            "stroke": EDGE[each.kind], "lit": each.id in lit, "ended": each.ended,
            "label": each.label if labelled and not nth else "",
            "x": x1 + (x2 - x1) * (0.68 if y2 > y1 else 0.32 if y1 > y2 else 0.64 if over else 0.5),
            "y": y1 + (y2 - y1) * (0.68 if y2 > y1 else 0.32) + (4 if y1 != y2 else -26 if over else -8),
            "hint": "; ".join((f"{nodes[each.from_].name} – {nodes[each.to].name}", *filter(None, (each.label, *each.reasons)))),
        })  # fmt: skip
    _spread(drawn_lines)
    return draw(
        "network-picture.html", title=title, description=description, width=_WIDTH, height=max(40.0, y - _ROW + 62), lines=drawn_lines,
        nodes=[_drawn(nodes[key], places[key], slots[key]) for key in places], left_out=len(nodes) - len(places) + answer.left_out,
    )  # fmt: skip


def _spread(lines: Sequence[dict[str, Any]]) -> None:
    """Lift words that would cover those of another line, until none does."""
    placed: list[tuple[float, float, float]] = []
    for line in sorted((each for each in lines if each["label"]), key=lambda each: (each["y"], each["x"])):
        half = text_width(line["label"], 11) / 2 + 3
        while any(abs(line["y"] - y) < _LINE and abs(line["x"] - x) < half + other for x, y, other in placed):
            line["y"] -= _LINE
        placed.append((line["x"], line["y"], half))


def _drawn(node: NetworkNode, place: tuple[float, float], slot: float) -> dict[str, object]:
    if node.kind == "person":
        fill, border = PERSON_FILL.get(node.role, PERSON_PLAIN[0]), INK if node.role != "other" else PERSON_PLAIN[1]
    else:
        _, fill, border = ORGANISATION.get(node.kind, ORGANISATION_OTHER)
    return {
        "x": place[0], "y": place[1], "person": node.kind == "person", "fill": fill, "border": border, "ended": node.ended,
        "name": wrapped(node.name, slot, 12, 3), "hint": "; ".join((node.name, *node.details, *node.flags)),
    }  # fmt: skip


def _rows(
    nodes: dict[str, NetworkNode], beside: dict[str, list[str]], roots: list[str], most: int
) -> list[list[str]]:
    first = roots or [each.id for each in nodes.values() if each.role in _FIRST] or list(nodes)[:1]
    depth = dict.fromkeys(first, 0)
    waiting = list(first)
    for start in [*waiting, *nodes]:  # what hangs on nothing stands below everything else
        if start not in depth:
            depth[start] = max(depth.values()) + 1
            waiting = [start]
        while waiting:
            node = waiting.pop(0)
            for other in beside.get(node, ()):
                if other not in depth:
                    depth[other] = depth[node] + 1
                    waiting.append(other)
    kept = sorted(depth, key=lambda node: (nodes[node].role == "other", depth[node]))[:most]
    rows: list[list[str]] = []
    for level in sorted({depth[node] for node in kept}):
        rows.append([node for node in nodes if node in depth and depth[node] == level and node in set(kept)])
    for _ in range(2):  # each stands below the middle of those it hangs on: fewer crossings
        for above, row in pairwise(rows):
            middle = {node: (place + 0.5) / len(above) for place, node in enumerate(above)}
            own = {node: (place + 0.5) / len(row) for place, node in enumerate(row)}
            means = {}
            for node in row:
                hung = [middle[other] for other in beside.get(node, ()) if other in middle]
                means[node] = sum(hung) / len(hung) if hung else own[node]
            row.sort(key=lambda node: (means[node], own[node]))
    return rows


def _parts(row: list[str], most: int = 8) -> list[list[str]]:
    count = -(-len(row) // most)
    size = -(-len(row) // count)
    return [row[start : start + size] for start in range(0, len(row), size)]
