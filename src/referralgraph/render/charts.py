"""Charts as SVG inside a page: heat map, bars, scatter with quadrants, time line.

Small templates instead of a charting library: text stays text (it can be read aloud, searched and copied), nothing asks a
network, equal input gives equal bytes, and a chart weighs what is on it. Every chart has a title and a description in words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from referralgraph.language import number_text
from referralgraph.render.drawing import draw, fitted, plain_number, round_ticks, text_width

if TYPE_CHECKING:
    from markupsafe import Markup

SHADES = ("#e6f0f7", "#c2dcee", "#8fc0df", "#4f97c5", "#0072b2", "#004a78")
"""From faint to strong; the last three carry white text (contrast above 4.5:1)."""
_DARK = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a heat map.

    :param value: 0 to 1; its shade.
    :param text: what stands in it; the value with two digits by default.
    :param hint: shown when the pointer rests on it, and read aloud.
    :param link: where a click leads, as ``#evidence-3``.
    :param mark: a sign in its corner, for what a reader must not overlook.
    """

    value: float
    text: str | None = None
    hint: str = ""
    link: str = ""
    mark: str = ""


def heat_map(
    rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell | None]], *, title: str, description: str = "",
    empty: str = "–", legend: tuple[str, str] = ("", ""),
) -> Markup:
    """Return a heat map: rows by columns, darker for stronger, the figure in each field.

    :param rows: names of the rows, from above.
    :param columns: names of the columns, from the left; they stand aslant.
    :param cells: a row of fields for each row; None where there is nothing.
    :param title: says what is shown, also to who hears the page.
    :param description: what it shows, in a sentence.
    :param empty: stands in a field with nothing.
    :param legend: words at the faint and the strong end of the scale.
    """
    left = min(230.0, max((text_width(each) for each in rows), default=0.0) + 14)
    side_x = 46.0 if len(columns) <= 16 else 34.0
    side_y, top = 30.0, min(190.0, 0.72 * max((text_width(each, 11.5) for each in columns), default=0.0) + 24)
    drawn = []
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            shade = -1 if cell is None else min(len(SHADES) - 1, int(max(0.0, min(1.0, cell.value)) * len(SHADES)))
            drawn.append({
                "x": left + column * side_x, "y": top + row * side_y,
                "fill": "#ffffff" if cell is None else SHADES[shade], "ink": "#ffffff" if shade >= _DARK else "#1b2733",
                "text": empty if cell is None else number_text(cell.value, 2) if cell.text is None else cell.text,
                "hint": f"{rows[row]} – {columns[column]}" + (f": {cell.hint}" if cell is not None and cell.hint else ""),
                "link": "" if cell is None else cell.link, "mark": "" if cell is None else cell.mark,
            })  # fmt: skip
    names = [fitted(each, top / 0.72 - 20, 11.5) for each in columns]
    ends = [left + (place + 0.5) * side_x + 0.76 * text_width(each, 11.5) for place, each in enumerate(names)]
    scale = left + len(SHADES) * 26 + text_width(legend[1]) + 8
    return draw(
        "chart-heat-map.html", title=title, description=description, cells=drawn, side_x=side_x, side_y=side_y, left=left, top=top,
        rows=[fitted(each, left - 10) for each in rows], columns=names,
        width=max((left + len(columns) * side_x, scale, *ends)) + 8, height=top + len(rows) * side_y + (38 if any(legend) else 6),
        shades=SHADES if any(legend) else (), legend=legend,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    :param label: its name, left of it.
    :param value: its length.
    :param start: where it begins, for bars that continue each other.
    :param text: stands behind it; the value by default.
    :param low: lower end of an interval around the end of the bar; None without one.
    :param high: upper end of that interval.
    :param tone: 0 to 3, its colour: blue, amber, green, grey.
    :param hint: shown when the pointer rests on it.
    """

    label: str
    value: float
    start: float = 0.0
    text: str | None = None
    low: float | None = None
    high: float | None = None
    tone: int = 0
    hint: str = ""


TONES = ("#0072b2", "#b46f00", "#00825f", "#5a6472")


def bars(
    items: Sequence[Bar], *, title: str, description: str = "", axis: str = "", top: float | None = None, width: float = 680.0
) -> Markup:
    """Return bars that lie on their side, in the order given.

    :param items: the bars, from above.
    :param title: says what is shown.
    :param description: what it shows, in a sentence.
    :param axis: what is counted, below the axis.
    :param top: end of the scale; by default where the longest bar ends.
    :param width: of the whole chart, pixels.
    """
    left = min(260.0, max((text_width(each.label) for each in items), default=0.0) + 14)
    right = max((text_width(_bar_text(each)) for each in items), default=0.0) + 14
    ends = [max(each.start + each.value, each.high or 0.0) for each in items]
    ticks = round_ticks(max(ends, default=0.0) if top is None else top, whole=all(float(each.value).is_integer() for each in items))
    scale = (width - left - right) / ticks[-1]
    drawn = [
        {
            "label": fitted(each.label, left - 10), "full": each.label, "y": 8 + row * 28.0, "x": left + each.start * scale,
            "width": max(1.0, each.value * scale), "fill": TONES[each.tone % len(TONES)], "text": _bar_text(each), "hint": each.hint,
            "low": None if each.low is None else left + each.low * scale,
            "high": None if each.high is None else left + each.high * scale,
            "after": left + max(each.start + each.value, each.high or 0.0) * scale + 6,
        }
        for row, each in enumerate(items)
    ]  # fmt: skip
    return draw(
        "chart-bars.html", title=title, description=description, bars=drawn, left=left, width=width, bottom=12 + len(items) * 28.0,
        ticks=[(left + each * scale, plain_number(each)) for each in ticks], axis=axis,
    )  # fmt: skip


def _bar_text(bar: Bar) -> str:
    return plain_number(bar.value) if bar.text is None else bar.text


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a scatter chart.

    :param x: 0 to 1, from the left.
    :param y: 0 to 1, from below.
    :param label: its name beside it.
    :param size: 0 to 1; how large it is drawn.
    :param low: lower end of an interval of y, 0 to 1.
    :param high: upper end of that interval.
    :param tone: 0 to 3, its colour: blue, amber, green, grey.
    :param hint: shown when the pointer rests on it.
    :param before: where it was before, 0 to 1 from the left and from below; an arrow leads from there.
    """

    x: float
    y: float
    label: str = ""
    size: float = 0.3
    low: float | None = None
    high: float | None = None
    tone: int = 0
    hint: str = ""
    before: tuple[float, float] | None = None


def scatter(
    points: Sequence[Point], *, title: str, x_axis: str, y_axis: str, description: str = "",
    quadrants: tuple[str, str, str, str] | None = None, ticks: Sequence[tuple[float, str]] = (), diagonal: str = "",
    split: tuple[float, float] = (0.5, 0.5), width: float = 640.0, height: float = 460.0,
) -> Markup:
    """Return points in a square of 0 to 1, with named quadrants or a diagonal.

    :param points: the points; labels that would cover each other move apart.
    :param title: says what is shown.
    :param x_axis: name of the axis from the left.
    :param y_axis: name of the axis from below.
    :param description: what it shows, in a sentence.
    :param quadrants: names of the quadrants: above left, above right, below left, below right.
    :param ticks: places on both axes and what is written there.
    :param diagonal: name of the line from (0, 0) to (1, 1), where promise and outcome are equal; none if empty.
    :param split: where the quadrants meet.
    :param width: of the whole chart, pixels.
    :param height: of the whole chart, pixels.
    """
    left, below, above, right = (62.0 if ticks else 34.0), 48.0, 10.0, 26.0 if ticks else 12.0
    wide, high = width - left - right, height - above - below

    def at(x: float, y: float) -> tuple[float, float]:
        return left + max(0.0, min(1.0, x)) * wide, above + (1 - max(0.0, min(1.0, y))) * high

    drawn: list[dict[str, object]] = []
    taken: list[tuple[float, float, float, float]] = []
    places = [(*at(each.x, each.y), 4 + 10 * max(0.0, min(1.0, each.size))) for each in points]
    taken += [(x - r, y - r, x + r, y + r) for x, y, r in places]
    for place, name in enumerate(quadrants or ()):
        long = text_width(name, 13) + 8
        x, y = (left + wide - long if place % 2 else left), (above if place < 2 else above + high - 22)
        taken.append((x, y, x + long, y + 22))
    for each, (x, y, r) in zip(points, places, strict=True):
        label = fitted(each.label, 190)
        spot = _free_spot(x, y, r, text_width(label), taken, (left, above, left + wide, above + high)) if label else (x, y)
        drawn.append({
            "x": x, "y": y, "r": r, "fill": TONES[each.tone % len(TONES)], "label": label, "label_x": spot[0], "label_y": spot[1],
            "line": bool(label) and abs(spot[1] - y) > r + 16,
            "hint": ": ".join(part for part in (each.label, each.hint) if part),
            "low": None if each.low is None else at(each.x, each.low)[1],
            "high": None if each.high is None else at(each.x, each.high)[1],
            "arrow": None if each.before is None else arrow(at(*each.before), (x, y), r + 2),
        })  # fmt: skip
    middle = at(*split)
    return draw(
        "chart-scatter.html", title=title, description=description, points=drawn, left=left, top=above, wide=wide, high=high,
        width=width, height=height, x_axis=x_axis, y_axis=y_axis, quadrants=quadrants, middle=middle, diagonal=diagonal,
        ticks=[(*at(value, value), words) for value, words in ticks],
    )  # fmt: skip


def arrow(start: tuple[float, float], end: tuple[float, float], gap: float, head: float = 8.0) -> str:
    """Return the path of an arrow between two points that stops a gap before the end; empty if there is no room for it."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down)
    if length <= gap + 2:
        return ""
    x, y = across / length, down / length
    tip = (end[0] - x * gap, end[1] - y * gap)
    sides = [(tip[0] - head * x + sign * head / 2 * -y, tip[1] - head * y + sign * head / 2 * x) for sign in (1, -1)]
    drawn = "".join(f"L{side[0]:.1f} {side[1]:.1f}" for side in (tip, sides[0]))
    return f"M{start[0]:.1f} {start[1]:.1f}{drawn}M{tip[0]:.1f} {tip[1]:.1f}L{sides[1][0]:.1f} {sides[1][1]:.1f}"


def _free_spot(
    x: float, y: float, r: float, width: float, taken: list[tuple[float, float, float, float]],
    frame: tuple[float, float, float, float],
) -> tuple[float, float]:
    """Return where a label of a width can stand beside a point, and keep the place taken."""
    best: tuple[float, tuple[float, float], tuple[float, float, float, float]] | None = None
    tries = [step * sign for step in range(0, 12) for sign in (1, -1)]
    for rank, step in enumerate(tries):
        for side, start in ((0, x + r + 4), (1, x - r - 4 - width)):
            base = y + 4 + step * 13
            box = (start, base - 11, start + width, base + 3)
            outside = sum((max(0, frame[0] - box[0]), max(0, box[2] - frame[2]), max(0, frame[1] - box[1]), max(0, box[3] - frame[3])))
            hit = sum(_overlap(box, other) for other in taken)
            cost = 1000 * (hit > 0) + hit + 50 * outside + 3 * rank + side
            if best is None or cost < best[0]:
                best = (cost, (start, base), box)
    assert best is not None  # noqa: S101 - there are always spots to try
    taken.append(best[2])
    return best[1]


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of time, or one moment if it has no end.

    :param lane: the line that it stands in; spans of one lane share a line.
    :param start: first day.
    :param end: last day; None for a moment.
    :param label: what stands in or beside it.
    :param is_open: it goes on, or nobody knows its end.
    :param tone: 0 to 3, its colour: blue, amber, green, grey.
    :param hint: shown when the pointer rests on it.
    """

    lane: str
    start: date
    end: date | None = None
    label: str = ""
    is_open: bool = False
    tone: int = 0
    hint: str = ""


def time_line(
    spans: Sequence[Span], *, title: str, description: str = "", first: date | None = None, last: date | None = None,
    width: float = 720.0,
) -> Markup:
    """Return spans and moments on lanes over a common axis of years, or of months if it covers less than three years.

    :param spans: in any order; lanes stand in the order of their first mention.
    :param title: says what is shown.
    :param description: what it shows, in a sentence.
    :param first: begin of the axis; by default the earliest day.
    :param last: end of the axis; by default the latest day.
    :param width: of the whole chart, pixels.
    """
    days = [day for each in spans for day in (each.start, each.end) if day]
    begin, finish = first or min(days, default=date(2000, 1, 1)), last or max(days, default=date(2001, 1, 1))
    length = max(1, (finish - begin).days)
    lanes = list(dict.fromkeys(each.lane for each in spans))
    left = min(240.0, max((text_width(each) for each in lanes), default=0.0) + 14)
    scale = (width - left - 16) / length

    def at(day: date) -> float:
        return left + max(0, min(length, (day - begin).days)) * scale

    height, lane_tops, top = 30.0, {}, 6.0
    drawn: list[dict[str, object]] = []
    for lane in lanes:
        lane_tops[lane] = top
        ends: list[float] = []  # where each row of the lane is free again
        for each in sorted((one for one in spans if one.lane == lane), key=lambda one: (one.start, one.label)):
            x = at(each.start)
            wide = 10.0 if each.end is None else max(4.0, at(each.end) - x)
            inside = each.end is not None and text_width(each.label, 11) + 10 <= wide
            needed = x + (wide if inside else wide + 6 + text_width(each.label, 11))
            row = next((place for place, free in enumerate(ends) if free <= x), len(ends))
            ends[row : row + 1] = [needed + 6]
            drawn.append({
                "x": x, "y": top + row * 24, "width": wide, "moment": each.end is None, "fill": TONES[each.tone % len(TONES)],
                "label": each.label, "inside": inside, "is_open": each.is_open, "left_side": not inside and needed > width,
                "hint": ": ".join(part for part in (each.lane, each.hint or each.label) if part),
            })  # fmt: skip
        top += max(1, len(ends)) * 24 + 8
    height = top + 30
    return draw(
        "chart-time-line.html", title=title, description=description, spans=drawn, width=width, height=height, bottom=top, left=left,
        lanes=[(fitted(each, left - 10), lane_tops[each]) for each in lanes],
        ticks=[(at(day), words) for day, words in _ticks(begin, finish)],
    )  # fmt: skip


def _ticks(begin: date, finish: date) -> list[tuple[date, str]]:
    if (finish - begin).days > 3 * 365:
        years = range(begin.year + (begin > date(begin.year, 1, 1)), finish.year + 1)
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if len(years) / each <= 12)
        return [(date(year, 1, 1), str(year)) for year in years if year % step == 0]
    months = [date(begin.year + place // 12, place % 12 + 1, 1) for place in range(begin.month - 1, begin.month + 48)]
    shown = [each for each in months if begin <= each <= finish]
    step = 1 if len(shown) <= 9 else 3 if len(shown) <= 27 else 6
    return [(each, f"{each.year}-{each.month:02d}") for each in shown if (each.month - 1) % step == 0]
