"""Dates, figures, sources and coverage as every page says them."""

from __future__ import annotations

import datetime
import re

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from referralgraph.answers import Coverage, Question, SourceRow
from referralgraph.render.network_texts import Translate, fact_texts


class PageFacts:
    """What a page stands on, in one language.

    :param language: "en", "de" or "id".
    :param translate: translates one English text.
    """

    def __init__(self, language: str, translate: Translate) -> None:
        self.locale = Locale.parse(language, sep="-")
        self.fact = fact_texts(translate)

    def number(self, value: float, places: int | None = None) -> str:
        """Return a number as the language writes it, with a fixed count of digits behind the decimal sign if told."""
        form = None if places is None else "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(value, format=form, locale=self.locale))

    def percent(self, share: float, places: int = 0) -> str:
        """Return a share of 0 to 1 as per cent."""
        return f"{self.number(100 * share, places)} %"

    def date(self, day: str) -> str:
        """Return a date to the precision of the source: a year stays a year."""
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", day) is None:
            return day
        try:
            first = datetime.date.fromisoformat(day if len(day) > 7 else f"{day}-01")
        except ValueError:
            return day
        return str(format_date(first, "medium" if len(day) > 7 else "MMM y", locale=self.locale))

    def period(self, since: str | None, until: str | None, *, ended: bool = False) -> str:
        """Return a period in words; `ended` says that it is over though nobody knows since when."""
        first, last = (None if day is None else self.date(day) for day in (since, until))
        if first and last:
            return self.fact["period"].format(since=first, until=last)
        if last:
            return self.fact["until"].format(until=last)
        known = self.fact["since"].format(since=first) if first else ""
        return ", ".join(part for part in (known, self.fact["ended"] if ended else "") if part)

    def source(self, row: SourceRow) -> str:
        """Return where a statement stands."""
        place = self.fact["source"].format(source=row.source, file=row.file, line=row.line)
        return place if row.as_written is None else f"{place}; {self.fact['as_written'].format(text=row.as_written)}"

    def data_date(self, coverage: Coverage) -> str:
        """Return of which day the data is."""
        day = coverage.data_date
        return self.fact["data_date"].format(date=self.date(day)) if day else self.fact["data_date_unknown"]

    def basis(self, question: Question, coverage: Coverage) -> list[str]:
        """Return the lines that say what an answer stands on, without its revision."""
        known = self.fact["coverage"].format(
            people=self.number(coverage.people),
            organisations=self.number(coverage.organisations),
            with_people=self.number(coverage.organisations_with_people),
        )
        lines = [self.data_date(coverage), known, self.fact["coverage_ties"].format(ties=self.number(coverage.ties))]
        if question.as_of:
            lines.insert(1, self.fact["as_of"].format(date=self.date(question.as_of)))
        if question.viewer:
            lines.insert(1, self.fact["viewer"].format(name=question.viewer))
        if coverage.bodies_without_ties:
            lines.append(self.fact["coverage_large"].format(n=self.number(coverage.bodies_without_ties)))
        if coverage.waiting:
            lines.append(self.fact["coverage_waiting"].format(n=self.number(coverage.waiting)))
        lines += [
            self.fact["coverage_source"].format(
                source=source.source, records=self.number(source.records), date=self.date(source.newest)
            )
            for source in coverage.sources
        ]
        return lines

    def revision(self, revision: str) -> str:
        """Return which revision was asked."""
        return self.fact["revision"].format(revision=revision)
