"""How broadly a company is connected: as text, rows and page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from referralgraph.answers.breadth import Breadth, BreadthAnswer, Counted
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.charts import Bar, bars
from referralgraph.render.output import write_answer_json, write_coverage, write_rows
from referralgraph.render.possible import possible_texts, write_possible
from referralgraph.render.report import write_report
from referralgraph.render.table import write_text

_COLUMNS = ("people", "tied_people", "companies_reached", "tenure_years", "age_years", "industry_known", "hubs")


def write_breadth(form: str, answer: BreadthAnswer) -> None:
    """Write breadth on stdout; CSV has one row for each company."""
    if form == "json":
        write_answer_json(answer)
        return
    if form == "csv":
        rows = [
            [each.asked, each.organisation.id, *(None if (value := getattr(each, name)) is None else str(value) for name in _COLUMNS),
             " | ".join(f"{one.name} {one.count}" for one in each.by_role),
             " | ".join(one.person.name for one in each.most_influential),
             each.nothing.text if each.nothing else None]
            for each in answer.entries
        ]  # fmt: skip
        write_rows("csv", ["organisation", "id", *_COLUMNS, "by role", "most influential", "why not"], rows)
        write_possible(form, answer)
        return
    for each in answer.entries:
        _text(each)
    write_coverage(answer.coverage, answer)


def _text(each: Breadth) -> None:
    write_text(each.organisation.name or each.asked)
    if each.nothing is not None:
        write_text(each.nothing.text, indent=2, hanging=2)
        return
    for line in facts(each):
        write_text(line, indent=2, hanging=2)
    for one in each.most_influential:
        place = f", {one.person.city}" if one.person.city else ""
        little = f"; {one.little.text}" if one.little else ""
        told = _("{name}: influence {n}, in {bodies} bodies")
        text = told.format(name=f"{one.person.name}{place}", n=number_text(one.influence or 0.0, 2), bodies=number_text(one.bodies))
        write_text(text + little, indent=4, hanging=2)


def facts(each: Breadth) -> list[str]:
    """Return what is known of a company's breadth, a sentence each."""
    lines = [
        _("{n} people hold a seat: {roles}").format(n=number_text(each.people), roles=words(each.by_role)),
        _("tied to {n} people outside: {kinds}").format(n=number_text(each.tied_people), kinds=words(each.by_kind)),
        _("these sit in {n} organisations: {kinds}").format(n=number_text(each.companies_reached), kinds=words(each.reached_by_kind)),
    ]
    if each.bodies:
        lines.append(_("its own people sit elsewhere in: {kinds}").format(kinds=words(each.bodies)))
    if each.tenure_years is not None:
        lines.append(_("median tenure: {n} years").format(n=number_text(each.tenure_years, 1)))
    if each.age_years is not None:
        lines.append(_("median age: {n} years").format(n=number_text(each.age_years)))
    else:
        lines.append(_("no birth date is known"))
    if each.regions:
        lines.append(_("regions: {names}").format(names=names(each.regions)))
    if each.industry_known:
        lines.append(_("industries: {names}").format(names=names(each.industries)))
    elif each.companies_reached:
        lines.append(_("no source tells the industry of any organisation reached"))
    if each.hubs:
        lines.append(_("nominees among them, whose seats say little: {n}").format(n=number_text(each.hubs)))
    return lines


def words(counted: Sequence[Counted]) -> str:
    """Return counted words of a vocabulary."""
    return ", ".join(f"{in_words(each.name)} {number_text(each.count)}" for each in counted)


def names(counted: Sequence[Counted]) -> str:
    """Return counted names."""
    return ", ".join(f"{each.name} {number_text(each.count)}" for each in counted)


def write_breadth_page(answer: BreadthAnswer, path: Path, *, made: date | None = None) -> None:
    """Write the page of breadth: a card for each company, with where its people's contacts sit.

    :param path: the file; it is replaced.
    :param made: day on which the page is made, shown in its header.
    """
    told = [each for each in answer.entries if each.nothing is None]
    titles = ", ".join(each.organisation.name for each in told[:3]) + (" …" if len(told) > 3 else "")
    charts = {
        each.organisation.id: bars([Bar(one.name, one.count) for one in each.regions], title=_("Where the organisations reached are"),
                                   axis=_("organisations reached"), width=560.0)
        for each in told if each.regions
    }  # fmt: skip
    reach = bars([Bar(each.organisation.name, each.companies_reached) for each in told], title=_("Organisations reached"),
                 axis=_("organisations in which the tied people sit"))  # fmt: skip
    write_report(
        path, "breadth.html", title=_("How broadly connected: {names}").format(names=titles),
        question=answer.question, revision=answer.revision, coverage=answer.coverage, made=made, answer=answer, charts=charts,
        facts={each.organisation.id: facts(each) for each in told}, reach=reach if len(told) > 1 else None,
        notes=possible_texts(answer),
    )  # fmt: skip
