"""The weight of evidence for two records being one, in words and as Splink's waterfall chart."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
    pairs = [(f"{each.name}: {each.because}", each.weighed) for each in answer.records if each.weighed]
    pairs += [(each.text, each.weighed) for each in answer.possible if each.weighed]
    files = resources.files("splink.internals") / "files"
    chart: dict[str, Any] = json.loads((files / "chart_defs" / "match_weights_waterfall.json").read_text(encoding="utf-8"))
    chart["data"]["values"] = [bar for number, (_text, weighed) in enumerate(pairs) for bar in _bars(number, weighed)]
    chart["params"][0]["bind"] = {"input": "range", "min": 0, "max": max(0, len(pairs) - 1), "step": 1, "name": _("pair") + " "}
    chart["title"] = {"text": answer.name, "subtitle": _("what each comparison adds to the weight for one person, in bits")}
    scripts = "".join(f"<script>{(files / 'external_js' / name).read_text(encoding='utf-8')}</script>" for name in _SCRIPTS)
    listed = "".join(f"<li value='{number}'>{_html(text)}</li>" for number, (text, _weighed) in enumerate(pairs))
    empty = (
        "" if pairs else f"<p>{_html(_('nothing was compared: the entity has one record, or rules without weights joined it'))}</p>"
    )
    file.write_text(
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{_html(answer.name)}</title>"
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em}"
        "#chart{overflow-x:auto}@media print{form{display:none}}</style></head><body>"
        f"<h1>{_html(answer.name)}</h1>{empty}<ol start='0'>{listed}</ol><div id='chart'></div>{scripts}"
        f"<script>vegaEmbed('#chart', {_json(chart)}, {{actions: false}})</script></body></html>",
        encoding="utf-8",
    )
    return len(pairs)


def _bars(number: int, weighed: WeighedPair | None) -> Sequence[dict[str, Any]]:
    if weighed is None:
        return []
    told = [("Prior match weight", _("before anything is compared"), weighed.prior)]
    told += [(part.comparison, part.text, part.bits) for part in weighed.parts]
    told += [("Final score", _("together, against strangers"), weighed.weight)]
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


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
