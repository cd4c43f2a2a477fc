"""How kinds and roles look in the picture; a colour never carries a meaning alone, shape or words say it too."""

from __future__ import annotations

import math
from typing import Any

from referralgraph.answers import NetworkEdge, NetworkNode

# Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), darkened where a line would fall under 3:1 on white.
BLUE, SKY, AMBER, VERMILION, GREEN, PINK, GREY, INK = (
    "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#00825f", "#b04e8a", "#5a6472", "#1b2733",
)  # fmt: skip

PERSON_FILL = {"me": BLUE, "team": SKY, "introducer": AMBER, "target": VERMILION}
PERSON_PLAIN = ("#ffffff", "#33475b")

# kind of organisation: shape, fill, border
ORGANISATION = {
    "company": ("square", "#dfe6ee", "#44546a"),
    "association": ("hexagon", "#d3efe3", "#00664b"),
    "chamber": ("diamond", "#e9dcf4", "#5f3a8c"),
    "club": ("triangle", "#fbe3bd", "#7d5200"),
    "committee": ("triangleDown", "#d5f0f7", "#0a6276"),
    "public_body": ("custom", "#e6e6e6", "#333333"),
}
ORGANISATION_OTHER = ("ellipse", "#eeeeee", "#555555")

EDGE = {"mandate": GREY, "shareholding": GREEN, "contact": BLUE, "colleague": PINK}
ENDED_DASHES = [7, 6]


def node_style(node: NetworkNode, lines: int) -> dict[str, Any]:
    """Return shape, size and colours of a node as vis-network takes them.

    :param node: a node of the answer.
    :param lines: its lines in the file; a node with many is drawn a little larger.
    """
    prominent = node.role != "other"
    if node.kind == "person":
        fill, border = PERSON_PLAIN
        fill = PERSON_FILL.get(node.role, fill)
        style: dict[str, Any] = {"shape": "dot", "size": 22 if prominent else 15}
    else:
        shape, fill, border = ORGANISATION.get(node.kind, ORGANISATION_OTHER)
        # A triangle, a diamond and a hexagon look smaller than a square of the same radius.
        size = {"square": 15, "hexagon": 18, "ellipse": 16, "custom": 17}.get(shape, 20)
        style = {"shape": "dot" if shape == "ellipse" else shape, "size": size + (4 if prominent else 0)}
    style["size"] += round(min(8.0, 1.6 * math.log2(max(1, lines) / 2)) if lines > 2 else 0, 1)
    if node.ended:
        fill, border = "#f4f4f4", "#777777"
    width = 4 if node.role in ("target", "me", "asked") else 2
    if node.role in ("target", "me", "asked", "introducer"):
        border = INK
    style |= {"color": {"background": fill, "border": border}, "borderWidth": width}
    return style | ({"shapeProperties": {"borderDashes": [4, 3]}} if node.ended else {})


def edge_style(edge: NetworkEdge, curve: float) -> dict[str, Any]:
    """Return colour, dashes and bend of a line as vis-network takes them.

    :param edge: a line of the answer.
    :param curve: bend, -1 to 1; 0 is straight. Lines between the same two nodes get different ones.
    """
    bend = {"enabled": True, "type": "curvedCW" if curve > 0 else "curvedCCW", "roundness": abs(curve)}
    return {
        "color": {"color": EDGE[edge.kind]},
        "dashes": ENDED_DASHES if edge.ended else False,
        # A share belongs to somebody, so its line has a direction; to know each other has none.
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}} if edge.kind == "shareholding" else "",
        "smooth": bend if curve else False,
    }
