"""What stands around the picture of the network page, on screens and on paper, in a real browser."""

import itertools
import re
from typing import Any

from tests.browser.hand import PATH, Opener, click, double_click, find, hover, panel_name, place, settle, state

from referralgraph.render.network_page import network_page


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
