"""The weight of evidence for two records being one, in words and as Splink's waterfall chart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.table import write_text

if TYPE_CHECKING:
    from referralgraph.answers import ShowAnswer, WeighedPair

_SCRIPTS = ("vega@5.31.0", "vega-lite@5.2.0", "vega-embed@6.20.2")


def write_evidence(weighed: WeighedPair) -> None:
    """Write what speaks for and against, in words and weights."""
    for heading, chosen in (
        (_("for"), [each for each in weighed.parts if each.bits > 0]),
        (_("against"), [each for each in weighed.parts if each.bits <= 0]),
    ):
        for each in sorted(chosen, key=lambda part: -abs(part.bits)):
            write_text(f"{heading} {number_text(each.bits, 1):>6}  {each.text}", indent=2, hanging=2)
    write_text(
        _("before anything is compared {prior}, together {weight} against strangers and {relative} against relatives (bits)").format(
            prior=number_text(weighed.prior, 1), weight=number_text(weighed.weight, 1), relative=number_text(weighed.relative, 1)
        ),
        indent=2,
    )


def write_waterfall_page(answer: ShowAnswer, file: Path, *, language: str = "en") -> int:
    """Write the evidence of an entity's pairs as Splink's waterfall chart: one HTML file that works offline.

    :param answer: of a question with ``identity``.
    :param file: where to.
    :returns: number of pairs in it.
    """
    pairs = [(f"{each.name}: {each.because}", each.weighed, each.identity) for each in answer.records if each.weighed]
    pairs += [(each.text, each.weighed, each.probability) for each in answer.possible if each.weighed]
    files = resources.files("splink.internals") / "files"
    told = (files / "chart_defs" / "match_weights_waterfall.json").read_text(encoding="utf-8")
    for name, words in _ends().items():
        told = told.replace(name, words)
    chart: dict[str, Any] = json.loads(told)
    chart["data"]["values"] = [bar for number, (_text, weighed, _held) in enumerate(pairs) for bar in _bars(number, weighed)]
    chart["params"][0]["bind"] = {"input": "range", "min": 0, "max": max(0, len(pairs) - 1), "step": 1, "name": _("pair") + " "}
    _in_words(chart, {
        "Column": "", "Match Weight": _("weight, in bits"), "Probability": _("chance against strangers"),
        "Comparison column": _("compared"),
        "Label": _("outcome"), "Match weight = log2(m/u)": _("weight, in bits"), "Cumulative match probability": _("chance so far"),
    })
    chart["title"] = {"text": answer.name, "subtitle": _("what each comparison adds to the weight for one person, in bits")}
    scripts = "".join(f"<script>{(files / 'external_js' / name).read_text(encoding='utf-8')}</script>" for name in _SCRIPTS)
    sections = "".join(_section(number, *pair) for number, pair in enumerate(pairs))
    empty = (
        "" if pairs else f"<p>{_html(_('nothing was compared: the entity has one record, or rules without weights joined it'))}</p>"
    )
    file.write_text(
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{_html(answer.name)}</title>"
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em}"
        "#chart{overflow-x:auto}h2{font-size:1.15em;margin:1.6em 0 .3em}table{border-collapse:collapse}td{padding:.15em 1.2em .15em 0}"
        "td.n{text-align:right;font-variant-numeric:tabular-nums}tr.sum td{border-top:1px solid #888}.small{color:#555;font-size:.9em}"
        "section{break-inside:avoid}@media print{form,#chart~form{display:none}body{margin:0}}</style></head><body>"
        f"<h1>{_html(answer.name)}</h1>{_settling(answer)}{empty}{sections}<section><h2>{_html(_('The weights as a chart'))}</h2>"
        f"<p class='small'>{_html(_('The chart weighs against strangers alone; its slider chooses the pair.'))}</p>"
        f"<div id='chart'></div></section>{_basis(answer)}{scripts}"
        f"<script>vegaEmbed('#chart', {_json(chart)}, {{actions: false}})</script></body></html>",
        encoding="utf-8",
    )
    return len(pairs)


def _section(number: int, text: str, weighed: WeighedPair, held: float) -> str:
    """Return the evidence of a pair in words, so that it is read and printed without the chart.

    :param held: the chance that counts; a rule may allow less, or more, than the weights say.
    """
    chance = 1.0 / (1.0 + 2.0 ** min(900.0, -weighed.weight) + 2.0 ** min(900.0, -weighed.relative))
    parts = sorted(weighed.parts, key=lambda part: -part.bits)
    rows = [(_("for") if part.bits > 0 else _("against"), part.text, part.bits) for part in parts]
    rows.insert(0, ("", _("before anything is compared"), weighed.prior))
    body = "".join(f"<tr><td>{_html(a)}</td><td>{_html(b)}</td><td class='n'>{number_text(bits, 1)}</td></tr>" for a, b, bits in rows)
    sums = "".join(
        f"<tr class='sum'><td></td><td>{_html(words)}</td><td class='n'>{number_text(bits, 1)}</td></tr>"
        for words, bits in ((_("together, against strangers"), weighed.weight), (_("together, against relatives"), weighed.relative))
    )
    told = _("chance of being one: {held} %; by these weights alone {chance} %").format(
        held=number_text(100 * held, 1), chance=number_text(100 * chance, 1)
    )
    return f"<section><h2>{number}. {_html(text)}</h2><p>{_html(told)}</p><table>{body}{sums}</table></section>"


def _settling(answer: ShowAnswer) -> str:
    records = "".join(
        f"<li>{_html(f'{each.name}, {each.city}' if each.city else each.name)}: {_html(each.because)}, "
        f"{number_text(100 * each.identity, 1)} % <span class='small'>{_html(f'{each.source.file}:{each.source.line}')}</span></li>"
        for each in answer.records
    )
    settling = "".join(f"<li>{_html(text)}</li>" for text in answer.would_settle)
    return f"<h2>{_html(_('Records'))}</h2><ul>{records}</ul>" + (
        f"<h2>{_html(_('What would confirm or refute it'))}</h2><ul>{settling}</ul>" if settling else ""
    )


def _basis(answer: ShowAnswer) -> str:
    sources = "; ".join(f"{each.source} {each.newest}" for each in answer.coverage.sources)
    told = _("Data to {day} ({sources}); revision {revision}.").format(
        day=answer.coverage.data_date or "-", sources=sources or "-", revision=answer.revision
    )
    return f"<p class='small'>{_html(told)}</p>"


def _bars(number: int, weighed: WeighedPair | None) -> Sequence[dict[str, Any]]:
    if weighed is None:
        return []
    first, last = _ends().values()
    names = _compared()
    told = [(first, _("before anything is compared"), weighed.prior)]
    told += [(names.get(part.comparison, part.comparison), part.text, part.bits) for part in weighed.parts]
    told += [(last, _("together, against strangers"), weighed.weight)]
    return [
        {
            "column_name": name,
            "label_for_charts": text,
            "log2_bayes_factor": bits,
            "bayes_factor": 2.0**bits,
            "record_number": number,
            "bar_sort_order": at,
            "comparison_vector_value": None,
            "sql_condition": None,
            "m_probability": None,
            "u_probability": None,
            "bayes_factor_description": text,
            "value_l": "",
            "value_r": "",
            "term_frequency_adjustment": False,
        }
        for at, (name, text, bits) in enumerate(told)
    ]


def _ends() -> dict[str, str]:
    """Return the names by which the chart's formulas know the first and the last bar, with the reader's words for them."""
    words = {"Prior match weight": _("at first"), "Final score": _("in all")}
    return {name: each.replace('"', "").replace("'", "").replace("\\", "") for name, each in words.items()}


def _compared() -> dict[str, str]:
    return {
        "given": _("given name"), "family": _("family name"), "birth": _("birth date"), "place": _("place"), "address": _("address"),
        "email": _("e-mail"), "phone": _("telephone"), "identifier": _("personal number"), "profile": _("profile"),
        "employer": _("employer"), "occupation": _("occupation"), "name": _("name"), "form": _("legal form"), "website": _("website"),
        "number": _("register number"), "lei": "LEI",
    }


def _in_words(part: Any, words: Mapping[str, str]) -> None:
    """Put the reader's words in place of the chart's titles, and leave out of its tooltips what only its makers understand."""
    if isinstance(part, list):
        for each in part:
            _in_words(each, words)
    elif isinstance(part, dict):
        if isinstance(part.get("tooltip"), list):
            part["tooltip"] = [each for each in part["tooltip"] if each.get("title") in words]
        if isinstance(title := part.get("title"), str) and title in words:
            part["title"] = words[title]
        for each in part.values():
            _in_words(each, words)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
