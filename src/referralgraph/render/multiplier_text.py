"""Multipliers as text and rows."""

from __future__ import annotations

from referralgraph.answers.multipliers import Multiplier, MultipliersAnswer
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.output import write_answer_json, write_coverage, write_rows
from referralgraph.render.possible import write_possible
from referralgraph.render.table import write_text

_COMPANIES, _LINES = 5, 10


def write_multipliers(form: str, answer: MultipliersAnswer) -> None:
    """Write multipliers on stdout; CSV has one row for each company that one of them opens."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        headings = ["multiplier", "city", "through", "known", "adds", "company", "decision maker", "roles", "strength", "company adds",
                    "reason", "source"]  # fmt: skip
        write_rows("csv", headings, [
            [each.person.name, each.person.city, each.through.name, repr(each.known), repr(each.adds), one.organisation.name,
             one.decision_maker.name, ", ".join(one.roles), repr(one.strength), repr(one.adds),
             one.tie.reasons[0].text if one.tie.reasons else None,
             " | ".join(f"{row.file}:{row.line}" for reason in one.tie.reasons for row in reason.sources)]
            for each in answer.multipliers for one in each.opens
        ])  # fmt: skip
        write_possible(form, answer)
    else:
        _text(answer)
        write_coverage(answer.coverage, answer)


def _text(answer: MultipliersAnswer) -> None:
    for profile in answer.profiles:
        told = _("Profile {name}: {n} companies").format(name=profile.name, n=number_text(profile.companies))
        write_text(told)
    if answer.nothing is not None:
        write_text(answer.nothing.text)
    for number, each in enumerate(answer.multipliers, 1):
        _multiplier(number, each)
    if answer.multipliers:
        write_text(worth(answer))
    for barred in answer.not_chosen:
        told = _("Not asked: {name}, who would open {n}: {why}.")
        write_text(told.format(name=barred.person.name, n=number_text(barred.expected, 2), why=barred.because.text), hanging=2)
    for new in answer.would_open:
        told = _("To get to know {name} would add {n} companies, for example {company} ({who}).")
        example = new.example
        write_text(told.format(name=new.person.name, n=number_text(new.adds, 2), company=example.organisation.name,
                               who=example.decision_maker.name), hanging=2)  # fmt: skip
    if answer.unreached:
        names = ", ".join(each.name for each in answer.unreached[:_LINES])
        more = f" + {number_text(len(answer.unreached) - _LINES)}" if len(answer.unreached) > _LINES else ""
        write_text(_("Nobody whom we may ask opens: {names}").format(names=names + more), hanging=2)
    for line in unanswered(answer):
        write_text(line, hanging=2)


def unanswered(answer: MultipliersAnswer) -> list[str]:
    """Return what is missing: companies without people in one line, then every other line that can't be answered."""
    silent = [str(each.parameters.get("name", "")) for each in answer.unanswered if each.code == "no_people"]
    others = [each.text for each in answer.unanswered if each.code != "no_people"]
    lines = others[:_LINES]
    if len(others) > _LINES:
        left = number_text(len(others) - _LINES)
        lines.append(_("{n} further lines can't be answered; JSON lists them all").format(n=left))
    if silent:
        names = ", ".join(silent[:_LINES]) + (" …" if len(silent) > _LINES else "")
        told = _("No source names a person in {n} of the targets; that is missing data, not a missing connection: {names}")
        lines.append(told.format(n=number_text(len(silent)), names=names))
    return lines


def worth(answer: MultipliersAnswer) -> str:
    """Return in a sentence what the set is worth, and how far from the best it can be."""
    expected, companies = number_text(answer.expected, 2), number_text(answer.companies)
    if answer.proven:
        told = _("Together they reach {n} of {all} companies in expectation; no set of so many reaches more.")
        return told.format(n=expected, all=companies)
    told = _("Together they reach {n} of {all} companies in expectation, at least {share} % of what the best set could: {bound}.")
    share = number_text(100 * answer.expected / answer.bound, 1)
    return told.format(n=expected, all=companies, share=share, bound=number_text(answer.bound, 2))


def _multiplier(number: int, each: Multiplier) -> None:
    place = f", {each.person.city}" if each.person.city else ""
    write_text(f"{number}. {each.person.name}{place}", hanging=3)
    chain = [each.through.name, *([each.via.name] if each.via else [])]
    write_text(_("asked by {who} ({known}); adds {adds} companies, has ties into {n}").format(
        who=" → ".join(chain), known=number_text(each.known, 2), adds=number_text(each.adds, 2), n=number_text(each.companies)),
        indent=3, hanging=2)  # fmt: skip
    for one in each.opens[:_COMPANIES]:
        roles = ", ".join(in_words(role) for role in one.roles)
        who = f"{one.decision_maker.name} ({roles})" if roles else one.decision_maker.name
        write_text(f"{one.organisation.name}: {who}, {number_text(one.strength, 3)}", indent=5, hanging=2)
        for reason in one.tie.reasons[:1]:
            cited = ", ".join(f"{row.file}:{row.line}" for row in reason.sources)
            write_text(f"{reason.text}  [{cited}]" if cited else reason.text, indent=7, hanging=2)
    if each.companies > min(_COMPANIES, len(each.opens)):
        left = each.companies - min(_COMPANIES, len(each.opens))
        write_text(_("and {n} more").format(n=number_text(left)), indent=5)
