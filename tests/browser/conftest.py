"""A real browser, and fictional networks to look at in it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from referralgraph.answers import Coverage, NetworkAnswer, NetworkEdge, NetworkNode, Question, SourceDate, SourceRow
from referralgraph.answers.network import LitPath
from referralgraph.render.network_page import write_network_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
ARGUMENTS = ("--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome as it is installed; a machine without one is told what to install."""
    found = os.environ.get("REFERRALGRAPH_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    found = found or next((str(place) for place in BROWSER_PLACES if place.exists()), None)
    if found is None:
        pytest.fail(
            "The page is tested in a real browser, and none was found. Install the package `chromium` (Debian, Ubuntu:"
            " `apt-get install chromium`; macOS: `brew install --cask google-chrome`), or name one in"
            " REFERRALGRAPH_BROWSER.",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Write an answer's page to a file and open it; any request and any message in the console fails the test."""
    contexts: list[BrowserContext] = []
    offences: list[str] = []

    def opened(answer: NetworkAnswer, *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        file = tmp_path / f"network {len(contexts)}.html"
        write_network_page(answer, file, **options)
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        own = file.as_uri()
        page.on("request", lambda request: offences.append(request.url) if request.url != own else None)
        page.on("console", lambda message: offences.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: offences.append(f"error: {error}"))
        page.on("dialog", lambda dialog: offences.append(f"dialog: {dialog.message}"))
        page.goto(own)
        page.wait_for_selector("body[data-state=ready]", timeout=60_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [url for url in offences if not url.startswith(("data:", "blob:"))]


def person(key: str, name: str, **fields: Any) -> NetworkNode:
    return NetworkNode(id=key, kind="person", name=name, **{"connections": 1, **fields})


def body(key: str, name: str, kind: str = "company", **fields: Any) -> NetworkNode:
    return NetworkNode(id=key, kind=kind, name=name, **{"connections": 1, **fields})


def line(key: str, left: str, right: str, label: str = "managing director", **fields: Any) -> NetworkEdge:
    row = SourceRow(source="register", file="register.jsonl", line=len(key) + 100, as_written=None)
    ends = {"id": key, "from": left, "to": right, "label": label}
    known = {"kind": "mandate", "sources": (row,), "strength": 0.4}
    known["words"] = f"worth {fields.get('strength', 0.4)}"
    return NetworkEdge.model_validate({**ends, **known, **fields})


def network(
    nodes: list[NetworkNode], edges: list[NetworkEdge], paths: tuple[LitPath, ...] = (), **fields: Any
) -> NetworkAnswer:
    coverage = Coverage(
        data_date="2024-03-12", people=48_213, organisations=31_870, organisations_with_people=9_406,
        bodies_without_ties=14, ties=212_604, waiting=37,
        sources=(SourceDate(source="register", records=90_112, newest="2024-03-12"),
                 SourceDate(source="linkedin", records=212, newest="2024-05-02")),
    )  # fmt: skip
    known: dict[str, Any] = {"title": "Network", "coverage": coverage, "revision": "r-4f1c"}
    question = Question(kind="network", viewer="Mira Feldkamp", as_of=None)
    return NetworkAnswer(question=question, nodes=tuple(nodes), edges=tuple(edges), paths=paths, **{**known, **fields})


@pytest.fixture
def make() -> Any:
    """Hand over the builders and the examples, by name."""

    class Make:
        person = staticmethod(person)
        body = staticmethod(body)
        line = staticmethod(line)
        network = staticmethod(network)
        introduction = staticmethod(introduction)
        neighbourhood = staticmethod(neighbourhood)

    return Make


def introduction() -> NetworkAnswer:
    """Build Mira -> Jonas (colleague) -> Adela (committee) -> Bruno (company) -> Carla (chamber).

    A second way leads through Teo, and more hangs on them. Folded: two people of the works, four of the chamber and
    somebody behind one of these, one club of Adela's.
    """
    nodes = [
        person("me", "Mira Feldkamp", role="me", connections=34, details=("Lindhafen",)),
        person("jonas", "Jonas Ødegård", role="team", connections=12, details=("Lindhafen",)),
        body("wg", "Arbeitskreis Digitale Werft Lindhafen", "committee", connections=9, details=("working group",)),
        person("adela", "Dr. Adela Müller-Quandt", role="introducer", connections=7, details=("born 1968", "Norderau")),
        body("works", "Norderauer Hydraulikwerke GmbH", connections=8, details=("HRB 10442, Norderau",)),
        person("bruno", "Bruno Castellan", role="introducer", connections=9, flags=("possible identity",)),
        body("chamber", "Handwerkskammer Ostmark", "chamber", connections=26, details=("presidium",)),
        person("carla", "Carla von Ahrenfels", role="target", connections=5, details=("Ostmark", "managing director")),
        person("teo", "Teo Wiesengrund", role="introducer", connections=4),
        body("club", "Ruderclub Lindhafen e. V.", "club", connections=60),
        body("target-co", "Ahrenfels Maschinenbau AG", connections=6, flags=("liquidation",)),
        body("struck", "Castellan Beteiligungs UG", connections=1, ended=True, flags=("insolvency",)),
        body("assoc", "Verband Präzisionsguss Nord", "association", connections=15),
        body("port", "Hafenbehörde Lindhafen", "public_body", connections=3),
        person("p1", "Selma Ruiz", connections=2),
        person("p2", "Konrad Eichwald", connections=11),
        person("p3", "Yusuf Tanaka-Brandt", connections=3),
        body("sub", "Ahrenfels Logistik GmbH", connections=2),
        person("f1", "Fenja Holm", hidden=True), person("f2", "Gregor Stahl", hidden=True),
        person("c1", "Hedda Krug", hidden=True, connections=5), person("c2", "Ivo Lasker", hidden=True),
        person("c3", "Jette Moor", hidden=True), person("c4", "Kasimir Nell", hidden=True),
        body("aclub", "Tennisclub Norderau", "club", hidden=True, connections=2),
        person("deep", "Zoë Abendroth", hidden=True, connections=1),
    ]  # fmt: skip
    chair = {"since": "2016-05-01", "reasons": ("together in the working group since May 2016", "9 members, damped")}
    edges = [
        line("e-me-jonas", "me", "jonas", "colleagues", kind="colleague", strength=0.9,
             reasons=("both of our team",), sources=()),
        line("e-jonas-wg", "jonas", "wg", "member", strength=0.32, **chair),
        line("e-adela-wg", "adela", "wg", "chair", strength=0.32, **chair),
        line("e-adela-works", "adela", "works", "managing director", since="2011-03-01", strength=0.62,
             reasons=("both managing directors from 2011 to 2019",),
             sources=(SourceRow(source="register", file="register.jsonl.bz2", line=48211,
                                as_written="Müller-Quandt, Adela"),)),
        line("e-bruno-works", "bruno", "works", "managing director", since="2009", until="2019-12-31", ended=True,
             strength=0.62),
        line("e-bruno-chamber", "bruno", "chamber", "member of the presidium", since="2020-01", strength=0.2),
        line("e-carla-chamber", "carla", "chamber", "vice president", since="2018", strength=0.2),
        line("e-me-teo", "me", "teo", "address book", kind="contact", strength=0.5, reasons=("in Mira's address book",),
             sources=(SourceRow(source="vcard", file="contacts.vcf", line=118, as_written="Teo Wiesengrund"),)),
        line("e-teo-club", "teo", "club", "member"),
        line("e-carla-club", "carla", "club", "secretary", since="2003", until="2012", ended=True),
        line("e-carla-co", "carla", "target-co", "managing director", since="2010-02-01"),
        line("e-carla-share", "carla", "target-co", "51 %", kind="shareholding"),
        line("e-co-sub", "target-co", "sub", "100 %", kind="shareholding"),
        line("e-p3-sub", "p3", "sub", "authorised signatory"),
        line("e-p3-co", "p3", "target-co", "authorised signatory", until="2021", ended=True),
        line("e-bruno-struck", "bruno", "struck", "sole shareholder", kind="shareholding", ended=True),
        line("e-adela-assoc", "adela", "assoc", "board"), line("e-p1-assoc", "p1", "assoc", "board"),
        line("e-p2-wg", "p2", "wg", "member"), line("e-p2-port", "p2", "port", "supervisory board"),
        line("e-jonas-port", "jonas", "port", "advisory board"), line("e-p1-works", "p1", "works", "supervisory board"),
        line("e-f1", "f1", "works"), line("e-f2", "f2", "works", "authorised signatory", ended=True),
        line("e-c1", "c1", "chamber", "president"), line("e-c2", "c2", "chamber", "member"),
        line("e-c3", "c3", "chamber", "member"), line("e-c4", "c4", "chamber", "member"),
        line("e-aclub", "adela", "aclub", "member"), line("e-deep", "c1", "deep", "colleagues", kind="contact"),
    ]  # fmt: skip
    paths = (
        LitPath(
            nodes=("me", "jonas", "wg", "adela", "works", "bruno", "chamber", "carla"),
            edges=("e-me-jonas", "e-jonas-wg", "e-adela-wg", "e-adela-works", "e-bruno-works", "e-bruno-chamber",
                   "e-carla-chamber"),
            strength=0.0357, words="weak, but each step is sound",
        ),
        LitPath(nodes=("me", "teo", "club", "carla"), edges=("e-me-teo", "e-teo-club", "e-carla-club"),
                strength=0.0121, words="faint"),
    )  # fmt: skip
    return network(nodes, edges, paths, title="Introductions from Mira Feldkamp to Carla von Ahrenfels")


FIRST = ["Alma", "Bela", "Cleo", "Dario", "Edda", "Falk", "Gesa", "Hauke", "Ilka", "Joris", "Kaja", "Levin", "Budi"]
LAST = ["Ahlers", "Bergstrand", "Claasen", "Dornbusch", "Eberfeld", "Finkenau", "Grothe", "Hartlieb", "Iversen",
        "Jansohn", "Kettler", "Lohmeyer", "Mühlbach", "Niehoff", "Oltmanns", "Petersdorf", "Quast", "Rosenau",
        "Santosa", "Thorwald", "Ulmen", "Vossberg", "Wijaya", "Zander"]  # fmt: skip
WORDS = ["Nord", "Elbufer", "Werft", "Präzision", "Lindhafen", "Solar", "Guss", "Hydraulik", "Kontor", "Medien"]
KINDS = {
    "company": "GmbH", "association": "Verband", "chamber": "Kammer", "club": "Club", "committee": "Ausschuss",
    "public_body": "Amt",
}  # fmt: skip


def neighbourhood(shown: int, folded: int = 0, *, seed: int = 11) -> NetworkAnswer:
    """Grow a network from one organisation: people join one to three bodies, earlier bodies more often.

    :param shown: nodes in the picture at the start.
    :param folded: further nodes, folded.
    """
    rng = random.Random(seed)
    nodes: list[dict[str, Any]] = []
    edges: list[NetworkEdge] = []
    bodies: list[int] = []
    roles = ("managing director", "authorised signatory", "supervisory board", "chair", "member")
    for index in range(shown + folded):
        hidden = index >= shown
        if index % 3 == 0:
            kind = "company" if index % 2 else rng.choice(list(KINDS))
            name = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {KINDS[kind]}"
            nodes.append({"id": f"n{index}", "kind": kind, "name": name, "hidden": hidden, "ended": rng.random() < 0.06,
                          "flags": ("insolvency",) if rng.random() < 0.04 else ()})  # fmt: skip
            bodies.append(index)
        else:
            name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
            nodes.append({"id": f"n{index}", "kind": "person", "name": name, "hidden": hidden})
        people = [index] if index % 3 else [rng.randrange(index)] if index else []
        for one in people:
            places = {bodies[min(int(rng.expovariate(1 / (len(bodies) * 0.5))), len(bodies) - 1)]
                      for _ in range(rng.choice((1, 1, 2, 3)))} if index % 3 else {index}  # fmt: skip
            for place in sorted(places):
                kind = "shareholding" if one in bodies or rng.random() < 0.1 else "mandate"
                if one != place:
                    edges.append(line(f"l{len(edges)}", f"n{one}", f"n{place}", rng.choice(roles), kind=kind,
                                      ended=rng.random() < 0.25, since=str(rng.randrange(1990, 2024))))  # fmt: skip
    degree = {node["id"]: 0 for node in nodes}
    for edge in edges:
        degree[edge.from_] += 1
        degree[edge.to] += 1
    made = [
        NetworkNode(**node, role="asked" if index == 0 else "other",
                    connections=degree[node["id"]] + (rng.randrange(1, 30) if rng.random() < 0.2 else 0))
        for index, node in enumerate(nodes)
    ]  # fmt: skip
    return network(made, edges, title=f"Network of {made[0].name}", left_out=4_312 if shown > 100 else 0)
