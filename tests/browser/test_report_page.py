"""Reports and charts as a reader meets them: a real browser, no network, on screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, Page

from referralgraph.language import language_in_use
from referralgraph.render import drawing
from referralgraph.render.charts import Bar, Cell, Point, Span, bars, heat_map, scatter, time_line
from referralgraph.render.network_picture import network_picture
from referralgraph.render.report import report_page

EVIL = '<img src=x onerror="document.title=1">'
TEMPLATE = """{% extends "report.html" %}
{% block content %}{% for chart in charts %}<figure>{{ chart }}</figure>{% endfor %}
<p id="name">{{ name }}</p><p id="share">{{ 0.375|percent(1) }}</p><p id="day">{{ "2019-03"|date }}</p>{% endblock %}"""


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> str:
    """A template that only this test knows, beside the real ones that it extends."""
    environment = drawing.templates()
    monkeypatch.setattr(environment, "loader", ChoiceLoader([DictLoader({"tried.html": TEMPLATE}), environment.loader]))
    return "tried.html"


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Open a text as a file; any request and any message in the console fails the test."""
    offences: list[str] = []
    pages: list[Page] = []

    def opened(text: str) -> Page:
        file = tmp_path / f"page {len(pages)}.html"
        file.write_text(text, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        pages.append(page)
        page.on("request", lambda request: offences.append(request.url) if request.url != file.as_uri() else None)
        page.on("console", lambda message: offences.append(message.text))
        page.on("pageerror", lambda error: offences.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield opened
    for page in pages:
        page.close()
    assert [each for each in offences if not each.startswith("data:")] == []


def charts(make: Any) -> list[Any]:
    names = ["Dr. Adela Müller-Quandt von der Norderau zu Lindhafen", EVIL, "Bruno Castellan"]
    fields = [[Cell(0.05, hint="faint"), None], [Cell(0.97, hint="strong", mark="!", link="#name"), Cell(0.5)], [None, Cell(0.25)]]
    return [
        heat_map(names, names[:2], fields, title="Board to board", description="our members by theirs", legend=("weak", "strong")),
        bars([Bar(names[0], 3), Bar(names[1], 2, start=3, low=4, high=6, tone=1)], title="Companies reached", axis="companies"),
        scatter([Point(0.9, 0.9, names[0]), Point(0.91, 0.9, names[2])], title="Power and interest", x_axis="interest", y_axis="power",
                quadrants=("keep satisfied", "manage closely", "monitor", "keep informed")),
        time_line([Span("Mandate", date(2015, 1, 1), date(2020, 1, 1), "chair"), Span("Event", date(2019, 5, 1))], title="History"),
        network_picture(make.introduction(), title="The introduction"),
    ]  # fmt: skip


def page_of(template: str, make: Any, **more: Any) -> str:
    answer = make.introduction()
    return report_page(
        template, title=f"Report {EVIL}", question=answer.question, revision=answer.revision, coverage=answer.coverage,
        charts=charts(make), name=EVIL, **more,
    )  # fmt: skip


def test_names_are_text_and_nothing_else(template, make, shown):
    page = shown(page_of(template, make))
    assert page.locator("#name").inner_text() == EVIL
    assert page.locator("h1").inner_text() == f"Report {EVIL}"
    assert page.locator("img, script").count() == 0
    assert page.locator("svg text", has_text="<img").count() >= 2


def test_the_page_says_what_it_stands_on_and_in_which_language(template, make, shown):
    with language_in_use("de"):
        page = shown(page_of(template, make, made=date(2024, 3, 12)))
    assert page.locator("html").get_attribute("lang") == "de"
    assert "12.03.2024" in page.locator(".dates").inner_text()
    assert page.locator("#share").inner_text() == "37,5 %"
    assert page.locator("#day").inner_text() == "März 2019"
    footer = page.locator("footer").inner_text()
    assert "48.213" in footer
    assert "r-4f1c" in footer


def test_every_chart_can_be_read_aloud(template, make, shown):
    page = shown(page_of(template, make))
    titles = page.locator("svg[role=img] > title").all_text_contents()
    assert titles == ["Board to board", "Companies reached", "Power and interest", "History", "The introduction"]
    field = page.locator("svg g", has=page.locator("title", has_text="strong"))
    assert field.locator("text").first.text_content() == "0.97"


def test_no_text_of_a_chart_is_cut_off_and_no_two_labels_cover_each_other(template, make, shown):
    """Boxes as the browser measures them, in its own font."""
    page = shown(page_of(template, make))
    outside = page.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter((text) => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 3;
            }).map((text) => text.textContent);
        })"""
    )
    assert outside == []
    labels = [each.bounding_box() for each in page.locator("svg").nth(2).locator("text.label").all()]
    assert len(labels) == 2
    one, other = labels
    assert one["y"] + one["height"] <= other["y"] + 3 or other["y"] + other["height"] <= one["y"] + 3


def test_strong_fields_are_dark_and_their_figures_white(template, make, shown):
    page = shown(page_of(template, make))
    colours = page.evaluate(
        """() => [...document.querySelectorAll("svg")[0].querySelectorAll("g")].map((field) =>
            [field.querySelector("rect").getAttribute("fill"), getComputedStyle(field.querySelector("text")).fill])"""
    )
    assert colours[2] == ["#004a78", "rgb(255, 255, 255)"]
    assert colours[0] == ["#e6f0f7", "rgb(27, 39, 51)"]


def test_the_policy_refuses_a_script_and_a_style_that_got_in(template, make, shown, browser, tmp_path):
    intruder = '<p id="x" style="color: red">x</p><script>document.title = "in"</script>'
    text = page_of(template, make).replace("</main>", f"{intruder}</main>")
    file = tmp_path / "broken.html"
    file.write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.title() == f"Report {EVIL}"
    assert page.evaluate("getComputedStyle(document.querySelector('#x')).color") == "rgb(27, 39, 51)"
    page.close()


def test_the_same_answer_gives_the_same_bytes_and_a_program_is_allowed_by_its_hash(template, make):
    assert page_of(template, make) == page_of(template, make)
    assert "script-src" not in page_of(template, make)
    assert re.search(r"script-src &#39;sha256-[\w+/=]+&#39;; style-src", page_of(template, make, scripts=["network-model.js"]))


def test_it_prints_on_paper_with_nothing_wider_than_the_sheet(template, make, shown):
    page = shown(page_of(template, make))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 980})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
    assert len(page.pdf(format="A4")) > 10_000


def test_the_picture_stands_in_rows_from_us_to_the_target(make):
    """Mira and Jonas are us; Adela and Carla, the target, are below."""
    text = str(network_picture(make.introduction(), title="N"))
    at = {name: float(y) for name, y in re.findall(r'<title>([^;<]+)[^<]*</title><circle cx="[\d.]+" cy="([\d.]+)"', text)}
    assert at["Mira Feldkamp"] == at["Jonas Ødegård"] < at["Dr. Adela Müller-Quandt"]
    assert at["Mira Feldkamp"] < at["Carla von Ahrenfels"]
    assert "Fenja Holm" not in text  # folded
    assert text.count('stroke-width="4"') == len({edge for path in make.introduction().paths for edge in path.edges})
