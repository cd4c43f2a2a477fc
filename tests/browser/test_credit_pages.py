"""The pages of a credit team in a real browser: nothing asked of a network, hostile names as text, the risky link lit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from referralgraph.answers import PortfolioAnswer, RiskAnswer
from referralgraph.answers.base import Coverage, EntityRef, Question
from referralgraph.answers.ownership import OwnedShare, OwnershipAnswer, OwnershipLink
from referralgraph.demo import story
from referralgraph.language import language_in_use
from referralgraph.questions.graph import ReferralGraph
from referralgraph.render.credit_pages import write_ownership_page, write_portfolio_page, write_risk_page

EVIL = '<img src=x onerror="document.title=1">'


@pytest.fixture
def seen(browser: Browser, tmp_path: Path) -> Callable[..., object]:
    """Write a page, open it and return what stands on it and how its lines are drawn; a request or a message fails."""

    def opened(write, answer, language="en"):
        file = tmp_path / "page.html"
        with language_in_use(language):
            write(answer, file)
        offences: list[str] = []
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.on("request", lambda request: offences.append(request.url) if request.url != file.as_uri() else None)
        page.on("console", lambda message: offences.append(message.text))
        page.goto(file.as_uri())
        text, title = page.inner_text("body"), page.title()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        widths = page.eval_on_selector_all("svg path", "all => all.map(each => getComputedStyle(each).strokeWidth)")
        page.close()
        assert [each for each in offences if not each.startswith("data:")] == []
        assert wide <= 0, "the page is wider than the screen"
        return text, title, widths

    return opened


def test_the_page_of_a_neighbourhood(demo_graph: ReferralGraph, seen) -> None:
    """Falkenstieg Baulogistik: the link to the firm of 2024 is lit, the one of 2023 is told as no evidence."""
    answer: RiskAnswer = demo_graph.risk([story.BAULOGISTIK.name])
    text, title, widths = seen(write_risk_page, answer)
    assert title == f"Neighbourhood of {story.BAULOGISTIK.name}"
    for told in ("1.6", "Gunther Falkenstieg", "Falkenstieg Montage UG", "stale", "probability of default", "docs/method/risk.md"):
        assert told in text
    assert len({each for each in widths if each != "0px"}) > 1


def test_the_page_of_a_person_has_no_score(demo_graph: ReferralGraph, seen) -> None:
    text, _, _ = seen(write_risk_page, demo_graph.risk(["Gunther Falkenstieg"]))
    assert "times its peers" not in text
    assert "Falkenstieg Kranbau GmbH i.L." in text


def test_the_page_of_an_ownership_shows_shares_on_lines_and_names_as_text(seen) -> None:
    """X is owned by Y to 50 %, and Y by X to 40 %: one label tells both."""
    refs = {key: EntityRef(id=key, name=EVIL if key == "x" else key.upper()) for key in "xyp"}
    coverage = Coverage(
        data_date=None, people=1, organisations=2, organisations_with_people=1, bodies_without_ties=0, ties=0, waiting=0
    )
    link = OwnershipLink(owner=refs["y"], owner_kind="company", owned=refs["x"], kind="capital", low=50.0, high=50.0)
    answer = OwnershipAnswer(
        question=Question(kind="ownership"), revision="r", coverage=coverage, entity=refs["x"], kind="company", day="2024-01-01",
        owners=(OwnedShare(entity=refs["p"], kind="person", low=25.0, high=50.0),), unknown_low=50.0, unknown_high=75.0,
        links=(link, link.model_copy(update={"owner": refs["x"], "owned": refs["y"], "low": 40.0, "high": 40.0})))  # fmt: skip
    text, title, _ = seen(write_ownership_page, answer)
    assert EVIL in text
    assert title == f"Ownership of {EVIL}"
    for told in ("50 %, back 40 %", "25 to 50 %", "50 to 75 %"):
        assert told in text or told.replace("50 %, back 40 %", "40 %, back 50 %") in text


@pytest.mark.parametrize(("language", "told"), [("en", "Connected clients"), ("de", "Verbundene Kunden"), ("id", "Nasabah terkait")])
def test_the_page_of_a_portfolio(demo_graph: ReferralGraph, seen, tmp_path: Path, language: str, told: str) -> None:
    file = tmp_path / "customers.csv"
    names = (story.BAULOGISTIK.name, story.NORDKAI.name, story.TERMINAL.name, "Nirgendwo GmbH")
    file.write_text("name,exposure\n" + "".join(f"{name},100\n" for name in names), encoding="utf-8")
    answer: PortfolioAnswer = demo_graph.portfolio(file)
    text, _, _ = seen(write_portfolio_page, answer, language)
    assert told in text
    assert "Nirgendwo GmbH" in text
