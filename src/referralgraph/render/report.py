"""Printable reports: one self-contained HTML file of an answer, from a template that extends ``report.html``."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from referralgraph.answers import Coverage, Question, SourceRow
from referralgraph.language import gettext, in_words, language_now, number_text
from referralgraph.render.drawing import templates
from referralgraph.render.facts import PageFacts


def write_report(path: Path, template: str, **values: Any) -> None:
    """Write a report to a file, which is replaced; parameters as those of :func:`report_page`.

    :raises OSError: if the file can't be written.
    """
    path.write_text(report_page(template, **values), encoding="utf-8", newline="\n")


def report_page(
    template: str, *, title: str, question: Question, revision: str, coverage: Coverage, subtitle: str = "",
    made: date | None = None, notes: Sequence[str] = (), styles: Sequence[str] = (), scripts: Sequence[str] = (),
    libraries: Sequence[str] = (), **values: Any,
) -> str:
    """Return an answer as one HTML text that can be mailed, opened offline and printed, in the language in use.

    Everything that is put in is escaped; charts are markup already. The page asks no network for anything, and its content
    security policy would refuse it: styles, and scripts if a page has any, are allowed by hash alone. Hence a template has
    neither ``style=`` nor ``onclick=``.

    :param template: file name in ``render/templates``; it extends ``report.html`` and fills the block ``content``.
    :param title: heading of the page.
    :param question: the question as the answer repeats it.
    :param revision: id of the revision that was asked.
    :param coverage: what that revision knows.
    :param subtitle: a line below the heading.
    :param made: day on which the page was made, as it is shown; none if left out, so that the same answer gives the same bytes.
    :param notes: what a reader must know before all else, one line each.
    :param styles: further style sheets in ``render/templates``.
    :param scripts: programs in ``render/templates``; a report needs none.
    :param libraries: texts of a chart library's programs, run before the page's own; they may make functions of the page's data
        (``unsafe-eval``), which Vega does.
    :param values: what the template shows. Filters: ``number``, ``percent``, ``date``, ``period``, ``source``, ``words``.
    :return: the HTML text; the same values and language give the same bytes.
    """
    said = PageFacts(language_now(), gettext)
    style = "".join(_file(name) for name in ("report.css", *styles))
    programs = [*libraries, *(_file(name) for name in scripts)]
    sources = [*(_hash(each) for each in programs), *(["'unsafe-eval'"] if libraries else [])]
    allowed = f"script-src {' '.join(sources)}; " if programs else ""
    page: str = _with_filters(said).get_template(template).render(
        language=said.locale.language, direction=said.locale.text_direction, style=style, programs=programs,
        policy=f"default-src 'none'; {allowed}style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'",
        title=title, subtitle=subtitle, notes=tuple(notes), revision=said.revision(revision), data_date=said.data_date(coverage),
        made=None if made is None else said.date(made.isoformat()), basis=said.basis(question, coverage),
        question=question, coverage=coverage, **values,
    )  # fmt: skip
    return page.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate in a name must not stop the file


def _with_filters(said: PageFacts) -> Any:
    made = templates().overlay()
    made.filters = {
        **made.filters,
        "number": lambda value, places=0: number_text(value, places),
        "percent": said.percent,
        "date": lambda day: said.date(day) if day else "",
        "period": lambda each: said.period(each.since, each.until),
        "source": said.source,
        "sources": lambda rows: "; ".join(f"{row.file}:{row.line}" for row in rows if isinstance(row, SourceRow)),
        "names": lambda people: {each.id: each.name for each in people},
        "words": in_words,
    }
    return made


def _file(name: str) -> str:
    return (resources.files("referralgraph.render") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"
