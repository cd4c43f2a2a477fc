"""The page of an identity in a real browser: words for all, Splink's chart drawn from the page alone, a slider for several pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from referralgraph.demo import story
from referralgraph.language import language_in_use
from referralgraph.questions.graph import ReferralGraph
from referralgraph.render.identity_page import write_identity_page

EVIL = "<b>Vossmerg</b></script><script>document.title='1'</script>"


@pytest.fixture(scope="module")
def graph(demo_workspace: Path) -> Iterator[ReferralGraph]:
    opened = ReferralGraph.open(demo_workspace)
    yield opened
    opened.close()


def page(graph: ReferralGraph, browser: Browser, file: Path, entity: str, language: str = "en") -> tuple[Page, int]:
    """Write the page, open it, and return it with the number of its pairs; it complains of nothing and asks nobody."""
    with language_in_use(language):
        answer = graph.show(entity, identity=True)
        pairs = write_identity_page(answer.model_copy(update={"name": EVIL}), file)
    shown = browser.new_page(viewport={"width": 1000, "height": 1000})
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("request", lambda request: complaints.append(request.url) if request.url != file.as_uri() else None)
    shown.goto(file.as_uri())
    if pairs:
        shown.wait_for_selector("#chart canvas")
    assert [each for each in complaints if not each.startswith("data:")] == []
    assert shown.title() == EVIL
    return shown, pairs


def test_the_chart_is_drawn_and_the_words_stand_beside_it(graph: ReferralGraph, browser: Browser, tmp_path: Path) -> None:
    shown, pairs = page(graph, browser, tmp_path / "page.html", "Annegret Vossmerg", "de")
    assert pairs == 1
    text = shown.inner_text("main")
    assert "der Name der einen ist der Geburtsname der anderen" in text
    assert "1. vielleicht dieselbe" in text
    assert shown.evaluate("document.querySelector('#chart canvas').toDataURL().length") > 5000  # not blank
    shown.close()


def test_of_several_pairs_the_slider_chooses_one(graph: ReferralGraph, browser: Browser, tmp_path: Path) -> None:
    shown, pairs = page(graph, browser, tmp_path / "page.html", story.KARTIKA.entity)
    assert pairs > 1
    slider = shown.locator("#chart input[type=range]")
    assert (slider.get_attribute("min"), slider.get_attribute("max"), slider.input_value()) == ("1", str(pairs), "1")
    before = shown.evaluate("document.querySelector('#chart canvas').toDataURL()")
    slider.fill(str(pairs))
    shown.wait_for_function("old => document.querySelector('#chart canvas').toDataURL() !== old", arg=before)
    shown.close()


def test_where_nothing_was_compared_the_page_says_so(graph: ReferralGraph, browser: Browser, tmp_path: Path) -> None:
    shown, pairs = page(graph, browser, tmp_path / "page.html", "Gerlind Uferlohn")
    assert not pairs
    assert "nothing was compared" in shown.inner_text("main")
    shown.close()
