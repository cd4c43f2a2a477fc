"""The sheet for assessments, as an answer that is written as CSV or Excel."""

from __future__ import annotations

from referralgraph.answers.base import Answer


class TemplateColumn(Answer):
    """One column: the field, its heading in the language asked for, and its scale."""

    field: str
    heading: str
    allowed: tuple[str, ...] = ()
    ten: bool = False
    scale: str = ""


class TemplateAnswer(Answer):
    """A sheet with the people whom the graph knows; each row holds id, name, city and position."""

    account: str
    name: str
    title: str
    scales_title: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[str, str, str, str], ...]
