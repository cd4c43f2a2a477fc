"""The page of an identity: the records, the weight of evidence in words and as Splink's waterfall chart, and what would settle it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.language import gettext as _
from referralgraph.render.report import write_report

if TYPE_CHECKING:
    from referralgraph.answers import ShowAnswer, WeighedPair

_PROGRAMS = ("vega@5.31.0", "vega-lite@5.2.0", "vega-embed@6.20.2")


@dataclass(frozen=True)
class _Pair:
    """Two records, what was found for and against, and the chance that counts: a rule may allow less, or more, than the weights."""

    text: str
    weighed: WeighedPair
    held: float

    @property
    def chance(self) -> float:
        """Chance by the weights alone."""
        against: float = 2.0 ** min(900.0, -self.weighed.weight) + 2.0 ** min(900.0, -self.weighed.relative)
        return 1.0 / (1.0 + against)


def write_identity_page(answer: ShowAnswer, file: Path, *, made: date | None = None) -> int:
    """Write why records are one, or may be, as one HTML file that works offline.

    :param answer: of a question with ``identity``.
    :param file: where to.
    :param made: day on which the page was made, as it is shown.
    :returns: number of pairs in it.
    :raises OSError: if the file can't be written.
    """
    pairs = [_Pair(f"{each.name}: {each.because}", each.weighed, each.identity) for each in answer.records if each.weighed]
    pairs += [_Pair(each.text, each.weighed, each.probability) for each in answer.possible if each.weighed]
    splink = resources.files("splink.internals") / "files"
    write_report(
        file,
        "identity.html",
        title=answer.name,
        subtitle=_("Which records this is, and why"),
        question=answer.question,
        revision=answer.revision,
        coverage=answer.coverage,
        made=made,
        libraries=[(splink / "external_js" / name).read_text(encoding="utf-8") for name in _PROGRAMS] if pairs else (),
        scripts=("identity.js",) if pairs else (),
        answer=answer,
        pairs=pairs,
        chart=_chart(answer.name, pairs, (splink / "chart_defs" / "match_weights_waterfall.json").read_text(encoding="utf-8")),
    )
    return len(pairs)


def _chart(name: str, pairs: Sequence[_Pair], told: str) -> str:
    """Return Splink's chart in the reader's words, as JSON that may stand within a page."""
    for there, words in _ends().items():
        told = told.replace(there, words)
    chart: dict[str, Any] = json.loads(told)
    chart["data"]["values"] = [bar for number, each in enumerate(pairs, 1) for bar in _bars(number, each.weighed)]
    slider = {"input": "range", "min": 1, "max": max(1, len(pairs)), "step": 1, "name": _("pair") + " "}
    chart["params"][0] |= {"value": 1, "bind": slider}
    del chart["$schema"]  # names a later Vega-Lite than Splink brings, of which the browser would warn
    _in_words(chart, {
        "Column": "", "Match Weight": _("weight, in bits"), "Probability": _("chance against strangers"),
        "Comparison column": _("compared"),
        "Label": _("outcome"), "Match weight = log2(m/u)": _("weight, in bits"), "Cumulative match probability": _("chance so far"),
    })  # fmt: skip
    chart["title"] = {"text": name, "subtitle": _("what each comparison adds to the weight for one person, in bits")}
    return json.dumps(chart, ensure_ascii=False).replace("<", "\\u003c")


def _bars(number: int, weighed: WeighedPair) -> Sequence[dict[str, Any]]:
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
        "number": _("register number"), "lei": "LEI", "linked": _("other candidates"),
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
