"""The network page: one HTML file that a salesperson can open offline, mail, search, unfold and print."""

from __future__ import annotations

import base64
import hashlib
import json
import shlex
import unicodedata
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

from referralgraph.answers import NetworkAnswer, NetworkEdge, NetworkNode
from referralgraph.language import translator
from referralgraph.render.facts import PageFacts
from referralgraph.render.network_style import edge_style, node_style
from referralgraph.render.network_texts import (
    Translate,
    flag_texts,
    kind_texts,
    page_texts,
    role_texts,
)
from referralgraph.render.possible import possible_texts

LABEL_LENGTH = 60  # code points of a name in the picture; the panel has it whole
SCRIPTS = ("model", "layout", "draw", "panel", "legend", "page")  # one program, in this order
IDENTITY_FLAGS = ("possible identity", "possible_identity")
FILE_PLACEHOLDER = "FILE"


def write_network_page(
    answer: NetworkAnswer, path: Path, *, language: str = "en", translate: Translate | None = None
) -> None:
    """Write the page of a network to one file.

    :param answer: what the page shows.
    :param path: the file; it is replaced.
    :param language: language of the page.
    :param translate: translates one English text; that language's catalogue by default.
    :raises UsageError: for a language without a catalogue.
    :raises OSError: if the file can't be written.
    """
    path.write_text(network_page(answer, language=language, translate=translate), encoding="utf-8", newline="\n")


def network_page(answer: NetworkAnswer, *, language: str = "en", translate: Translate | None = None) -> str:
    """Return the page of a network as one self-contained HTML text.

    The page asks no network for anything, and its content security policy would refuse it: scripts and styles are
    allowed by hash alone. Names are data everywhere, in a block that no browser runs, and become text only.

    :param answer: what the page shows; nothing else is read.
    :param language: language of the page, its dates and its figures: "en", "de" or "id".
    :param translate: translates one English text; that language's catalogue by default.
    :return: the HTML text; the same answer and language give the same bytes.
    :raises UsageError: for a language without a catalogue.
    """
    # pyvis brings IPython with it, which takes half a second that no other command should pay.
    from jinja2 import DictLoader, Environment
    from pyvis.network import Network

    facts = _Facts(answer, language, translate or translator(language))
    network = Network(directed=True)  # undirected, pyvis would drop the second line between two nodes
    lines = Counter(end for edge in facts.edges for end in (edge.from_, edge.to))
    for index, node in enumerate(answer.nodes):
        # Positions in the answer are the ids inside the page: an id may be any text, "__proto__" too.
        network.add_node(index, label=" ", **node_style(node, lines[node.id]))
    for index, (edge, curve) in enumerate(zip(facts.edges, _curves(facts.edges), strict=True)):
        network.add_edge(facts.position[edge.from_], facts.position[edge.to], id=index, **edge_style(edge, curve))
    files = resources.files("referralgraph.render") / "templates"
    network.templateEnv = Environment(
        loader=DictLoader({"network.html": (files / "network.html").read_text("utf-8")}), autoescape=True
    )
    network.path = "network.html"
    parts = "".join((files / f"network-{part}.js").read_text("utf-8") for part in SCRIPTS)
    program = f'(() => {{\n"use strict";\n{parts}}})();\n'
    style = "".join((files / name).read_text("utf-8") for name in ("network.css", "network-print.css"))
    library = _vis_network()
    network.templateEnv.globals.update(
        language=facts.locale.language,
        direction=facts.locale.text_direction,
        page_title=_clean(answer.title),
        noscript=facts.fact["noscript"],
        library=library,
        program=program,
        style=style,
        script_hashes=f"'{_hash(library)}' '{_hash(program)}'",
        style_hash=f"'{_hash(style)}'",
        page_data=_json(facts.page()),
        json=_json,
    )
    html: str = network.generate_html()
    return html.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate in a title must not stop the file


