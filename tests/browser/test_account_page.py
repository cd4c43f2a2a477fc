"""The account page in a real browser, in each language, on screen and as paper, as an account manager has it before him."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.pofile import read_po
from tests.accounts.conftest import copy_workspace
from tests.architecture.conftest import ROOT

from referralgraph.language import language_in_use
from referralgraph.questions.graph import ReferralGraph
from referralgraph.render.account_page import write_account_page

ACCOUNT = "Kühlhaus <b>"
LANGUAGES = ("en", "de", "id")
WORDS = {
    "en": ("Role matrix", "Buying centre", "keep satisfied", "Relationship matrix", "Questions to ask", "overdue by"),
    "de": ("Rollenmatrix", "Buying Center", "zufriedenstellen", "Beziehungsmatrix", "Fragen an den Kunden", "überfällig"),
    "id": ("Matriks peran", "Pusat pembelian", "jaga kepuasannya", "Matriks hubungan", "Pertanyaan untuk diajukan", "terlambat"),
}


@pytest.fixture(scope="module")
def graph(demo_workspace, tmp_path_factory) -> Iterator[ReferralGraph]:
    """An account with something of everything that the page shows, and an empty one."""
    opened = ReferralGraph.open(copy_workspace(demo_workspace, tmp_path_factory.mktemp("page") / "desk"))
    early, late = opened.accounts.desk("Mara Wiesentau", date(2026, 1, 5)), opened.accounts.desk("Jonas Halvering", date(2026, 6, 5))
    early.open_account("Empty")
    early.open_account(ACCOUNT, organisations=["Kaltenmoor Frischelogistik GmbH"], topic="Kälte", responsible="Jonas Halvering")
    early.set_colleague(ACCOUNT, "Mara Wiesentau", {"rank": 5, "colours": ["red"], "functions": ["D"]})
    early.set_colleague(ACCOUNT, "Jonas Halvering", {"rank": 2, "colours": ["green"], "leads": 1})
    leonhard = "Leonhard Vrederkamp, Ostermühl"
    early.assess(ACCOUNT, leonhard, {"role": 3, "type": "D", "relationship": 2, "influence": 3, "power": 9, "interest": 2,
                                     "colour": "red"}, position="CEO", reason="long known")
    late.assess(ACCOUNT, "CEO", {"relationship": 0, "power": 9, "interest": 8, "satisfaction": 9, "emotional_tie": 10,
                                 "says_so": "yes", "satisfaction_salesperson": 8, "emotional_tie_salesperson": 1})
    late.assess(ACCOUNT, "Frau Beispiel", {"role": "recommender", "relationship": -2, "power": 5, "interest": 8}, new=True,
                influences=["CEO"], position="CFO")
    late.assess(ACCOUNT, "Torsten Quellbrink", {"role": "gatekeeper"})
    late.cells(ACCOUNT, [("CEO", "Jonas Halvering", "***"), ("CFO", "Mara Wiesentau", "***"), ("CFO", "Jonas Halvering", "***")])
    late.plan(ACCOUNT, "relationship", {"date": "2026-02-01", "occasion": "Messe", "contact": "Mara Wiesentau"}, stakeholder="CEO")
    late.plan(ACCOUNT, "marketing", {"kind": "ad_hoc", "date": "2026-08-01"})
    yield opened
    opened.close()


def page(graph, browser, tmp_path, language, account=ACCOUNT):
    """Write the page, open it, and return it with what the browser complained of."""
    file = tmp_path / f"{language}.html"
    with language_in_use(language):
        write_account_page(graph.account(account, since=date(2026, 3, 1), as_of=date(2026, 7, 1)), file)
    shown = browser.new_page(viewport={"width": 1100, "height": 900})
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    shown.goto(file.as_uri())
    assert complaints == []
    return shown


def english_left(text):
    """Return texts of the program that stand on a page in English though they have another wording in its language."""
    left = {}
    for language in LANGUAGES[1:]:
        with (ROOT / "src" / "referralgraph" / "locale" / f"{language}.po").open("rb") as stream:
            told = {str(entry.id): str(entry.string) for entry in read_po(stream) if entry.id}
        long = {key: value for key, value in told.items() if key != value and len(key) > 12 and key not in told.values()}
        left[language] = [
            key for key in long
            if not any(name for _, name, _, _ in string.Formatter().parse(key) if name) and re.search(rf"\b{re.escape(key)}\b", text)]
    return left


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_everything_in_its_language(graph, browser, tmp_path, language):
    shown = page(graph, browser, tmp_path, language)
    text = shown.inner_text("body") + " ".join(shown.locator("svg").all_text_contents())
    for word in WORDS[language]:
        assert word in text
    assert shown.locator("svg.chart").count() == 4  # the network, power and interest, the fan principle twice
    assert shown.get_attribute("html", "lang") == language
    if language != "en":
        assert english_left(text)[language] == []
    shown.close()


def test_it_shows_what_was_entered(graph, browser, tmp_path):
    shown = page(graph, browser, tmp_path, "en")
    text = shown.inner_text("body")
    assert shown.inner_text("h1") == ACCOUNT  # a name is no markup
    assert shown.locator("b").count() == 0
    rows = shown.locator("table.roles").first.locator("tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert "Leonhard Vrederkamp" in rows[0]
    assert "never introduces us" in "".join(rows)
    assert "on the line: B/D" in text
    assert "Frau Beispiel has 2 leads: Mara Wiesentau, Jonas Halvering" in text
    assert "Leonhard Vrederkamp decides and is led by Jonas Halvering, the most junior of us" in text
    assert "Roswitha Innerwiek, Ostermühl: authorised signatory" in text
    assert "Frau Beispiel has influence on Leonhard Vrederkamp" in "".join(shown.locator("svg title").all_text_contents())
    assert "older than a quarter" in text
    # power stayed at 9, interest went from 2 to (2 + 8) / 2: an arrow leads to the new place
    assert shown.locator("svg").nth(1).locator("path[stroke-width='2']").count() == 1
    shown.close()


@pytest.mark.parametrize("width", [1100, 700])
def test_nothing_is_cut_off(graph, browser, tmp_path, width):
    shown = page(graph, browser, tmp_path, "de")
    shown.set_viewport_size({"width": width, "height": 900})
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shown.close()


def test_it_fits_on_paper(graph, browser, tmp_path):
    """At most eight A4 pages, and no wider than the paper."""
    shown = page(graph, browser, tmp_path, "id")
    shown.emulate_media(media="print")
    shown.set_viewport_size({"width": 688, "height": 1000})  # A4 without its margins, in CSS pixels
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    paper = shown.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 8
    shown.close()


def test_an_account_without_people_has_a_page_too(graph, browser, tmp_path):
    shown = page(graph, browser, tmp_path, "en", "Empty")
    assert "nobody belongs to the account Empty yet" in shown.inner_text("body")
    shown.close()


def test_the_same_account_gives_the_same_page(graph, tmp_path):
    for name in ("one", "two"):
        write_account_page(graph.account(ACCOUNT, as_of=date(2026, 7, 1)), tmp_path / f"{name}.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
