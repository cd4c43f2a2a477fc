"""Searching on the network page, asking why a line is there, and the introduction, in a real browser."""

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.hand import PATH, Opener, find, hover, panel_name, place, settle, state


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
