"""The buying centre as a picture: our people above, stakeholders below by role, and the lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from referralgraph.answers.account import AccountAnswer, Stakeholder
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.account_words import number
from referralgraph.render.charts import arrow
from referralgraph.render.drawing import draw, fitted, text_width

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _ROW, _HIGH, _MOST = 760.0, 128.0, 52.0, 5
_TEAM = ("#dcebf7", "#0072b2")
_FOR, _NEUTRAL, _AGAINST, _UNKNOWN = ("#d3efe3", "#00664b"), ("#ffffff", "#5a6472"), ("#fbe0d2", "#9c2f00"), ("#f1f3f5", "#9aa5b1")
_LEAD, _TIE, _INFLUENCE = "#0072b2", "#56b4e9", "#b04e8a"


def buying_centre(answer: AccountAnswer, *, title: str) -> Markup:
    """Return who influences whom and who of us is tied to whom, as SVG.

    :param answer: the account.
    :param title: says what is shown.
    """
    rows: list[list[tuple[str, str]]] = []
    team = [each.name for each in answer.matrix.team]
    rows += [[("team", name) for name in part] for part in _parts(team)]
    by_role: dict[int, list[str]] = {}
    for each in answer.stakeholders:
        by_role.setdefault(-(each.role_score or 0), []).append(each.id)
    for level in sorted(by_role):
        rows += [[("stakeholder", key) for key in part] for part in _parts(by_role[level])]
    places: dict[str, tuple[float, float, float]] = {}
    for number_of_row, row in enumerate(rows):
        slot = _WIDTH / len(row)
        for place, (_kind, key) in enumerate(row):
            places[key] = ((place + 0.5) * slot, 8 + number_of_row * _ROW, min(slot - 16, 190))
    stakeholders = {each.id: each for each in answer.stakeholders}
    boxes = [_team_box(name, places[name]) for name in team]
    boxes += [_box(stakeholders[key], places[key]) for key in stakeholders]
    legend, x = [], 8.0
    for text, stroke, width, dashed in (
        (_("leads"), _LEAD, 3, False),
        (_("tied"), _TIE, 1.5, True),
        (_("has influence on"), _INFLUENCE, 2, False),
    ):
        legend.append({"x": x, "stroke": stroke, "width": width, "dashed": dashed, "text": text})
        x += 32 + text_width(text) + 26
    return draw(
        "chart-buying-centre.html",
        title=title,
        description="",
        width=_WIDTH,
        height=len(rows) * _ROW + 8,
        lines=_lines(answer, places),
        boxes=boxes,
        legend=legend,
    )


def _lines(answer: AccountAnswer, places: dict[str, tuple[float, float, float]]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    leads = {(row.stakeholder, cell.colleague) for row in answer.matrix.entered for cell in row.cells if cell.cell == "lead"}
    names = {each.id: each.name for each in answer.stakeholders}
    for each in answer.stakeholders:
        ties = {tie.colleague: tie.strength for tie in each.ties}
        for colleague in sorted({*ties, *(name for key, name in leads if key == each.id)} & places.keys()):
            (x1, y1, _w1), (x2, y2, _w2) = places[colleague], places[each.id]
            is_lead = (each.id, colleague) in leads
            told = [_("leads")] if is_lead else []
            if colleague in ties:
                told.append(_("knows him: strength {strength}").format(strength=number_text(ties[colleague], 2)))
            lines.append(
                {
                    "d": f"M{x1:.1f} {y1 + _HIGH:.1f}C{x1:.1f} {y1 + _HIGH + 40:.1f} {x2:.1f} {y2 - 40:.1f} {x2:.1f} {y2:.1f}",
                    "stroke": _LEAD if is_lead else _TIE,
                    "width": 3 if is_lead else 1.5,
                    "dashed": not is_lead,
                    "hint": f"{colleague} – {each.name}: {'; '.join(told)}",
                }
            )
    for each in answer.stakeholders:
        for other in each.influences:
            start, end = _sides(places[each.id], places[other])
            lines.append(
                {
                    "d": arrow(start, end, 0),
                    "stroke": _INFLUENCE,
                    "width": 2,
                    "dashed": False,
                    "hint": _("{one} has influence on {other}").format(one=each.name, other=names[other]),
                }
            )
    return sorted(lines, key=lambda line: str(line["stroke"]) != _TIE)


def _sides(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where an arrow leaves a box and where it meets the other."""
    (x1, y1, w1), (x2, y2, w2) = one, other
    if y1 == y2:
        sign = 1 if x2 > x1 else -1
        return (x1 + sign * w1 / 2, y1 + _HIGH / 2 + 8 * sign), (x2 - sign * w2 / 2, y2 + _HIGH / 2 + 8 * sign)
    shift = 14 if y2 > y1 else -14
    return (x1 + shift, y1 + (_HIGH if y2 > y1 else 0)), (x2 + shift, y2 + (0 if y2 > y1 else _HIGH))


def _team_box(name: str, place: tuple[float, float, float]) -> dict[str, object]:
    x, y, width = place
    return {
        "x": x - width / 2,
        "y": y,
        "width": width,
        "height": _HIGH,
        "fill": _TEAM[0],
        "border": _TEAM[1],
        "hint": name,
        "texts": [{"kind": "label", "y": 31, "text": fitted(name, width - 10)}],
    }


def _box(each: Stakeholder, place: tuple[float, float, float]) -> dict[str, object]:
    x, y, width = place
    score = each.relationship_score
    fill, border = _UNKNOWN if score is None else _FOR if score > 0 else _AGAINST if score < 0 else _NEUTRAL
    what = " · ".join(part for part in (number(score) if score is not None else _("unknown"), in_words(each.role)) if part)
    texts = [{"kind": "label", "y": 19, "text": fitted(each.name, width - 10)}]
    if each.position:
        texts.append({"kind": "axis", "y": 33, "text": fitted(each.position, width - 10, 11.5)})
    texts.append({"kind": "axis", "y": 46 if each.position else 38, "text": fitted(what, width - 10, 11.5)})
    return {
        "x": x - width / 2,
        "y": y,
        "width": width,
        "height": _HIGH,
        "fill": fill,
        "border": border,
        "hint": "; ".join(part for part in (each.name, each.position or "", what) if part),
        "texts": texts,
    }


def _parts(row: Sequence[str]) -> list[list[str]]:
    if not row:
        return []
    count = -(-len(row) // _MOST)
    size = -(-len(row) // count)
    return [list(row[start : start + size]) for start in range(0, len(row), size)]
