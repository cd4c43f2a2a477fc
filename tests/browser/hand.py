"""The hand and the eye of a reader of the network page, in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

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