class _Facts:
    """What the answer says, as the texts and figures of the page."""

    def __init__(self, answer: NetworkAnswer, language: str, translate: Translate) -> None:
        self.answer = answer
        self.translate = translate
        self.said = PageFacts(language, translate)
        self.locale, self.fact = self.said.locale, self.said.fact
        self.kinds = kind_texts(translate)
        self.roles = role_texts(translate)
        self.flags = flag_texts(translate)
        self.position = {node.id: index for index, node in enumerate(answer.nodes)}
        # A line to a node that isn't in the file can't be drawn; the badge still counts it.
        self.edges = [edge for edge in answer.edges if edge.from_ in self.position and edge.to in self.position]

    def page(self) -> dict[str, Any]:
        answer = self.answer
        edge_position = {edge.id: index for index, edge in enumerate(self.edges)}
        return {
            "language": str(self.locale).replace("_", "-"),
            "texts": page_texts(self.translate),
            "kinds": self.kinds,
            "roles": self.roles,
            "title": answer.title,
            "facts": self.coverage(),
            "date": self.said.data_date(answer.coverage),
            "left_out": answer.left_out,
            "possible": possible_texts(answer),
            "nodes": [self.node(node) for node in answer.nodes],
            "edges": [self.edge(edge) for edge in self.edges],
            "paths": [
                {
                    "nodes": [self.position[node] for node in path.nodes if node in self.position],
                    "edges": [edge_position[edge] for edge in path.edges if edge in edge_position],
                    "strength": self.said.number(round(path.strength, 3)),
                    "words": path.words,
                }
                for path in answer.paths
            ],
        }

    def node(self, node: NetworkNode) -> dict[str, Any]:
        name = node.name if node.name.strip() else self.fact["no_name"]
        # What a reader must know of a person is how sure we are of him, unless it is said to be something else.
        person = node.kind == "person"
        doubts = [flag for flag in node.flags if flag in IDENTITY_FLAGS or (person and flag not in self.flags)]
        return {
            "id": node.id,
            "name": name,
            "label": _shorten(name),
            "kind": node.kind,
            "role": node.role,
            "details": node.details,
            "connections": node.connections,
            "hidden": node.hidden,
            "ended": node.ended,
            "warnings": [*(self.flags.get(flag, flag) for flag in node.flags if flag not in doubts), *node.conflicts],
            "doubts": [self.flags.get(flag, flag) for flag in doubts],
            "command": f"referralgraph network {shlex.quote(node.id)} --html {FILE_PLACEHOLDER}",
        }

    def edge(self, edge: NetworkEdge) -> dict[str, Any]:
        return {
            "id": edge.id,
            "from": self.position[edge.from_],
            "to": self.position[edge.to],
            "kind": edge.kind,
            "label": edge.label or self.kinds[edge.kind],
            "period": self.said.period(edge.since, edge.until, ended=edge.ended),
            "ended": edge.ended,
            "strength": edge.strength,
            "strength_words": edge.words,
            "reasons": edge.reasons,
            "sources": [self.said.source(row) for row in edge.sources],
        }

    def coverage(self) -> list[str]:
        lines = self.said.basis(self.answer.question, self.answer.coverage)
        return [*lines, self.fact["coverage_warning"], self.said.revision(self.answer.revision)]


def _curves(edges: list[NetworkEdge]) -> list[float]:
    """Bend lines between the same two nodes apart, so that each can be seen and hovered."""
    pairs: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for index, edge in enumerate(edges):
        pairs[frozenset((edge.from_, edge.to))].append(index)
    curves = [0.0] * len(edges)
    for indexes in pairs.values():
        for rank, index in enumerate(indexes):
            bend = 0.16 * (rank - (len(indexes) - 1) / 2)
            # The bend is as seen from the line's start: lines that start at either end must count the same way.
            curves[index] = bend if edges[index].from_ == edges[indexes[0]].from_ else -bend
    return curves


def _vis_network() -> str:
    # read_text makes every line end a line feed, as the browser does before it computes the hash of a script
    return (resources.files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _json(value: Any) -> str:
    """JSON that can stand inside a script element: no character in it can end the element or open a comment."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")


def _clean(name: str) -> str:
    """Drop what a line of a picture can't hold: line breaks, control characters, and overrides of direction."""
    kept = (
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in name
        if not ("\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069")
    )
    return " ".join("".join(kept).split())


def _shorten(name: str) -> str:
    label = _clean(name)
    if len(label) <= LABEL_LENGTH:
        return label
    cut = label[: LABEL_LENGTH - 1]
    # Not between a letter and its accent, nor within a joined emoji.
    while cut and (unicodedata.combining(label[len(cut)]) or label[len(cut)] in "\u200d\ufe0f" or cut[-1] == "\u200d"):
        cut = cut[:-1]
    return cut.rstrip() + "…"
