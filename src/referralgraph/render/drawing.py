"""What every drawing shares: widths of text without a font at hand, scales, and the templates."""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from referralgraph.language import gettext, number_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_WIDE, _NARROW = frozenset("MWmw@%ÄÖÜ—<>=+~#&"), frozenset("iljtfrI.,;:'|!()[] ")


def text_width(text: str, size: float = 12.0) -> float:
    """Return about how wide a text is in a sans-serif font of a size in pixels; a little more rather than less."""
    width = 0.0
    for sign in text:
        if unicodedata.combining(sign):
            continue
        if unicodedata.east_asian_width(sign) in "WF":
            width += 1.0
        elif sign in _WIDE:
            width += 0.88
        elif sign in _NARROW:
            width += 0.34
        else:
            width += 0.68 if sign.isupper() else 0.57
    return width * size * 1.08


def fitted(text: str, width: float, size: float = 12.0) -> str:
    """Return a text cut to a width in pixels, with an ellipsis if something is missing."""
    text = " ".join(text.split())
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, width: float, size: float = 12.0, lines: int = 2) -> list[str]:
    """Return a text in at most so many lines of a width in pixels; the last is cut if it must be."""
    done: list[str] = []
    words = text.split()
    while words and len(done) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line += " " + words.pop(0)
        done.append(fitted(line, width, size))
    return [*done, fitted(" ".join(words), width, size)] if words else done


def round_ticks(top: float, wanted: int = 5, *, whole: bool = False) -> list[float]:
    """Return round numbers from 0 to the first that is not below `top`, about as many as wanted; `whole` for counts."""
    if not top > 0 or not math.isfinite(top):
        return [0.0, 1.0]
    raw = top / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * (1 - 1e-9))
    step = max(1.0, float(math.ceil(step))) if whole else step
    count = math.ceil(top / step - 1e-9)
    return [round(step * place, 10) for place in range(count + 1)]


def plain_number(value: float) -> str:
    """Return a number with as few digits behind the decimal sign as it needs, at most three."""
    places = next((each for each in range(3) if math.isclose(round(value, each), value, abs_tol=1e-9)), 3)
    return number_text(value, places)


@cache
def templates() -> Environment:
    """Return the templates of pages and charts; everything put in is escaped unless it is a chart of ours."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("referralgraph.render") / "templates"

    def load(name: str) -> str | None:
        file = folder / name
        return file.read_text("utf-8") if name.endswith(".html") and "/" not in name and file.is_file() else None

    made = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["_"] = gettext
    made.filters["px"] = lambda value: f"{value:.1f}".removesuffix(".0")
    return made


def draw(template: str, **values: Any) -> Markup:
    """Return a chart's template filled in, as markup that a page takes as it is."""
    from markupsafe import Markup

    return Markup(templates().get_template(template).render(**values).strip())  # noqa: S704 - autoescape has done its work
